import { MediaError } from "@mediamem/interface";
import type { NativeLibrary } from "@mediamem/ffi";
import type { AllocationLedger } from "@mediamem/ledger";
import type { Version } from "@mediamem/ffi-avutil/native";
import type { AvformatAbi } from "./abi.ts";
import type { LogCapture } from "./media/log_capture.ts";
import type {
  CODEC_RELEASE_SYMBOLS,
  CODEC_SYMBOLS,
  FORMAT_RELEASE_SYMBOLS,
  FORMAT_SYMBOLS,
  UTIL_RELEASE_SYMBOLS,
  UTIL_SYMBOLS,
} from "./media_symbols.ts";
import type { AVUTIL_SYMBOLS, IO_SYMBOLS } from "./symbols.ts";

/** The functions of a loaded libavformat and of its libavcodec and libavutil. */
export type AvformatSymbols =
  & NativeLibrary<typeof IO_SYMBOLS>["symbols"]
  & NativeLibrary<typeof AVUTIL_SYMBOLS>["symbols"]
  & NativeLibrary<typeof FORMAT_SYMBOLS>["symbols"]
  & NativeLibrary<typeof FORMAT_RELEASE_SYMBOLS>["symbols"]
  & NativeLibrary<typeof CODEC_SYMBOLS>["symbols"]
  & NativeLibrary<typeof CODEC_RELEASE_SYMBOLS>["symbols"]
  & NativeLibrary<typeof UTIL_SYMBOLS>["symbols"]
  & NativeLibrary<typeof UTIL_RELEASE_SYMBOLS>["symbols"];

/** A loaded libavformat whose ABI was checked: what the areas are made of. */
export interface AvformatLibrary {
  readonly symbols: AvformatSymbols;
  readonly version: Version;
  readonly abi: AvformatAbi;
  /** Absolute path of its file. */
  readonly path: string;
  /** What was handed out and not given back. */
  readonly ledger: AllocationLedger;
  /** What the library logs. */
  readonly log: LogCapture;
}

const libraries = new WeakMap<object, AvformatLibrary>();

/** Notes the library behind a backend. */
export function setLibrary(backend: object, library: AvformatLibrary): void {
  libraries.set(backend, library);
}

/** Gives the library behind a backend of `loadAvformat()`; throws `WRONG_OWNER` for another. */
export function libraryOf(op: string, backend: object): AvformatLibrary {
  const library = libraries.get(backend);
  if (library !== undefined) return library;
  throw new MediaError("WRONG_OWNER", `Cannot call ${op}: avformat is no backend of loadAvformat()`, { op });
}
