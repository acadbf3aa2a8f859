import { AVERROR, type AverrorCode, MediaError } from "@mediamem/interface";
import type { AvutilLibrary } from "./library.ts";
import { versionText } from "./library.ts";
import { SYMBOL_VERSIONS } from "./symbols.ts";

const CODES: ReadonlyMap<number, AverrorCode> = new Map(
  Object.entries(AVERROR).map(([code, value]) => [value, code as AverrorCode]),
);

/** Throws what a negative result of C means. `found` says what C was asked for: `yuv420p 0x16`. */
export function fail(op: string, averror: number, found: string): never {
  const code = CODES.get(averror) ?? "UNKNOWN";
  const message =
    `Cannot call ${op}: found ${found}, wanted arguments that libavutil takes (it said ${code}, ${averror})`;
  throw new MediaError(code, message, { op, averror });
}

/** Throws the `ENOSYS` of a function that this version of the library does not have. */
export function lacks(library: AvutilLibrary, op: keyof typeof SYMBOL_VERSIONS): never {
  const [major, minor] = SYMBOL_VERSIONS[op];
  throw new MediaError(
    "ENOSYS",
    `Cannot call ${op}: found libavutil ${versionText(library.version)}, wanted ${major}.${minor} or newer`,
    { op, averror: AVERROR.ENOSYS },
  );
}

/** Throws the `ENOMEM` of a request that the library or the machine has no memory for. */
export function noMemory(op: string, bytes: number): never {
  throw new MediaError(
    "ENOMEM",
    `Cannot call ${op}: there is no memory for ${bytes} bytes, wanted at most what av_max_alloc and the system allow`,
    { op, averror: AVERROR.ENOMEM },
  );
}
