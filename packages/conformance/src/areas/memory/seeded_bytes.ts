import { fillSeeded } from "../image/seeded.ts";

/** Bytes that follow from a seed. */
export function seededBytes(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  fillSeeded(bytes, seed);
  return bytes;
}
