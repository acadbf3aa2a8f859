/** The last bytes of a stream, at most as many as asked for, in a ring that grows up to that. */
export class ByteWindow {
  /** Position behind the last byte. */
  end: number;
  readonly #limit: number;
  #ring: Uint8Array = new Uint8Array(0);
  #kept = 0;

  constructor(limit: number, position: number) {
    this.#limit = limit;
    this.end = position;
  }

  /** Position of the first byte that is kept. */
  get start(): number {
    return this.end - this.#kept;
  }

  /** Takes the next bytes of the stream and forgets the oldest. */
  push(bytes: Uint8Array): void {
    const kept = Math.min(this.#kept + bytes.length, this.#limit);
    if (kept > this.#ring.length) this.#grow(Math.min(Math.max(kept, 2 * this.#ring.length), this.#limit));
    const left = Math.max(0, bytes.length - this.#ring.length);
    put(this.#ring, this.end + left, bytes.subarray(left));
    this.end += bytes.length;
    this.#kept = kept;
  }

  /** Puts what is kept from `position` on at the start of `into`; gives how many bytes. */
  copy(into: Uint8Array, position: number): number {
    const length = Math.min(into.length, this.end - position);
    for (let done = 0; done < length;) {
      const at = (position + done) % this.#ring.length;
      const part = this.#ring.subarray(at, at + length - done);
      into.set(part, done);
      done += part.length;
    }
    return length;
  }

  #grow(length: number): void {
    const kept = new Uint8Array(this.#kept);
    this.copy(kept, this.start);
    this.#ring = new Uint8Array(length);
    put(this.#ring, this.start, kept);
  }
}

/** Puts bytes into a ring where the byte of a position always has the same place. */
function put(ring: Uint8Array, position: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    const at = (position + done) % ring.length;
    const part = bytes.subarray(done, done + ring.length - at);
    ring.set(part, at);
    done += part.length;
  }
}
