import { AVERROR, type BufferRef, MediaError, type PoolAllocator } from "@mediamem/interface";
import { invalid } from "@mediamem/checks";
import type { BufferContext } from "./buffer_context.ts";
import { NativeBufferRef } from "./buffer_ref.ts";

const GET = "av_buffer_pool_get";

/** The buffers that a function of the program makes for a pool, one ahead of each call of C. */
export class ProgramAllocator {
  readonly #context: BufferContext;
  readonly #size: number;
  readonly #allocate: Exclude<PoolAllocator, number>;
  #prepared: NativeBufferRef | null = null;
  #running = false;

  /** Has made nothing yet. */
  constructor(context: BufferContext, size: number, allocate: Exclude<PoolAllocator, number>) {
    this.#context = context;
    this.#size = size;
    this.#allocate = allocate;
  }

  /** Whether the program's function is running now. */
  get running(): boolean {
    return this.#running;
  }

  /** The buffer for the next call: one that C did not want last time, else a new one. Throws what the function throws, and where it gave no buffer. */
  prepare(isForeign: (ref: NativeBufferRef) => boolean): NativeBufferRef {
    return this.#prepared ??= this.#make(isForeign);
  }

  /** The buffer that was prepared where its `AVBuffer` is at `key`, which is the pool's now; null where C took another one. */
  takeIf(key: number): NativeBufferRef | null {
    const prepared = this.#prepared;
    if (prepared === null || prepared.reference.buffer.key !== key) {
      this.keep();
      return null;
    }
    this.#prepared = null;
    return prepared;
  }

  /** Keeps the buffer that C did not want for the next call, and from the program, which might give it back or make it smaller until then. */
  keep(): void {
    if (this.#prepared !== null) this.#prepared = this.#prepared.take();
  }

  /** Gives back what C did not want. */
  close(): void {
    const prepared = this.#prepared;
    this.#prepared = null;
    prepared?.unref();
  }

  #make(isForeign: (ref: NativeBufferRef) => boolean): NativeBufferRef {
    this.#running = true;
    let given: BufferRef | null;
    try {
      given = this.#allocate(this.#size);
    } finally {
      this.#running = false;
    }
    if (given === null) {
      throw new MediaError("ENOMEM", `Cannot call ${GET}: allocate gave null, wanted a buffer`, {
        op: GET,
        averror: AVERROR.ENOMEM,
      });
    }
    const ref = NativeBufferRef.check(this.#context, GET, "what allocate gave", given);
    if (!isForeign(ref)) {
      throw new MediaError(
        "WRONG_OWNER",
        `Cannot call ${GET}: allocate gave a buffer of this pool, wanted one that is not in it`,
        { op: GET },
      );
    }
    const { length } = ref.reference.buffer;
    if (length >= this.#size) return ref;
    ref.unref();
    invalid(
      GET,
      `Cannot call ${GET}: allocate gave a buffer of ${length} bytes, wanted at least ${this.#size}`,
    );
  }
}
