import type { BufferOptions, BufferPoolOptions, BufferRef, Buffers } from "@mediamem/interface";
import { checkAttached, checkBoolean, checkBytes, checkOptions, lengthOf } from "@mediamem/checks";
import type { AllocationLedger } from "@mediamem/ledger";
import type { AllocationLimit } from "../memory/allocation_limit.ts";
import { BufferHome, checkedSize } from "./buffer_home.ts";
import { ProgramMemory } from "./buffer_memory.ts";
import { CoreBufferPool } from "./buffer_pool.ts";
import { CoreBufferRef } from "./buffer_ref.ts";
import { CoreBuffer } from "./core_buffer.ts";
import { checkOptionalFunction } from "./pool_options.ts";
import { ProgramOwner } from "./program_owner.ts";

/** Gives what the buffers of a backend share. */
export let homeOf: (buffers: CoreBuffers) => BufferHome;

/** The area `buffers` of the TypeScript backend: everything of `libavutil/buffer.h`, and pools that do more. */
export class CoreBuffers implements Buffers {
  readonly #home: BufferHome;

  static {
    homeOf = (buffers) => buffers.#home;
  }

  /** Makes the area. Programs get it from `createCore()`. */
  constructor(ledger: AllocationLedger, limit: AllocationLimit) {
    this.#home = new BufferHome(ledger, limit);
  }

  alloc(size: number): BufferRef {
    return this.#alloc("av_buffer_alloc", size, false);
  }

  allocz(size: number): BufferRef {
    return this.#alloc("av_buffer_allocz", size, false);
  }

  create(data: Uint8Array, options: BufferOptions = {}): BufferRef {
    const op = "av_buffer_create";
    checkBytes(op, "data", data);
    checkAttached(op, "data", data);
    checkOptions(op, options, "{ opaque, free, readOnly }");
    const { opaque = null, free, readOnly = false } = options;
    checkOptionalFunction(op, "free", free);
    checkBoolean(op, "readOnly", readOnly);
    this.#home.checkStruct(op, "AVBuffer");
    const size = lengthOf(data);
    const owner = new ProgramOwner(data, opaque, free);
    const buffer = new CoreBuffer(new ProgramMemory(data, size), owner, opaque, readOnly, false);
    return CoreBufferRef.open(this.#home, op, buffer, 0, size);
  }

  realloc(ref: BufferRef | null, size: number): BufferRef {
    const op = "av_buffer_realloc";
    if (ref === null) return this.#alloc(op, size, true);
    const checked = CoreBufferRef.check(this.#home, op, "ref", ref);
    checked.realloc(op, checkedSize(op, "size", size));
    return checked;
  }

  replace(dst: BufferRef | null, src: BufferRef | null): BufferRef | null {
    const op = "av_buffer_replace";
    const to = dst === null ? null : CoreBufferRef.check(this.#home, op, "dst", dst);
    const from = src === null ? null : CoreBufferRef.check(this.#home, op, "src", src);
    if (from === null) {
      to?.unref();
      return null;
    }
    if (to === null) return from.duplicate(op);
    if (to.buffer === from.buffer) to.showWhat(from);
    else to.follow(op, from);
    return to;
  }

  poolInit(size: number, options: BufferPoolOptions = {}): CoreBufferPool {
    return new CoreBufferPool(this.#home, size, options);
  }

  #alloc(op: string, size: number, reallocatable: boolean): BufferRef {
    const bytes = checkedSize(op, "size", size);
    this.#home.checkStruct(op, "AVBuffer");
    const memory = this.#home.allocate(op, bytes);
    const buffer = new CoreBuffer(memory, this.#home, null, false, reallocatable);
    return CoreBufferRef.open(this.#home, op, buffer, 0, bytes);
  }
}
