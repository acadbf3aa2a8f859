import { cString, pointerArray } from "@mediamem/ffi";
import { withStruct } from "@mediamem/ffi-avutil/native";
import type { AvformatLibrary } from "../library.ts";
import { Dictionary } from "./dictionary.ts";
import { failMedia } from "./failure.ts";
import { OutputContext } from "./format_contexts.ts";
import type { MediaIo } from "./media_io.ts";

const AVIO_FLAG_WRITE = 2;
/** `AVFMT_NOFILE`. */
const NO_FILE = 1;

/** Allocates a context for a format that is named, or told by the ending of a URL. `output` is what messages call it. */
export function allocateOutput(
  library: AvformatLibrary,
  output: string,
  url: string | null,
  format: string | null,
): OutputContext {
  const op = "avformat_alloc_output_context2";
  const { symbols } = library;
  const cell = pointerArray(1);
  const answer = symbols.avformat_alloc_output_context2(
    cell.bytes,
    0,
    format === null ? null : cString(format),
    url === null ? null : cString(url),
  );
  if (answer < 0) {
    const found = format === null ? "its ending" : `format ${JSON.stringify(format)}`;
    failMedia(symbols, op, answer, `open ${output} by ${found}`, "a format that libavformat writes");
  }
  return new OutputContext(library, cell.get(0));
}

/** Opens a URL for writing; gives the address of its `AVIOContext`, which `avio_closep` gives back. */
export function openUrl(
  library: AvformatLibrary,
  url: string,
  options: Readonly<Record<string, string>>,
): number {
  const op = "avio_open2";
  const { symbols } = library;
  const cell = pointerArray(1);
  using dictionary = new Dictionary(library, options);
  const answer = symbols.avio_open2(cell.bytes, cString(url), AVIO_FLAG_WRITE, 0, dictionary.cell);
  if (answer < 0) failMedia(symbols, op, answer, `open ${url}`, "a place that can be written");
  return cell.get(0);
}

/** Whether the format of a context opens what it writes itself. */
export function opensItself({ abi }: AvformatLibrary, context: OutputContext): boolean {
  const address = context.struct.fields.pointer("oformat");
  const flags = withStruct(abi.media.AVOutputFormat, address, (fields) => fields.i32("flags"));
  return (flags & NO_FILE) !== 0;
}

/** What a muxer has to give back: all that the garbage collector may know of it. */
export interface OpenOutput {
  readonly library: AvformatLibrary;
  readonly context: OutputContext;
  /** The memory IO under the context; null over a URL. */
  readonly io: MediaIo | null;
}

/** Gives back an output, the context first: its format may still look at what is under it. Gives what kept bytes from a URL, as an `AVERROR`, or 0. */
export function closeOutput({ library, context, io }: OpenOutput): number {
  const { symbols, abi } = library;
  const pb = io !== null || opensItself(library, context) ? 0 : context.struct.fields.pointer("pb");
  try {
    context[Symbol.dispose]();
  } finally {
    io?.[Symbol.dispose]();
  }
  if (pb === 0) return 0;
  const error = withStruct(abi.AVIOContext, pb, (fields) => fields.i32("error"));
  const cell = pointerArray(1);
  cell.set(0, pb);
  const answer = symbols.avio_closep(cell.bytes);
  return answer < 0 ? answer : error;
}
