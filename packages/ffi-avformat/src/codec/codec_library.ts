import { libraryFileNames, load, type NativeLibrary } from "@mediamem/ffi";
import type { AvformatLibrary } from "../library.ts";
import { checkCodecAbi } from "./check_codec_abi.ts";
import { CODEC_ABIS, type CodecAbi } from "./codec_abi.ts";
import { CODER_SYMBOLS, FRAME_SYMBOLS } from "./codec_symbols.ts";

/** The functions of libavcodec and libavutil that code and decode. */
export type CodecSymbols =
  & NativeLibrary<typeof CODER_SYMBOLS>["symbols"]
  & NativeLibrary<typeof FRAME_SYMBOLS>["symbols"];

/** A libavcodec whose ABI was checked: what decoders and encoders are made of. */
export interface CodecLibrary {
  /** The libavformat that it belongs to. */
  readonly format: AvformatLibrary;
  readonly symbols: CodecSymbols;
  readonly abi: CodecAbi;
}

const libraries = new WeakMap<AvformatLibrary, CodecLibrary>();

/** Where a library that goes with a libavformat is looked for. */
export function besideAvformat(
  { path }: AvformatLibrary,
  name: string,
  major: number,
): { library: string; environment: string; candidates: readonly string[]; beside: string } {
  return {
    library: `lib${name}`,
    environment: `MEDIAMEM_LIB${name.toUpperCase()}`,
    candidates: libraryFileNames(name, [major]),
    beside: path,
  };
}

/**
 * Gives the codecs that go with a libavformat, bound and checked at the first call.
 *
 * They are never closed: a decoder may outlive its backend, and be given back. Throws `ABI_MISMATCH`, `SYMBOL_MISSING`.
 */
export function codecLibraryOf(format: AvformatLibrary): CodecLibrary {
  const known = libraries.get(format);
  if (known !== undefined) return known;
  const { major, avutil } = format.abi;
  const symbols = {
    ...load({ ...besideAvformat(format, "avcodec", major), symbols: CODER_SYMBOLS }).symbols,
    ...load({ ...besideAvformat(format, "avutil", avutil), symbols: FRAME_SYMBOLS }).symbols,
  };
  const library: CodecLibrary = { format, symbols, abi: CODEC_ABIS[major]! };
  checkCodecAbi(library);
  libraries.set(format, library);
  return library;
}
