import { memory, type NativeMemory, revokeBuffer } from "@mediamem/ffi";

/** A view of a part of the buffer, as long as the program holds it. */
interface Seen {
  readonly address: number;
  readonly length: number;
  /** The memory; null once a forgotten reference waits for the program to drop it. */
  held: ArrayBuffer | null;
  /**
   * The memory from then on; null before. Made no earlier: what a `WeakRef` is made of lives until the turn of the event loop is over, so that
   * a loop over a million references would keep a million views.
   */
  weak: WeakRef<ArrayBuffer> | null;
}

function memoryOf(seen: Seen): ArrayBuffer | undefined {
  return seen.held ?? seen.weak?.deref();
}

/**
 * The views of one native buffer, which all references to it share.
 *
 * They are held as long as a handle is: one that the program moved away (`transfer`, `postMessage`) would look as if it were collected, and what
 * it was moved to still sees the memory. Once the program forgot its handles they are held weakly, so that it is known when it sees nothing.
 */
export class BufferViews {
  #seen: Seen[] = [];

  /** The bytes of a part of the buffer; `start` and `length` say what is known to be all of it. */
  show(address: number, size: number, start: number, length: number): Uint8Array<ArrayBuffer> {
    if (size === 0) return new Uint8Array(0);
    for (const seen of this.#seen) {
      if (address < seen.address || address + size > seen.address + seen.length) continue;
      const known = memoryOf(seen);
      if (known === undefined || known.detached) continue;
      seen.held = known;
      return new Uint8Array(known, address - seen.address, size);
    }
    const { bytes: { buffer } } = memory(start, length);
    this.#seen.push({ address: start, length, held: buffer, weak: null });
    return new Uint8Array(buffer, address - start, size);
  }

  /**
   * Memory that the program may still hold a view of; undefined where it holds none. From now on it is held weakly, but for what was
   * moved away, which nobody will ever know to be unused.
   */
  held(): ArrayBuffer | undefined {
    let found: ArrayBuffer | undefined;
    for (const seen of this.#seen) {
      const known = memoryOf(seen);
      if (known === undefined) continue;
      if (!known.detached) {
        seen.weak ??= new WeakRef(known);
        seen.held = null;
      }
      found ??= known;
    }
    return found;
  }

  /** Takes the memory away from all views; gives whether that was possible. Views that are pinned stay views of this buffer. */
  revoke(): boolean {
    if (this.#seen.length === 0) return true;
    this.#seen = this.#seen.filter((seen) => {
      const known = memoryOf(seen);
      return known !== undefined && !revokeBuffer(known);
    });
    return this.#seen.length === 0;
  }

  /** The views that could not be revoked, held so that they can be asked again when the buffer is not known any more. */
  pinned(): PinnedViews {
    return new PinnedViews(
      this.#seen.map(memoryOf).filter((known) => known !== undefined),
    );
  }
}

/** Views that could not be revoked. */
export class PinnedViews implements Pick<NativeMemory, "revoke"> {
  #left: ArrayBuffer[];

  /** Holds what still sees the memory. */
  constructor(left: ArrayBuffer[]) {
    this.#left = left;
  }

  revoke(): boolean {
    this.#left = this.#left.filter((buffer) => !revokeBuffer(buffer));
    return this.#left.length === 0;
  }
}
