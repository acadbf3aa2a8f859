import { MediaError } from "@mediamem/interface";

/** Throws `CORRUPTED` for the header of a block that does not read as the heap has written it. */
export function refuseDamage(op: string, block: number): never {
  throw new MediaError(
    "CORRUPTED",
    `Cannot call ${op}: the header at ${
      block * 4
    } was overwritten, wanted as the heap had left it; check() tells more`,
    { op },
  );
}
