import type { LedgerEntry } from "@mediamem/ledger";
import { pointerArray } from "@mediamem/ffi";
import type { FrameBuffers } from "./frame_buffers.ts";
import type { FrameContext } from "./frame_context.ts";

/**
 * An `AVFrame` that is ours, and the buffers that it is counted for.
 *
 * The garbage collector gives it back where the program forgot to: so it must reach neither the frame's handle nor its views.
 */
export class FrameHold {
  readonly buffers: FrameBuffers;
  readonly #context: FrameContext;
  readonly #address: number;
  readonly #entry: LedgerEntry | null;

  /** Counts one more frame alive, which `op` gave, and whose buffers are counted already. */
  constructor(context: FrameContext, op: string, address: number, buffers: FrameBuffers) {
    this.buffers = buffers;
    this.#context = context;
    this.#address = address;
    this.#entry = context.ledger.open(op, 0);
    buffers.enter(this.#entry);
    context.owned.add(address);
  }

  /** Where it was taken and given back, for the end of an error message. */
  get story(): string {
    return this.#context.ledger.describe(this.#entry);
  }

  /** Gives everything back, the struct too. */
  free(): void {
    this.#context.ledger.close(this.#entry);
    this.#release();
  }

  /** {@linkcode FrameHold.free} for a frame that the garbage collector found. */
  abandon(): void {
    this.#context.ledger.abandon(this.#entry);
    // Reports go on naming what it kept alive.
    this.buffers.enter(null);
    this.#release();
  }

  #release(): void {
    const { library, owned } = this.#context;
    owned.delete(this.#address);
    this.buffers.drop();
    const pointer = pointerArray(1);
    pointer.set(0, this.#address);
    library.symbols.av_frame_free(pointer.bytes);
  }
}
