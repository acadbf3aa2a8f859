import { bufferOfArray, byteOffsetOf } from "@mediamem/checks";
import { reserveAddresses } from "../address_space.ts";

/** The memory of a buffer: ours, whose views we can end, or the program's, which stays as it is. */
export interface BufferMemory {
  /** Address of the first byte. */
  readonly address: number;
  /** Bytes. */
  readonly size: number;
  /** A view of `size` bytes from `offset` on. Throws a `TypeError` where somebody moved the memory away. */
  view(offset: number, size: number): Uint8Array<ArrayBufferLike>;
  /** Ends all views. Gives false where that could not be done: then the memory must not be handed out again. */
  revoke(): boolean;
}

/** Memory that was allocated here. */
export class OwnMemory implements BufferMemory {
  #address: number;
  #bytes: ArrayBuffer;
  #size: number;

  /** Allocates `size` bytes, all zero. Throws a `RangeError` where the runtime has no memory left. */
  constructor(size: number) {
    this.#bytes = new ArrayBuffer(size);
    this.#size = size;
    this.#address = reserveAddresses(size);
  }

  get address(): number {
    return this.#address;
  }

  get size(): number {
    return this.#size;
  }

  view(offset: number, size: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes, offset, size);
  }

  revoke(): boolean {
    const bytes = this.#bytes;
    // Somebody may have moved it away (`transfer`, `postMessage`): then it is theirs.
    if (bytes.detached) return false;
    this.#bytes = bytes.transfer();
    // A runtime that still writes from it leaves it attached, and its views see it.
    return bytes.detached;
  }

  /** Ends all views and makes the memory larger, with zeros, or smaller. Throws a `RangeError`, and changes nothing, where the runtime has no memory left. */
  resize(size: number): void {
    this.#bytes = this.#bytes.transfer(size);
    this.#size = size;
    this.#address = reserveAddresses(size);
  }

  /** Ends all views and gives the memory to the runtime at once, which would otherwise wait for its garbage collector. */
  free(): void {
    if (!this.#bytes.detached) this.#bytes.transfer(0);
  }
}

/** Where the memory of a program starts, so that two buffers over one memory have addresses as far apart as their bytes. */
const starts = new WeakMap<ArrayBufferLike, number>();

function startOf(memory: ArrayBufferLike): number {
  const known = starts.get(memory);
  if (known !== undefined) return known;
  const start = reserveAddresses(memory.maxByteLength);
  starts.set(memory, start);
  return start;
}

/** Memory that the program brought. */
export class ProgramMemory implements BufferMemory {
  readonly address: number;
  readonly size: number;
  readonly #bytes: ArrayBufferLike;
  readonly #start: number;

  /** Wraps what `data` shows now. */
  constructor(data: Uint8Array, size: number) {
    this.size = size;
    this.#bytes = bufferOfArray(data);
    this.#start = byteOffsetOf(data);
    this.address = startOf(this.#bytes) + this.#start;
  }

  view(offset: number, size: number): Uint8Array<ArrayBufferLike> {
    return new Uint8Array(this.#bytes, this.#start + offset, size);
  }

  revoke(): boolean {
    // Shared memory cannot be moved away and has no such property.
    return (this.#bytes as Partial<ArrayBuffer>).detached !== true;
  }
}
