import type { NativeLibrary } from "@mediamem/ffi";
import type { AvutilAbi } from "./abi.ts";
import type { AVUTIL_SYMBOLS, MEMORY_SYMBOLS } from "./symbols.ts";

/** The functions of a loaded libavutil. Those of `MEMORY_SYMBOLS` stay usable when the backend is closed: memory may outlive it. */
export type AvutilSymbols =
  & NativeLibrary<typeof AVUTIL_SYMBOLS>["symbols"]
  & NativeLibrary<typeof MEMORY_SYMBOLS>["symbols"];

/** A version of libavutil. */
export interface AvutilVersion {
  /** Changes where structs and functions change. */
  readonly major: number;
  /** Grows where something is added. */
  readonly minor: number;
  /** From 100 on in FFmpeg. */
  readonly micro: number;
}

/** A loaded libavutil whose ABI was checked: what the areas are made of. */
export interface AvutilLibrary {
  readonly symbols: AvutilSymbols;
  readonly version: AvutilVersion;
  readonly abi: AvutilAbi;
}

/** Splits the number that `avutil_version()` gives. */
export function splitVersion(version: number): AvutilVersion {
  return { major: version >>> 16, minor: (version >>> 8) & 255, micro: version & 255 };
}

/** `57.28.100`. */
export function versionText({ major, minor, micro }: AvutilVersion): string {
  return `${major}.${minor}.${micro}`;
}
