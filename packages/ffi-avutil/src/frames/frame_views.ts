import { AVERROR, MediaError, type Plane, type Planes } from "@mediamem/interface";
import { memory, type NativeMemory, pointerArray, releaseKeptMemory, releaseMemory } from "@mediamem/ffi";
import type { FrameContext } from "./frame_context.ts";
import { FrameBuffers } from "./frame_buffers.ts";
import type { PlaneSpan } from "./plane_span.ts";

/** The frames whose memory a buffer shows: who holds a view holds the frame, and the garbage collector finds neither. */
const frames = new WeakMap<ArrayBuffer, object>();

/** A view of the memory of one `AVBufferRef`. */
interface View {
  readonly reference: number;
  readonly native: NativeMemory;
}

/** What the program sees of a frame's memory. */
export class FrameViews {
  readonly #context: FrameContext;
  #views: View[] = [];
  #planes: Planes | null = null;

  /** Begins with no view. */
  constructor(context: FrameContext) {
    this.#context = context;
  }

  /** The planes that were made since views were last taken away; null for none. */
  get planes(): Planes | null {
    return this.#planes;
  }

  /** Makes the planes of `frame`. Throws `ENOMEM` where the runtime cannot view a buffer. */
  show(frame: object, spans: readonly PlaneSpan[]): Planes {
    const planes = spans.map((span): Plane =>
      Object.freeze({ memory: this.#view(frame, span).bytes, offset: span.offset, linesize: span.linesize })
    );
    this.#planes = Object.freeze(planes);
    return this.#planes;
  }

  #view(frame: object, { reference, memory: address, size }: PlaneSpan): NativeMemory {
    for (const view of this.#views) if (view.reference === reference) return view.native;
    const native = memory(address, size);
    frames.set(native.bytes.buffer, frame);
    this.#views.push({ reference, native });
    return native;
  }

  /**
   * Takes all views away; call it before C lets go of the memory.
   *
   * Where a view cannot be taken, because the runtime has pinned it or because somebody moved it away, its buffer gets a reference
   * more, which is given back when the view is gone. Throws `ENOMEM` where there is no memory for that.
   */
  revoke(): void {
    releaseKeptMemory();
    this.#planes = null;
    for (let view = this.#views.at(-1); view !== undefined; view = this.#views.at(-1)) {
      if (!view.native.revoke()) this.#keep(view);
      this.#views.pop();
    }
  }

  #keep({ reference, native }: View): void {
    const { symbols } = this.#context.library;
    const slot = pointerArray(1);
    slot.set(0, symbols.av_buffer_ref(reference));
    if (slot.get(0) === 0) {
      const op = "av_buffer_ref";
      throw new MediaError(
        "ENOMEM",
        `Cannot call ${op}: found no memory, wanted some to keep a pinned view`,
        {
          op,
          averror: AVERROR.ENOMEM,
        },
      );
    }
    const buffers = new FrameBuffers(this.#context);
    try {
      buffers.hold("av_buffer_ref", [reference]);
    } catch {
      // A borrowed frame's memory may be more than there may be, and must be kept all the same: it is not counted then.
    }
    releaseMemory(native, () => {
      buffers.drop();
      symbols.av_buffer_unref(slot.bytes);
    });
  }
}
