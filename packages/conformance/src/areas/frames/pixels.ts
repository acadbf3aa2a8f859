import type { Frame, PixelFormatName, Planes } from "@mediamem/interface";
import { linesizes, planeSizes } from "@mediamem/core-ts/image";
import { fillSeeded } from "../image/seeded.ts";

/** A picture: its planes, and what says which of their bytes are pixels. */
export interface Pixels {
  readonly planes: Planes;
  readonly format: PixelFormatName;
  readonly width: number;
  readonly height: number;
}

const PALETTE_BYTES = 1024;

/** The picture of a frame as it is now; null where it has none. */
export function pixelsOf(frame: Frame): Pixels | null {
  const { planes, format, width, height } = frame;
  return planes.length === 0 || format === null ? null : { planes, format, width, height };
}

/** Calls `use` with every row, and the palette, as a view: no byte of padding is in any. */
function eachRow({ planes, format, width, height }: Pixels, use: (row: Uint8Array) => void): void {
  const bytes = linesizes(format, width);
  // Of planes whose rows have a byte each, the sizes are the rows.
  const rows = planeSizes(format, height, [1, 1, 1, 1]);
  for (const [plane, { memory, offset, linesize }] of planes.entries()) {
    const isPalette = bytes[plane] === 0;
    for (let y = 0; y < (isPalette ? 1 : rows[plane]!); y++) {
      const from = memory.byteOffset + offset + y * linesize;
      use(new Uint8Array(memory.buffer, from, isPalette ? PALETTE_BYTES : bytes[plane]!));
    }
  }
}

/** The bytes of a picture without padding, which every layout has alike. */
export function readPixels(pixels: Pixels): Uint8Array {
  const rows: Uint8Array[] = [];
  let length = 0;
  eachRow(pixels, (row) => {
    rows.push(row);
    length += row.length;
  });
  const packed = new Uint8Array(length);
  let at = 0;
  for (const row of rows) {
    packed.set(row, at);
    at += row.length;
  }
  return packed;
}

/** Paints a picture with what follows from a seed, and leaves the padding alone. */
export function paintPixels(pixels: Pixels, seed: number): void {
  let row = 0;
  eachRow(pixels, (bytes) => fillSeeded(bytes, 2 * (seed * 1000 + row++) + 1));
}

/** Whether every plane lies inside its memory, its rows apart. */
export function lieInside(pixels: Pixels): boolean {
  const bytes = linesizes(pixels.format, pixels.width);
  return pixels.planes.every(({ linesize }, plane) => bytes[plane] === 0 || linesize >= bytes[plane]!) &&
    endsInside(pixels);
}

function endsInside(pixels: Pixels): boolean {
  try {
    eachRow(pixels, () => {});
    return true;
  } catch {
    return false;
  }
}
