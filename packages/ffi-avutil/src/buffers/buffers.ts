import {
  type BufferOptions,
  type BufferPoolOptions,
  type BufferRef,
  type Buffers,
  MediaError,
} from "@mediamem/interface";
import {
  bufferOfArray,
  byteOffsetOf,
  checkBoolean,
  checkInteger,
  checkLiveBytes,
  invalid,
  lengthOf,
  show,
} from "@mediamem/checks";
import { releaseKeptMemory } from "@mediamem/ffi";
import { lacks, noMemory } from "../failure.ts";
import { BufferContext } from "./buffer_context.ts";
import { type AvutilBufferPool, NativeBufferPool } from "./buffer_pool.ts";
import { type AvutilBufferRef, NativeBufferRef } from "./buffer_ref.ts";
import { checkOptionalFunction } from "./pool_options.ts";
import { BUFFER_BYTES } from "./struct_bytes.ts";

/** A buffer that stays somebody else's, as it was when it was looked at. */
export interface BorrowedBuffer {
  /** The `AVBufferRef *`. */
  readonly pointer: number;
  /** Address of the first byte of its data. */
  readonly address: number;
  /** Bytes of its data. */
  readonly size: number;
  /** How many references the buffer had. */
  readonly refCount: number;
  /** Whether that one was the only one, and the buffer not read-only. */
  readonly isWritable: boolean;
  /** As {@linkcode BufferRef.opaque}. */
  readonly opaque: unknown;
}

/** The area `buffers` of libavutil, with three doors for an `AVBufferRef *` that comes from elsewhere: a packet, a frame, a filter. */
export interface AvutilBuffers extends Buffers {
  /** A buffer of its own memory, content unknown (`av_buffer_alloc`). */
  alloc(size: number): AvutilBufferRef;
  /** The same, all zero (`av_buffer_allocz`). */
  allocz(size: number): AvutilBufferRef;
  /**
   * A buffer over memory that the program has. It is kept from being collected until C has let go of it.
   *
   * C never calls `free`. Where a thread of C lets the last reference go, the next call of this area notices and calls it; so does
   * {@linkcode AvutilBuffers.settle}. `USE_AFTER_FREE` for detached memory, `EINVAL` for an `ArrayBuffer` that can be made smaller.
   */
  create(data: Uint8Array, options?: BufferOptions): AvutilBufferRef;
  /**
   * Makes a buffer larger or smaller, as {@linkcode Buffers.realloc} says (`av_buffer_realloc`). `LOCKED` where an asynchronous operation
   * still uses the memory that would move.
   */
  realloc(ref: BufferRef | null, size: number): AvutilBufferRef;
  /** Lets `dst` refer to what `src` refers to (`av_buffer_replace`). `ENOSYS` before libavutil 56.60. */
  replace(dst: BufferRef | null, src: BufferRef | null): AvutilBufferRef | null;
  /**
   * A pool of buffers of `size` bytes (`av_buffer_pool_init2`; `av_buffer_pool_init` where `allocate` is a number, and then there can be no
   * `free`). C never calls JavaScript: `allocate` and `free` run before and after its calls.
   */
  poolInit(size: number, options?: BufferPoolOptions): AvutilBufferPool;
  /** Takes over a reference that the caller owns: from now on the handle gives it back. `WRONG_OWNER` for one that a handle owns already. */
  adopt(pointer: number): AvutilBufferRef;
  /** Another reference to the same buffer; the caller keeps its own (`av_buffer_ref`). */
  retain(pointer: number): AvutilBufferRef;
  /** Looks at a reference that stays somebody else's. Nothing of it is kept: it is true now. */
  borrow(pointer: number): BorrowedBuffer;
  /**
   * Calls the `free` of every buffer that C has let go of meanwhile, on whatever thread, and gives back what had to be kept for an
   * asynchronous operation that is over.
   *
   * @returns How many buffers of the program's memory C still holds of which the program has no reference any more.
   */
  settle(): number;
}

/** `AV_BUFFER_FLAG_READONLY`. */
const READONLY = 1;

