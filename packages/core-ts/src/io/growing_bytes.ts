import { MediaError } from "@mediamem/interface";

/** How far memory that grows in place may grow before it moves; it takes addresses, not memory. */
const IN_PLACE = 1 << 30;
/** Bytes that are asked for first. */
const FIRST = 65536;

/** Bytes that grow with what is written, in place where the runtime can. */
export class GrowingBytes {
  /** Bytes that were written. */
  size = 0;
  readonly #limit: number;
  #buffer: ArrayBuffer = new ArrayBuffer(0);
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Puts bytes at a position; what lies between is 0. */
  write(bytes: Uint8Array, position: number): void {
    const end = position + bytes.length;
    if (end > this.#buffer.byteLength) this.#grow(end);
    this.#bytes.set(bytes, position);
    if (end > this.size) this.size = end;
  }

  /** A copy of what was written. */
  copy(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#buffer, 0, this.size).slice();
  }

  #grow(end: number): void {
    const old = this.#buffer;
    if (end > this.#limit) {
      throw new MediaError(
        "OVER_BUDGET",
        `Cannot write to the sink: it would have ${end} bytes, wanted at most ${this.#limit}`,
        {
          op: "ByteSink.write",
        },
      );
    }
    const length = Math.min(Math.max(end, Math.ceil(1.5 * old.byteLength), FIRST), this.#limit);
    if (old.resizable && length <= old.maxByteLength) {
      old.resize(length);
      return;
    }
    this.#buffer = allocate(length, this.#limit);
    const bytes = new Uint8Array(this.#buffer);
    bytes.set(this.#bytes.subarray(0, this.size));
    this.#bytes = bytes;
  }
}

/** Memory that can grow in place, where there is such. */
function allocate(length: number, limit: number): ArrayBuffer {
  if (typeof ArrayBuffer.prototype.resize === "function" && length <= IN_PLACE) {
    return new ArrayBuffer(length, { maxByteLength: Math.min(IN_PLACE, limit) });
  }
  return new ArrayBuffer(length);
}
