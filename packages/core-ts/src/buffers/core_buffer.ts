import type { BufferMemory } from "./buffer_memory.ts";

/** What becomes of a buffer's memory when nobody refers to it any more: the `free` of an `AVBuffer`. */
export interface MemoryOwner {
  /** Takes the memory back. What it throws comes out of the call that let the last reference go. */
  release(memory: BufferMemory): void;
  /** Counts the memory as gone: the garbage collector found the last reference. A view may still be in use, so nothing is called. */
  lose(memory: BufferMemory): void;
}

/** What references refer to (`AVBuffer`). */
export class CoreBuffer {
  /** How many references there are. */
  refs = 1;

  /**
   * Makes a buffer with one reference.
   *
   * @param memory Its bytes.
   * @param owner Gets the memory back.
   * @param opaque What `av_buffer_get_opaque` gives.
   * @param readOnly `AV_BUFFER_FLAG_READONLY`.
   * @param reallocatable Whether `av_buffer_realloc` made it, and may change its size where it is.
   */
  constructor(
    public memory: BufferMemory,
    public owner: MemoryOwner,
    public opaque: unknown,
    readonly readOnly: boolean,
    public reallocatable: boolean,
  ) {}

  /** Whether one reference is all there is, and writing is allowed. */
  get isWritable(): boolean {
    return this.refs === 1 && !this.readOnly;
  }

  /** Gives one reference back. */
  unref(): void {
    if (--this.refs === 0) this.owner.release(this.memory);
  }

  /** Gives one back that the garbage collector found. */
  lose(): void {
    if (--this.refs === 0) this.owner.lose(this.memory);
  }
}