/** The minor of libavutil 56 from which on `av_buffer_pool_init2` has an allocator of its own (FFmpeg 4.4). */
const FIRST_WITH_USUAL = 70;

/** The area `buffers` of a library. */
export class NativeBuffers implements AvutilBuffers {
  readonly #context: BufferContext;

  /** Makes the area. */
  constructor(context: BufferContext) {
    this.#context = context;
  }

  alloc(size: number): AvutilBufferRef {
    const op = "av_buffer_alloc";
    const context = this.#context;
    const counted = this.#prepare(op, size);
    let pointer = 0;
    try {
      pointer = context.symbols.av_buffer_alloc(size);
    } finally {
      if (pointer === 0) context.ledger.shrink(counted);
    }
    return this.#open(op, pointer, size, counted);
  }

  allocz(size: number): AvutilBufferRef {
    const op = "av_buffer_allocz";
    const context = this.#context;
    const counted = this.#prepare(op, size);
    let pointer = 0;
    try {
      pointer = context.symbols.av_buffer_allocz(size);
    } finally {
      if (pointer === 0) context.ledger.shrink(counted);
    }
    return this.#open(op, pointer, size, counted);
  }

  create(data: Uint8Array, options: BufferOptions = {}): AvutilBufferRef {
    const op = "av_buffer_create";
    const context = this.#context;
    checkLiveBytes(op, "data", data);
    if (typeof options !== "object" || options === null) {
      throw new TypeError(
        `Cannot call ${op}: options are ${show(options)}, wanted { opaque, free, readOnly }`,
      );
    }
    const { opaque = null, free, readOnly = false } = options;
    checkOptionalFunction(op, "free", free);
    checkBoolean(op, "readOnly", readOnly);
    // A small array of Bun moves when its buffer is first asked for, which this does before C gets the address.
    const memory = bufferOfArray(data);
    if ((memory as ArrayBuffer).resizable === true) {
      invalid(
        op,
        `Cannot call ${op}: data lies in memory that can be made smaller, wanted memory that stays`,
      );
    }
    context.signals.settle(op);
    // Functions of the program have been called, and may have moved it away.
    checkLiveBytes(op, "data", data);
    const size = lengthOf(data);
    context.checkSize(op, "data", size);
    const signal = context.signals.take(op, () => free?.(opaque, data));
    let pointer = 0;
    try {
      signal.arm();
      pointer = context.symbols.av_buffer_create(
        // What the program gave may be of a class of its own, whose `byteLength` calls functions of the program.
        new Uint8Array(memory, byteOffsetOf(data), size),
        size,
        context.functions.av_buffer_unref,
        signal.slot.address,
        readOnly ? READONLY : 0,
      );
    } finally {
      if (pointer === 0) context.signals.cancel(signal);
    }
    if (pointer === 0) noMemory(op, BUFFER_BYTES);
    context.struct.read(pointer);
    const buffer = context.begin(0);
    buffer.readOnly = readOnly;
    buffer.signal = signal;
    buffer.program = signal.memory = { data, address: buffer.start, opaque, readOnly };
    return NativeBufferRef.open(op, pointer, buffer, buffer.start, size);
  }

  realloc(ref: BufferRef | null, size: number): AvutilBufferRef {
    const op = "av_buffer_realloc";
    const context = this.#context;
    if (ref !== null) {
      // First: it calls functions of the program, which may give the reference back.
      context.signals.settle(op);
      const checked = NativeBufferRef.check(context, op, "ref", ref);
      context.checkSize(op, "size", size);
      checked.realloc(op, size);
      return checked;
    }
    const counted = this.#prepare(op, size);
    let pointer = 0;
    try {
      context.change(0, (cell) => context.symbols.av_buffer_realloc(cell, size));
      pointer = context.left;
    } finally {
      if (pointer === 0) context.ledger.shrink(counted);
    }
    const handle = this.#open(op, pointer, size, counted);
    handle.reference.buffer.reallocatable = true;
    return handle;
  }

