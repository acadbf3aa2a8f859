import { type BufferRef, type ImageLayout, MediaError, type Planes } from "@mediamem/interface";
import { lengthOf } from "@mediamem/checks";
import { placedPlanes } from "../image/layout_memory.ts";

const OP = "PooledFrame.detach";

/** A picture that was copied out of a pool. It is plain memory: nothing needs to be given back. */
export interface DetachedFrame {
  /** Where its planes are in `data`. */
  readonly layout: ImageLayout;
  /** The bytes of the picture, padding too. */
  readonly data: Uint8Array<ArrayBuffer>;
  /** The planes, all inside `data`. */
  readonly planes: Planes;
}

/**
 * A picture of a {@linkcode FramePool}, and the duty to give it back.
 *
 * Once it was given back its views have length 0, unless somebody else has a reference to its buffer, and everything but dispose and
 * `layout` throws `USE_AFTER_FREE`.
 */
export class PooledFrame implements Disposable {
  /** Where its planes are in `data`. */
  readonly layout: ImageLayout;
  /** Its reference to the memory, for those who share it (`frame.buffer.ref()`). */
  readonly buffer: BufferRef;
  #planes: Planes | null = null;

  /** Makes a frame. Programs get it from a pool. */
  constructor(layout: ImageLayout, buffer: BufferRef) {
    this.layout = layout;
    this.buffer = buffer;
  }

  /** The bytes of the picture, padding too; content as it was left. */
  get data(): Uint8Array<ArrayBufferLike> {
    return this.buffer.data;
  }

  /** The planes, all inside `data`. */
  get planes(): Planes {
    const { data } = this;
    // Other bytes than before where the program moved the reference to another buffer (`makeWritable`).
    if (this.#planes?.[0]?.memory !== data) {
      this.#planes = placedPlanes("PooledFrame.planes", "data", this.layout, data, 0);
    }
    return this.#planes;
  }

  /** False once it was given back. */
  get live(): boolean {
    return this.buffer.live;
  }

  /** Gives it back to its pool. A second time is a `DOUBLE_FREE`; leaving a `using` scope after it is fine. */
  release(): void {
    this.buffer.unref();
    this.#planes = null;
  }

  /** Gives the frame back; nothing where that was done. */
  [Symbol.dispose](): void {
    if (this.live) this.release();
  }

  /** Copies the picture out and gives the frame back: for those who keep pictures longer than a pool should wait. */
  detach(): DetachedFrame {
    const data = new Uint8Array(this.layout.size);
    const bytes = this.data;
    if (lengthOf(bytes) !== data.length) {
      throw new MediaError(
        "USE_AFTER_FREE",
        `Cannot call ${OP}: its memory was moved away, wanted it whole`,
        {
          op: OP,
        },
      );
    }
    data.set(bytes);
    this.release();
    return { layout: this.layout, data, planes: placedPlanes(OP, "data", this.layout, data, 0) };
  }
}
