import { assertEquals, assertThrows } from "@std/assert";
import {
  type BufferPool,
  type BufferRef,
  type ErrorCode,
  type Ledger,
  type LedgerOptions,
  MediaError,
} from "@mediamem/interface";
import { AllocationLedger } from "@mediamem/ledger";
import { type AllocationLimit, DEFAULT_MAX_ALLOC } from "../../memory/allocation_limit.ts";
import { CoreBuffers } from "../buffers.ts";

/** An area with an account and a cap of its own. */
export interface Core {
  readonly buffers: CoreBuffers;
  readonly ledger: Ledger;
  readonly limit: AllocationLimit;
}

/** Makes an area to test. */
export function makeCore(options: LedgerOptions = {}): Core {
  const ledger = new AllocationLedger(options);
  const limit = { maxAlloc: DEFAULT_MAX_ALLOC };
  return { buffers: new CoreBuffers(ledger, limit), ledger, limit };
}

/** Fails unless the call throws the error of `code` with the text in its message. */
export function assertCode(code: ErrorCode, call: () => unknown, includes = ""): MediaError {
  const error = assertThrows(call, MediaError, includes);
  assertEquals(error.code, code);
  return error;
}

/** Fails unless everything was given back. */
export function assertEmpty({ ledger }: Core): void {
  assertEquals([ledger.live, ledger.bytes], [0, 0]);
}

/** Buffers that a program allocates, and a list of what it was told to free. */
export function namedBuffers({ buffers }: Core, freed: string[], size = 50): () => BufferRef {
  let count = 0;
  return () => {
    const opaque = "ABCDEF"[count++]!;
    return buffers.create(new Uint8Array(size).fill(count), {
      opaque,
      free: (name) => freed.push(name as string),
    });
  };
}

/** The figures of a pool: hits, misses, out, idle, returned, freed, peak. */
export function figures(pool: Pick<BufferPool, "stats">): number[] {
  const { hits, misses, out, idle, returned, freed, peak } = pool.stats();
  return [hits, misses, out, idle, returned, freed, peak];
}
