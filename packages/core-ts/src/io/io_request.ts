import type { Whence } from "@mediamem/interface";

/** What an operation asks of a callback. Every context has one, which is filled again and again. */
export class IoRequest {
  kind: "read" | "write" | "seek" = "read";
  bytes: Uint8Array = EMPTY;
  offset = 0;
  whence: Whence = "set";

  /** Asks for bytes. */
  read(into: Uint8Array): this {
    this.kind = "read";
    this.bytes = into;
    return this;
  }

  /** Hands bytes over. */
  write(bytes: Uint8Array): this {
    this.kind = "write";
    this.bytes = bytes;
    return this;
  }

  /** Asks for another position, or for the size. */
  seek(offset: number, whence: Whence): this {
    this.kind = "seek";
    this.offset = offset;
    this.whence = whence;
    return this;
  }
}

const EMPTY = new Uint8Array(0);

/**
 * An operation as a list of steps, each of which asks a callback and goes on with its answer.
 *
 * Written once, it runs for callbacks that answer at once and for those that answer later.
 */
export type Steps<T> = Generator<IoRequest, T, number>;