  replace(dst: BufferRef | null, src: BufferRef | null): AvutilBufferRef | null {
    const op = "av_buffer_replace";
    const context = this.#context;
    // First: it calls functions of the program, which may give the references back.
    context.signals.settle(op);
    const to = dst === null ? null : NativeBufferRef.check(context, op, "dst", dst);
    const from = src === null ? null : NativeBufferRef.check(context, op, "src", src);
    if (from === null) {
      to?.unref();
      return null;
    }
    if (to !== null) {
      to.follow(op, from);
      return to;
    }
    const replace = context.symbols.av_buffer_replace ?? lacks(context.library, op);
    const { pointer, buffer } = from.reference;
    context.change(0, (cell) => replace(cell, pointer));
    const taken = context.left;
    if (taken === 0) noMemory(op, BUFFER_BYTES);
    return NativeBufferRef.open(op, taken, buffer, from.address, from.size);
  }

  poolInit(size: number, options: BufferPoolOptions = {}): AvutilBufferPool {
    const { major, minor } = this.#context.library.version;
    // FFmpeg 4.3 and older kill the process where the pool has no allocator.
    const usual = major === 56 && minor < FIRST_WITH_USUAL ? (bytes: number) => this.alloc(bytes) : undefined;
    return new NativeBufferPool(this.#context, size, options, usual);
  }

  adopt(pointer: number): AvutilBufferRef {
    const op = "AVBufferRef";
    this.#read(op, pointer);
    if (BufferContext.owns(this.#context.struct.buffer, pointer)) {
      throw new MediaError(
        "WRONG_OWNER",
        `Cannot adopt the reference at ${pointer}: found a handle that owns it, wanted none`,
        { op },
      );
    }
    return this.#enter(op, pointer);
  }

  retain(pointer: number): AvutilBufferRef {
    const op = "av_buffer_ref";
    checkPointer(op, pointer);
    const context = this.#context;
    // First: what settles calls functions of the program, which may give back what is to be referred to.
    const taken = context.symbols.av_buffer_ref(pointer);
    if (taken === 0) noMemory(op, BUFFER_BYTES);
    try {
      context.signals.settle(op);
      context.struct.read(taken);
      return this.#enter(op, taken);
    } catch (error) {
      context.unref(taken);
      throw error;
    }
  }

  borrow(pointer: number): BorrowedBuffer {
    this.#read("AVBufferRef", pointer);
    const context = this.#context;
    const { symbols, struct } = context;
    return Object.freeze({
      pointer,
      address: struct.data,
      size: struct.size,
      refCount: symbols.av_buffer_get_ref_count(pointer),
      isWritable: symbols.av_buffer_is_writable(pointer) !== 0,
      opaque: context.opaqueAt(symbols.av_buffer_get_opaque(pointer)),
    });
  }

  settle(): number {
    releaseKeptMemory();
    return this.#context.signals.settle("av_buffer_unref");
  }

  /** Checks the size of something new and counts it; gives how much was counted. */
  #prepare(op: string, size: number): number {
    const context = this.#context;
    context.checkSize(op, "size", size);
    context.signals.settle(op);
    return context.cap.count(op, size, Math.max(size, BUFFER_BYTES));
  }

  /** Makes a handle for something new. */
  #open(op: string, pointer: number, size: number, counted: number): NativeBufferRef {
    if (pointer === 0) noMemory(op, size);
    const context = this.#context;
    context.struct.read(pointer);
    const buffer = context.begin(counted);
    return NativeBufferRef.open(op, pointer, buffer, buffer.start, size);
  }

  #read(op: string, pointer: number): void {
    checkPointer(op, pointer);
    this.#context.signals.settle(op);
    this.#context.struct.read(pointer);
  }

  /** Makes a handle for a reference that came from elsewhere and was read. */
  #enter(op: string, pointer: number): NativeBufferRef {
    const context = this.#context;
    const { data, size } = context.struct;
    const buffer = context.find(op, pointer);
    return NativeBufferRef.open(op, pointer, buffer, data, size);
  }
}

/** Throws unless `pointer` can be one. What it points to, nobody can tell. */
function checkPointer(op: string, pointer: number): void {
  checkInteger(op, "pointer", pointer);
  if (pointer >= 4096) return;
  invalid(op, `Cannot call ${op}: pointer is ${pointer}, wanted the address of an AVBufferRef`);
}
