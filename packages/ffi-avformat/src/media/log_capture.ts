import { callback, pointerArray } from "@mediamem/ffi";
import type { AvformatSymbols } from "../library.ts";

/** `AV_LOG_WARNING`: what is said less loud does not say why something failed. */
const WARNING = 24;
const LINE_BYTES = 1024;
const decoder = new TextDecoder();

/** The functions of libavutil that the log needs. */
export type LogSymbols = Pick<
  AvformatSymbols,
  "av_log_set_callback" | "av_log_format_line2" | "av_log_default_callback"
>;

/** Where C's lines go while somebody listens: one function for the process, as C has one log for the process. */
let listener: LogCapture | null = null;
let address = 0;

function thunk(): number {
  if (address !== 0) return address;
  const made = callback(
    { parameters: ["pointer", "i32", "pointer", "pointer"], result: "void", failure: undefined },
    (object, level, format, values) => listener?.hear(object, level, format, values),
  );
  return address = made.address;
}

/**
 * Keeps the last line that the library logs during a call.
 *
 * C's log is one for the process, and a thread of C that logs into JavaScript waits for ever. So a capture listens only where the program has said
 * that no other thread uses the library, only for the length of a call that stays on its thread, and never while decoders have threads.
 */
export class LogCapture {
  readonly #symbols: LogSymbols;
  readonly #enabled: boolean;
  readonly #line: Uint8Array<ArrayBuffer> = new Uint8Array(LINE_BYTES);
  #outer: LogCapture | null = null;
  #depth = 0;
  #threads = 0;
  #last: string | undefined;

  /** Makes a capture that listens, or one that never does. */
  constructor(symbols: LogSymbols, enabled: boolean) {
    this.#symbols = symbols;
    this.#enabled = enabled;
  }

  /** The last line that was heard since the outermost {@linkcode LogCapture.begin}; undefined where there was none. */
  get last(): string | undefined {
    return this.#last;
  }

  /** Notes that the library has threads from now on, until {@linkcode LogCapture.threadsEnd} is called as often. */
  threadsBegin(): void {
    this.#threads++;
  }

  /** Notes that threads have ended. */
  threadsEnd(): void {
    this.#threads--;
  }

  /** Listens from now on, where that is allowed. Call {@linkcode LogCapture.end} after it, whatever happens. */
  begin(): void {
    if (!this.#enabled || this.#depth++ > 0) return;
    this.#last = undefined;
    if (this.#threads > 0) return;
    this.#outer = listener;
    listener = this;
    this.#symbols.av_log_set_callback(thunk());
  }

  /** Listens no more. */
  end(): void {
    if (!this.#enabled || --this.#depth > 0 || listener !== this) return;
    listener = this.#outer;
    this.#outer = null;
    if (listener === null) this.#symbols.av_log_set_callback(this.#symbols.av_log_default_callback);
  }

  /** Takes a line from C; `object` has the words that it begins with. */
  hear(object: number, level: number, format: number, values: number): void {
    if (level > WARNING) return;
    const prefix = pointerArray(1);
    prefix.bytes[0] = 1;
    const line = this.#line;
    this.#symbols.av_log_format_line2(object, level, format, values, line, line.length, prefix.bytes);
    // Addresses of objects say nothing, and make every message another one.
    const text = decoder.decode(line.subarray(0, line.indexOf(0))).replace(/ @ 0x[0-9a-f]+/g, "").trim();
    if (text !== "") this.#last = text;
  }
}
