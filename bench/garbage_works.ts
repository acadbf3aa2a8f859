/** The calls whose garbage is counted. */
import { coreReader, FILE_BYTES, kept } from "./io_work.ts";
import { unsafePair } from "./pool_pair.ts";

/** Gives a call of each kind. */
export const GARBAGE_WORKS: Readonly<Record<"pool" | "rb32", () => () => void>> = {
  pool: unsafePair,
  rb32: () => {
    const io = coreReader();
    let left = 0;
    return () => {
      if (left === 0) {
        io.seek(0);
        left = FILE_BYTES / 4;
      }
      left--;
      kept[0] = io.rb32();
    };
  },
};
