import { libraryFileNames, load, type NativeLibrary } from "@mediamem/ffi";
import { AVUTIL_SYMBOLS, MEMORY_SYMBOLS } from "../../symbols.ts";

const RAW_SYMBOLS: typeof AVUTIL_SYMBOLS & typeof MEMORY_SYMBOLS = { ...AVUTIL_SYMBOLS, ...MEMORY_SYMBOLS };

/** The library as C code of somebody else calls it. */
export function rawAvutil(): NativeLibrary<typeof RAW_SYMBOLS> {
  return load({
    library: "libavutil",
    environment: "MEDIAMEM_LIBAVUTIL",
    candidates: libraryFileNames("avutil", [60, 59, 58, 57, 56]),
    symbols: RAW_SYMBOLS,
  });
}
