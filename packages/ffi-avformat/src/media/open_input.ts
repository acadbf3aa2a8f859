import { cString, pointerArray } from "@mediamem/ffi";
import { withStruct } from "@mediamem/ffi-avutil/native";
import { invalid } from "@mediamem/checks";
import type { AvformatLibrary } from "../library.ts";
import { Dictionary } from "./dictionary.ts";
import { allocated, failMedia } from "./failure.ts";
import { InputContext } from "./format_contexts.ts";
import type { MediaIo } from "./media_io.ts";

/** The protocols that a format over memory may open by itself: none that reaches out of it. A playlist from anywhere could else read files. */
const INSIDE = "crypto,data";

/** Opens a context over memory IO or by URL, and finds its streams. `input` is what messages call it. */
export function openInput(
  library: AvformatLibrary,
  input: string,
  io: MediaIo | null,
  format: string | undefined,
  options: Readonly<Record<string, string>>,
): InputContext {
  library.log.begin();
  try {
    return openLogged(library, input, io, format, options);
  } finally {
    library.log.end();
  }
}

function openLogged(
  library: AvformatLibrary,
  input: string,
  io: MediaIo | null,
  format: string | undefined,
  options: Readonly<Record<string, string>>,
): InputContext {
  const op = "avformat_open_input";
  const { symbols, abi } = library;
  const inputFormat = format === undefined ? 0 : symbols.av_find_input_format(cString(format));
  if (format !== undefined && inputFormat === 0) {
    invalid(
      op,
      `Cannot open ${input}: format is ${JSON.stringify(format)}, wanted one that libavformat reads`,
    );
  }
  const all = io === null ? options : { protocol_whitelist: INSIDE, ...options };
  using dictionary = new Dictionary(library, all);
  const cell = pointerArray(1);
  if (io !== null) {
    cell.set(0, allocated("avformat_alloc_context", symbols.avformat_alloc_context()));
    withStruct(abi.media.AVFormatContext, cell.get(0), (fields) => fields.setPointer("pb", io.address));
  }
  let answer = 0;
  try {
    io?.begin(op);
    const url = cString(io === null ? input : "");
    answer = symbols.avformat_open_input(cell.bytes, url, inputFormat, dictionary.cell);
  } catch (error) {
    // C may have gone on without what the callback could not give, and be open.
    if (cell.get(0) !== 0) new InputContext(library, cell.get(0))[Symbol.dispose]();
    throw error;
  }
  if (answer < 0) {
    const wanted = "media of a format that libavformat reads";
    failMedia(symbols, op, answer, `open ${input}`, wanted, io?.cause, library.log.last);
  }
  const context = new InputContext(library, cell.get(0));
  try {
    const left = Object.keys(dictionary.entries()).filter((name) => name in options);
    if (left.length > 0) {
      invalid(
        op,
        `Cannot open ${input}: its format takes no option ${left.join(", ")}, wanted options that it has`,
      );
    }
    findStreams(library, context, input, io);
  } catch (error) {
    context[Symbol.dispose]();
    throw error;
  }
  return context;
}

function findStreams(
  { symbols, log }: AvformatLibrary,
  context: InputContext,
  input: string,
  io: MediaIo | null,
): void {
  const op = "avformat_find_stream_info";
  io?.begin(op);
  const answer = symbols.avformat_find_stream_info(context.address, 0);
  if (answer < 0) {
    failMedia(symbols, op, answer, `find the streams of ${input}`, "streams", io?.cause, log.last);
  }
}
