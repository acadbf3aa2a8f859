import type { Operation } from "../../model.ts";

// The words of a trace. `at` is a place that holds one reference, live or dead; `pool` is a place that holds one pool.

/** Takes a buffer. */
export function take(op: "alloc" | "allocz", at: number, size: number): Operation {
  return { op, at, size };
}

/** How a trace wraps memory of its own. */
export interface Wrapping {
  /** What `opaque` gives; left out: null. */
  readonly opaque?: string;
  /** What happens once nobody refers to the memory any more: it is noted, or an error is thrown too; left out: nothing. */
  readonly free?: "note" | "throw";
  /** Whether nobody may write. */
  readonly readOnly?: true;
}

/** Wraps memory of the program, which follows from `seed`. */
export function create(at: number, size: number, seed: number, wrapping: Wrapping = {}): Operation {
  return { op: "create", at, size, seed, ...wrapping };
}

/** Another reference, put into the place `to`. */
export function ref(at: number, to: number): Operation {
  return { op: "ref", at, to };
}

/** Moves a reference into the place `to`; the handle that had it stays where it is. */
export function takeOver(at: number, to: number): Operation {
  return { op: "take", at, to };
}

/** Gives a reference back. */
export function unref(at: number): Operation {
  return { op: "unref", at };
}

/** Leaves the scope of a reference. */
export function dispose(at: number): Operation {
  return { op: "dispose", at };
}

/** Lets the reference of a place refer to what `from` refers to; null stands for no reference, like a place that holds none. */
export function replace(at: number, from: number | null): Operation {
  return { op: "replace", at, from };
}

/** Makes a reference show a part of what it shows. */
export function narrow(at: number, from: number, size: number): Operation {
  return { op: "narrow", at, from, size };
}

/** Makes a buffer larger or smaller; a place that holds no reference gets one. */
export function realloc(at: number, size: number): Operation {
  return { op: "realloc", at, size };
}

/** Copies what is not writable. */
export function makeWritable(at: number): Operation {
  return { op: "makeWritable", at };
}

/** Writes bytes that follow from `seed`, where nobody else sees them. */
export function write(at: number, seed: number): Operation {
  return { op: "getMut", at, seed };
}

/** The same, where others would see them into a copy. */
export function writeCopy(at: number, seed: number): Operation {
  return { op: "makeMut", at, seed };
}

/** Asks a reference everything, live or dead. */
export function look(at: number): Operation {
  return { op: "look", at };
}

/** Where the buffers of a pool come from; left out: from the library itself. See `pool_sources.ts`. */
export type PoolSource =
  | "exact"
  | "plain"
  | "larger"
  | "window"
  | "part"
  | "readOnly"
  | "short"
  | "null"
  | "throw"
  | "rude"
  | "shared"
  | "dead"
  | "pooled"
  | "own"
  | "again"
  | "nothing";

/** How a trace makes a pool. */
export interface Pooling {
  /** Where its buffers come from. */
  readonly allocate?: PoolSource;
  /** A byte that returned memory is filled with. */
  readonly poison?: number;
  /** How many may be out. */
  readonly max?: number;
  /** How many are made at once. */
  readonly preallocate?: number;
  /** From how many on it warns. */
  readonly highWater?: number;
  /** What happens at its end: it is noted, or an error is thrown too; left out: nothing. */
  readonly free?: "note" | "throw";
}

/** Makes a pool. */
export function poolInit(pool: number, size: number, pooling: Pooling = {}): Operation {
  return { op: "poolInit", pool, size, ...pooling };
}

/** Takes a buffer of a pool. */
export function get(pool: number, at: number): Operation {
  return { op: "get", pool, at };
}

/** Takes a buffer of a pool where one may be out. */
export function tryGet(pool: number, at: number): Operation {
  return { op: "tryGet", pool, at };
}

/** Gives a reference back to a pool. */
export function release(pool: number, at: number): Operation {
  return { op: "release", pool, at };
}

/** Frees what is idle in a pool of which nothing is out. */
export function trim(pool: number): Operation {
  return { op: "trim", pool };
}

/** Gives a pool up. */
export function uninit(pool: number): Operation {
  return { op: "uninit", pool };
}

/** Leaves the scope of a pool. */
export function disposePool(pool: number): Operation {
  return { op: "disposePool", pool };
}

/** Sets the most bytes that may be alive at a time, on top of those that were before the trace; null for no limit. */
export function limit(bytes: number | null): Operation {
  return { op: "limit", bytes };
}

/** Sets the most bytes of one request. */
export function maxAlloc(max: number): Operation {
  return { op: "maxAlloc", max };
}
