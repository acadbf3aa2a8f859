/** How memory is wrapped. */
export interface BufferOptions {
  /** What `opaque` gives; undefined: null. */
  readonly opaque?: unknown;
  /**
   * Called once, on the thread that made the buffer, when nobody refers to the memory any more; undefined: nothing happens. What it throws
   * comes out of the call that let the last reference go.
   */
  readonly free?: (opaque: unknown, data: Uint8Array) => void;
  /** Whether it can never be written, also with one reference (`AV_BUFFER_FLAG_READONLY`); undefined: false. */
  readonly readOnly?: boolean;
}

/**
 * One reference to a reference-counted buffer (`AVBufferRef`), and the duty to give it back.
 *
 * A reference that was given back or taken throws `USE_AFTER_FREE` from everything but dispose. The views of a buffer live as long as any of the
 * program's references to it; then their length is 0. Memory that the program brought ({@linkcode Buffers.create}) stays the program's.
 */
export interface BufferRef extends Disposable {
  /** Address of the first byte of `data` (`AVBufferRef.data`). */
  readonly address: number;
  /** Bytes of `data` (`AVBufferRef.size`). */
  readonly size: number;
  /** The bytes. Read only, unless the buffer is yours alone: {@linkcode BufferRef.getMut}. */
  readonly data: Uint8Array<ArrayBufferLike>;
  /** False once it was given back or taken. */
  readonly live: boolean;
  /** How many references the buffer has, those of C too (`av_buffer_get_ref_count`). */
  readonly refCount: number;
  /** Whether this is the only reference and the buffer is not read-only (`av_buffer_is_writable`). */
  readonly isWritable: boolean;
  /** Whether the buffer can never be written (`AV_BUFFER_FLAG_READONLY`). */
  readonly readOnly: boolean;
  /** What {@linkcode Buffers.create} was given, null for none; of a pool's buffer a private value that is not null (`av_buffer_get_opaque`). */
  readonly opaque: unknown;
  /** The `opaque` of a pool's buffer before it came into the pool. `WRONG_OWNER` for another's (`av_buffer_pool_buffer_get_opaque`). */
  readonly poolOpaque: unknown;
  /** Another reference to the same buffer, with the same `data` (`av_buffer_ref`). */
  ref(): BufferRef;
  /** Gives the reference back. A second time is a `DOUBLE_FREE`; leaving a `using` scope after it is fine (`av_buffer_unref`). */
  unref(): void;
  /** Moves the reference into a new handle; this one is dead afterwards. */
  take(): BufferRef;
  /** Makes `data` a part of what it is, `size` bytes from `offset` on (in C: `ref->data += offset; ref->size = size`). */
  narrow(offset: number, size: number): void;
  /** The bytes for writing; null where {@linkcode BufferRef.isWritable} is false. */
  getMut(): Uint8Array<ArrayBufferLike> | null;
  /** The bytes for writing; copies them into a new buffer first where it is not writable. */
  makeMut(): Uint8Array<ArrayBufferLike>;
  /** Copies `data` into a new buffer where it is not writable (`av_buffer_make_writable`). */
  makeWritable(): void;
}

/**
 * Gives a pool a new buffer of at least `size` bytes, or null for no memory.
 *
 * It is called by this library before C is, and never by C. A number is the address of a native `AVBufferRef *(*)(size_t)` (of libavutil 56: `int`), which
 * C may call from any thread; `core-ts` has no use for one.
 */
export type PoolAllocator = ((size: number) => BufferRef | null) | number;

/** Who holds buffers of a pool. */
export interface PoolHolder {
  /** The name that was given with the request, or null. */
  readonly holder: string | null;
  /** Where the request was, while tracing keeps stacks; else null. */
  readonly site: readonly string[] | null;
  /** How many buffers. */
  readonly count: number;
}

/** What a pool says when more buffers than usual are out. */
export interface HighWater {
  /** Buffers out. */
  readonly out: number;
  /** From how many on the pool warns. */
  readonly highWater: number;
  /** How many there can be; `Infinity` for no limit. */
  readonly max: number;
  /** Who holds them, most first. */
  readonly holders: readonly PoolHolder[];
  /** The same for people, one line. */
  readonly text: string;
}

