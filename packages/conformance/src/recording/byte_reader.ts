import { ConformanceError } from "../conformance_error.ts";

/** Reads what `ByteWriter` wrote. Throws `RECORDING_CORRUPT` where the bytes end early. */
export class ByteReader {
  readonly #view: DataView;
  #at = 0;

  /** Reads from the start of `bytes`. */
  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Whether all bytes are read. */
  get atEnd(): boolean {
    return this.#at === this.#view.byteLength;
  }

  /** One byte. */
  byte(): number {
    return this.#view.getUint8(this.#take(1));
  }

  /** An integer from 0 to 2^53 - 1. */
  unsigned(): number {
    let value = 0;
    for (let weight = 1;; weight *= 128) {
      const byte = this.byte();
      value += (byte % 128) * weight;
      if (byte < 128) return value;
      if (weight > Number.MAX_SAFE_INTEGER) corrupt("a number without an end");
    }
  }

  /** An integer of a magnitude below 2^52. */
  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** A number, eight bytes. */
  float64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  /** An integer from 0 to 2^32 - 1, four bytes. */
  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** That many bytes, not copied. */
  bytes(count: number): Uint8Array {
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + this.#take(count), count);
  }

  #take(count: number): number {
    const at = this.#at;
    if (at + count > this.#view.byteLength) corrupt(`an end at byte ${this.#view.byteLength}`);
    this.#at += count;
    return at;
  }
}

/** Throws `RECORDING_CORRUPT`. */
export function corrupt(found: string, cause?: unknown): never {
  throw new ConformanceError(
    "RECORDING_CORRUPT",
    `Cannot read the recording: found ${found}, wanted a whole file of recorded answers`,
    cause,
  );
}
