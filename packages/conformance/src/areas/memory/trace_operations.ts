import type { Operation } from "../../model.ts";

// The words of a trace. `at` is a place that holds one pointer: nothing, a block, or what is left of one that was freed.

/** Calls that put a new block into a place; what was there before is freed at the end of the trace. */
export type NewBlock = "malloc" | "mallocz" | "allocPacketData";
/** The same for a number of elements. */
export type NewArray = "mallocArray" | "calloc";
/** Calls that make the block of a place larger or smaller. */
export type Resize = "realloc" | "reallocp";
/** The same for a number of elements. */
export type ResizeArray = "reallocF" | "reallocArray" | "reallocpArray";
/** Calls that make sure that the block of a place is large enough. */
export type FastBlock = "fastMalloc" | "fastMallocz" | "fastRealloc";

/** Takes a block. */
export function take(op: NewBlock, at: number, size: number): Operation {
  return { op, at, size };
}

/** Takes a block of elements. */
export function takeArray(op: NewArray, at: number, count: number, size: number): Operation {
  return { op, at, count, size };
}

/** Takes a block with a copy of bytes that follow from `seed`; a size of null stands for no bytes at all. */
export function memdup(at: number, size: number | null, seed: number): Operation {
  return { op: "memdup", at, size, seed };
}

/** Takes a block with a text. */
export function strdup(at: number, text: string | null): Operation {
  return { op: "strdup", at, text };
}

/** Takes a block with at most `length` bytes of a text. */
export function strndup(at: number, text: string | null, length: number): Operation {
  return { op: "strndup", at, text, length };
}

/** Makes a block larger or smaller. */
export function resize(op: Resize, at: number, size: number): Operation {
  return { op, at, size };
}

/** Makes a block of elements larger or smaller. */
export function resizeArray(op: ResizeArray, at: number, count: number, size: number): Operation {
  return { op, at, count, size };
}

/** Makes sure that a block is large enough. */
export function fast(op: FastBlock, at: number, size: number): Operation {
  return { op, at, size };
}

/** Adds a pointer to an array. */
export function add(op: "dynarrayAdd" | "dynarrayAddNofree", at: number, element: number): Operation {
  return { op, at, element };
}

/** Adds an element to an array: bytes that follow from `seed`, or unknown ones for null. */
export function add2(at: number, size: number, seed: number | null): Operation {
  return { op: "dynarray2Add", at, size, seed };
}

/** Frees a block and leaves the pointer as it is. */
export function free(at: number): Operation {
  return { op: "free", at };
}

/** Frees a block and forgets the pointer. */
export function freep(at: number): Operation {
  return { op: "freep", at };
}

/** Writes bytes that follow from `seed`, `from` bytes into a block. */
export function write(at: number, from: number, length: number, seed: number): Operation {
  return { op: "write", at, from, length, seed };
}

/** Reads bytes, `from` bytes into a block. */
export function read(at: number, from: number, length: number): Operation {
  return { op: "read", at, from, length };
}

/** The same through a view of the block. */
export function view(at: number, from: number, length: number): Operation {
  return { op: "unsafeView", at, from, length };
}

/** Repeats the `back` bytes before `from` over the `count` bytes from it on. */
export function backptr(at: number, from: number, back: number, count: number): Operation {
  return { op: "memcpyBackptr", at, from, back, count };
}

/** Sets the most bytes of one request. */
export function maxAlloc(max: number): Operation {
  return { op: "maxAlloc", max };
}

/** Sets the most bytes that may be alive at a time, on top of those that were before the trace; null for no limit. */
export function limit(bytes: number | null): Operation {
  return { op: "limit", bytes };
}

/** Multiplies two sizes. */
export function sizeMult(a: number, b: number): Operation {
  return { op: "sizeMult", a, b };
}

/** The same operation on the address that lies `by` bytes further: an address that is nobody's. */
export function beside(operation: Operation, by: number): Operation {
  return { ...operation, by };
}