/** How a pool is made. */
export interface BufferPoolOptions {
  /** Makes new buffers; undefined: {@linkcode Buffers.alloc}. */
  readonly allocate?: PoolAllocator;
  /** Called once, after `uninit` and the return of the last buffer (`pool_free`); undefined: nothing. */
  readonly free?: () => void;
  /** A byte that returned memory is filled with, so that early reuse shows; undefined: memory stays as it is. */
  readonly poison?: number;
  /** How many buffers are made at once; undefined: 0. */
  readonly preallocate?: number;
  /** How many buffers may be out at a time; undefined: `Infinity`. */
  readonly max?: number;
  /** From how many buffers out on `onHighWater` is called, once until it is fewer again; undefined: never. */
  readonly highWater?: number;
  /** Told when `highWater` is reached. */
  readonly onHighWater?: (warning: HighWater) => void;
}

/** How long to wait for a buffer. */
export interface PoolGetOptions {
  /** Milliseconds until `EAGAIN`; undefined: no end. */
  readonly timeout?: number;
  /** Ends the wait with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Who will hold the buffer, for warnings. */
  readonly holder?: string;
}

/** What became of a pool's buffers. */
export interface PoolStats {
  /** Requests that were met with a buffer that had been out before. */
  readonly hits: number;
  /** Requests that had to allocate. */
  readonly misses: number;
  /** Buffers out now. */
  readonly out: number;
  /** Buffers in the pool now. */
  readonly idle: number;
  /** Buffers that came back to the pool. */
  readonly returned: number;
  /** Buffers that were freed. */
  readonly freed: number;
  /** The most that were out at a time. */
  readonly peak: number;
}

/** A pool of buffers of one size (`AVBufferPool`): last in, first out. Lives until the last of its buffers is back. */
export interface BufferPool extends Disposable {
  /** Bytes of each buffer. */
  readonly size: number;
  /** A buffer, content as it was left. `EAGAIN` where `max` are out, which names who holds them (`av_buffer_pool_get`). */
  get(): BufferRef;
  /** The same, waiting until one comes back; those who wait are served in order. */
  get(options: PoolGetOptions): Promise<BufferRef>;
  /** A buffer, or null where `max` are out. */
  tryGet(holder?: string): BufferRef | null;
  /** Gives a reference back as {@linkcode BufferRef.unref} does; one to another pool's buffer is `WRONG_OWNER`. */
  release(ref: BufferRef): void;
  /** Frees the buffers that are idle; gives how many. */
  trim(): number;
  /** What became of the buffers. */
  stats(): PoolStats;
  /** Says that nothing more will be asked for; buffers that are out stay valid. A second time is a `DOUBLE_FREE` (`av_buffer_pool_uninit`). */
  uninit(): void;
}

/** The area `buffers`: everything of `libavutil/buffer.h`. */
export interface Buffers {
  /** A buffer of its own memory, content unknown; size 0 gives one too. `ENOMEM` (`av_buffer_alloc`). */
  alloc(size: number): BufferRef;
  /** The same, all zero (`av_buffer_allocz`). */
  allocz(size: number): BufferRef;
  /** A buffer over memory that the program has. It must stay as it is until `free` is called; nothing is copied (`av_buffer_create`). */
  create(data: Uint8Array, options?: BufferOptions): BufferRef;
  /**
   * Makes a buffer larger or smaller, in place where it is the only reference to a buffer that came from here, else in a new one; null
   * makes a new one. Content is kept up to the smaller size. Gives `ref` itself (`av_buffer_realloc`).
   */
  realloc(ref: BufferRef | null, size: number): BufferRef;
  /**
   * Lets `dst` refer to what `src` refers to and gives back what it referred to; `src` stays as it is. Null for `dst` gives a new reference, null
   * for `src` is an unref and gives null (`av_buffer_replace`).
   */
  replace(dst: BufferRef | null, src: BufferRef | null): BufferRef | null;
  /** A pool of buffers of `size` bytes (`av_buffer_pool_init2`). */
  poolInit(size: number, options?: BufferPoolOptions): BufferPool;
}
