import { invalid } from "@mediamem/checks";
import { Dictionary } from "../media/dictionary.ts";
import { failMedia } from "../media/failure.ts";
import type { CodecHold } from "./codec_hold.ts";

/** How threads share the work. */
export type ThreadType = "frame" | "slice";

/** The names of the kinds of threads. */
export const THREAD_TYPES: readonly ThreadType[] = ["frame", "slice"];

/** What a codec is opened with. */
export interface CodecOpening {
  readonly threads: number;
  readonly threadType: ThreadType | undefined;
  readonly options: Readonly<Record<string, string>>;
}

/** Opens the codec of a context (`avcodec_open2`). Throws `EINVAL` for an option that nobody takes, and what C says. */
export function openCodec(hold: CodecHold, codec: number, what: string, opening: CodecOpening): void {
  const op = "avcodec_open2";
  const { symbols, format } = hold.library;
  const { threads, threadType, options } = opening;
  for (const name of ["threads", "thread_type"]) {
    if (name in options) {
      invalid(op, `Cannot open ${what}: found option ${name}, wanted it beside the options`);
    }
  }
  if (threads > 1) hold.expectThreads();
  using dictionary = new Dictionary(format, {
    threads: String(threads),
    ...(threadType === undefined ? {} : { thread_type: threadType }),
    ...options,
  });
  const answer = symbols.avcodec_open2(hold.address, codec, dictionary.cell);
  if (answer < 0) {
    failMedia(format.symbols, op, answer, `open ${what}`, "parameters and options that it takes");
  }
  const left = Object.keys(dictionary.entries());
  if (left.length === 0) return;
  invalid(op, `Cannot open ${what}: it takes no option ${left.join(", ")}, wanted options that it has`);
}
