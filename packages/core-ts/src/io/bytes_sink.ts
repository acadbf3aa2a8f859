import type { ByteSink } from "@mediamem/interface";
import { checkInteger, invalid } from "@mediamem/checks";
import { GrowingBytes } from "./growing_bytes.ts";

/** A sink that keeps what is written. */
export interface BytesSink extends ByteSink {
  /** Takes bytes for any position; those that were left out before it are 0. */
  write(bytes: Uint8Array, position: number): void;
  /** Always: any position can be written at any time. */
  readonly seekable: true;
  /** Bytes that were written. */
  readonly size: number;
  /** A copy of what was written; to be taken at the end. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How much a sink keeps. */
export interface BytesSinkOptions {
  /** The most bytes that it takes; undefined: as many as there is memory for. */
  readonly limitBytes?: number;
}

/**
 * A sink into memory that grows.
 *
 * Errors: `OVER_BUDGET` from the write that goes beyond `limitBytes`, which writes nothing; `RangeError` of the runtime where there is no memory.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bytesSink } from "@mediamem/core-ts/io";
 *
 * const sink = bytesSink();
 * sink.write(Uint8Array.of(3, 4), 2);
 * sink.write(Uint8Array.of(1), 0);
 * assertEquals([...sink.bytes], [1, 0, 3, 4]);
 * ```
 */
export function bytesSink(options: BytesSinkOptions = {}): BytesSink {
  const op = "bytesSink";
  const { limitBytes = Number.MAX_SAFE_INTEGER } = options;
  checkInteger(op, "limitBytes", limitBytes);
  if (limitBytes < 0) invalid(op, `Cannot call ${op}: limitBytes is ${limitBytes}, wanted at least 0`);
  const memory = new GrowingBytes(limitBytes);
  return {
    seekable: true,
    get size(): number {
      return memory.size;
    },
    get bytes(): Uint8Array<ArrayBuffer> {
      return memory.copy();
    },
    write(bytes, position): void {
      memory.write(bytes, position);
    },
  };
}
