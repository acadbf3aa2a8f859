import { writeSync } from "node:fs";
import process from "node:process";
import { isatty } from "node:tty";
import picocolors from "picocolors";
import { CommandError } from "./command_error.ts";

/** The functions that colour a text, or leave it alone where there is no colour. */
export interface Colours {
  /** Whether the functions colour at all. */
  readonly isColorSupported: boolean;
  /** For names. */
  bold(text: string): string;
  /** For what matters less. */
  dim(text: string): string;
  /** For errors. */
  red(text: string): string;
  /** For what is fine. */
  green(text: string): string;
  /** For what deserves a look. */
  yellow(text: string): string;
}

/** One of the two streams that a command writes to. */
export interface Output {
  /** Writes a text as it is. */
  write(text: string): void;
  /** Whether a person watches it, on a terminal whose cursor can go back. */
  readonly interactive: boolean;
  /** Width in characters; infinite where lines are not folded. */
  readonly columns: number;
  /** Whether characters beyond ASCII, such as blocks and lines, may be drawn with. */
  readonly unicode: boolean;
  /** Colours texts where this stream shows colours. */
  readonly colours: Colours;
}

/** Where a command writes to. */
export interface Terminal {
  /** For what was asked for. */
  readonly out: Output;
  /** For errors and progress. */
  readonly err: Output;
}

/** Whether to colour: `NO_COLOR` forbids, `FORCE_COLOR` demands, else only for a terminal that can. */
export function wantsColour(
  environment: Readonly<Record<string, string | undefined>>,
  interactive: boolean,
): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return interactive && TERM !== "dumb";
}

/** Whether drawings may use more than ASCII: where there is colour, and the locale says UTF-8. */
export function wantsUnicode(
  environment: Readonly<Record<string, string | undefined>>,
  coloured: boolean,
): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  return coloured && /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || "");
}

/** Whether a line can be written anew: on a terminal, unless it is one that only knows the next line. */
export function canRewrite(
  environment: Readonly<Record<string, string | undefined>>,
  onTerminal: boolean,
): boolean {
  return onTerminal && environment.TERM !== "dumb";
}

/** The width to fit: `COLUMNS` where it is set, the terminal's where there is one, else infinite. */
export function columnsOf(
  environment: Readonly<Record<string, string | undefined>>,
  terminal: number | undefined,
): number {
  const wanted = Number(environment.COLUMNS);
  if (Number.isSafeInteger(wanted) && wanted > 0) return wanted;
  return terminal !== undefined && terminal > 0 ? terminal : Infinity;
}

const pause = new Int32Array(new SharedArrayBuffer(4));

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** Writes all of a text; false once nobody reads any more, or where the descriptor is closed. */
function writeAll(descriptor: number, text: string): boolean {
  let bytes: Uint8Array = new TextEncoder().encode(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes));
    } catch (error) {
      const code = codeOf(error);
      if (code === "EPIPE" || code === "EBADF") return false;
      // A pipe that somebody set to non-blocking is full: let its reader catch up.
      if (code !== "EAGAIN") throw error;
      Atomics.wait(pause, 0, 0, 5);
    }
  }
  return true;
}

function processOutput(descriptor: 1 | 2): Output {
  const onTerminal = isatty(descriptor);
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  const coloured = wantsColour(process.env, onTerminal);
  let open = true;
  return {
    // Not through the stream: a write is then done when it returns, and a reader that left is no event to catch.
    write: (text) => {
      if (!open) return;
      try {
        open = writeAll(descriptor, text);
      } catch (error) {
        open = false;
        // What cannot be said on standard error cannot be said at all; the exit code still tells.
        if (descriptor === 2) return;
        const reason = error instanceof Error ? error.message : String(error);
        throw new CommandError(`Cannot write to standard output: ${reason}`, undefined, error);
      }
    },
    interactive: canRewrite(process.env, onTerminal),
    columns: columnsOf(process.env, onTerminal ? stream.columns : undefined),
    unicode: wantsUnicode(process.env, coloured),
    colours: picocolors.createColors(coloured),
  };
}

/** The terminal, pipe or file that this process writes to. A reader that leaves early ends nothing: the rest is not written. */
export function processTerminal(): Terminal {
  return { out: processOutput(1), err: processOutput(2) };
}
