import type { NativeLibrary } from "@mediamem/ffi";
import type { Version } from "@mediamem/ffi-avutil/native";
import type { AvformatAbi } from "./abi.ts";
import type { AVUTIL_SYMBOLS, IO_SYMBOLS } from "./symbols.ts";

/** The functions of a loaded libavformat and of its libavutil. */
export type AvformatSymbols =
  & NativeLibrary<typeof IO_SYMBOLS>["symbols"]
  & NativeLibrary<typeof AVUTIL_SYMBOLS>["symbols"];

/** A loaded libavformat whose ABI was checked: what the areas are made of. */
export interface AvformatLibrary {
  readonly symbols: AvformatSymbols;
  readonly version: Version;
  readonly abi: AvformatAbi;
}
