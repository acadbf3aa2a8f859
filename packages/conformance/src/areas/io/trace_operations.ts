import type { AverrorCode, DataMarker, Whence } from "@mediamem/interface";
import type { Operation } from "../../model.ts";
import type { Content } from "./content.ts";

// The words of a trace. It is about one context at a time, which the kind of a context makes.

/** What a context is: one over callbacks, one that writes and has a read callback too, or one without any callback that reads its buffer. */
export type ContextKind = typeof KINDS[number];

const KINDS = ["reader", "writer", "duplex", "memory", "dynBuf"] as const;

/** How a callback ends that fails: with an error code, by throwing, or with an answer that cannot be one. */
export type Failure = AverrorCode | "throw" | "tooMuch" | "promise" | "nothing" | "half";

/** How a seek callback answers: rightly, to some questions only, with 0 whatever it did, or never rightly. */
export type SeekKind = "works" | "noSize" | "sizeOnly" | "setOnly" | "zero" | Failure;

/** A context and the source or sink behind it. What is left out is not there. */
export interface OpenContext {
  readonly as: ContextKind;
  /** Bytes of the context's buffer. */
  readonly buffer?: number;
  /** Bytes that the source has: 5000 unless said otherwise. */
  readonly length?: number;
  /** What the source has. */
  readonly content?: Content;
  /** The most bytes of each answer, again and again; 0 for none at this time. */
  readonly pieces?: readonly number[];
  /** How many bytes the source has more each time that it has said that it is at its end. */
  readonly grows?: readonly number[];
  /** The seek callback. */
  readonly seek?: SeekKind;
  /** Whether the sink hears what kind of data it gets. */
  readonly marks?: boolean;
  /** What the sink says that it took, whatever it was handed. */
  readonly took?: number;
  /** How reading and writing fail. */
  readonly fail?: Failure;
  /** From which position on they fail: 0 unless said otherwise. */
  readonly at?: number;
  /** How often they fail: always unless said otherwise. */
  readonly times?: number;
  /** What every callback tries to do with the context that called it. */
  readonly within?: Plain;
  /** Bytes of the buffer of a second context, through which the first one reads its source. */
  readonly through?: number;
}

/** Makes a context and frees the one before. */
export function open({ as, ...context }: OpenContext): Operation {
  return { op: as, ...context };
}

/** What an operation makes, or null where it makes no context. */
export function opened({ op, ...context }: Operation): OpenContext | null {
  return KINDS.some((kind) => kind === op) ? { as: op as ContextKind, ...context } : null;
}

/** Calls that take no argument. */
export type Plain =
  | `r${"8" | `${"l" | "b"}${"16" | "24" | "32" | "64"}`}`
  | "tell"
  | "size"
  | "feof"
  | "flush"
  | "free"
  | "dispose"
  | "getDynBuf"
  | "closeDynBuf";

/** Makes a call that takes no argument. */
export function call(op: Plain): Operation {
  return { op };
}

/** Reads so many bytes. */
export function read(count: number): Operation {
  return { op: "read", n: count };
}

/** Reads at most so many bytes. */
export function readPartial(count: number): Operation {
  return { op: "readPartial", n: count };
}

/** Calls that read a text. */
export type GetText = "getStr" | "getStr16le" | "getStr16be";

/** Reads a text. */
export function getText(op: GetText, max: number, room?: number): Operation {
  return room === undefined ? { op, max } : { op, max, room };
}

/** Reads a line. */
export function getLine(room: number): Operation {
  return { op: "getLine", room };
}

/** Moves. */
export function seek(to: number, whence?: Whence): Operation {
  return whence === undefined ? { op: "seek", to } : { op: "seek", to, whence };
}

/** Moves by so many bytes. */
export function skip(by: number): Operation {
  return { op: "skip", by };
}

/** Calls that write a number. */
export type PutNumber = `w${"8" | `${"l" | "b"}${"16" | "24" | "32"}`}`;

/** Writes a number. */
export function put(op: PutNumber, value: number): Operation {
  return { op, value };
}

/** Writes 64 bits, which a trace has as digits. */
export function put64(op: "wl64" | "wb64", digits: string): Operation {
  return { op, digits };
}

/** Writes so many bytes, which follow from the place of the operation in the trace. */
export function write(count: number): Operation {
  return { op: "write", n: count };
}

/** Calls that write a text. */
export type PutText = "putStr" | "putStr16le" | "putStr16be";

/** Writes a text. */
export function putText(op: PutText, text: string | null): Operation {
  return { op, text };
}

/** Writes texts without zeros. */
export function print(texts: readonly string[]): Operation {
  return { op: "printStringArray", texts };
}

/** Says what kind of data follows. */
export function mark(type: DataMarker, time: number | null = null): Operation {
  return time === null ? { op: "mark", type } : { op: "mark", type, time };
}

/** Sets a field that is either on or off. */
export function turn(field: "direct" | "seekable", on: boolean): Operation {
  return { op: field, on };
}

/** Sets a field that is a number. */
export function set(field: "error" | "maxPacketSize" | "minPacketSize", to: number): Operation {
  return { op: field, to };
}
