/** A pointer that a call may change: what C takes as `void **`. */
export interface PointerCell {
  /** Address of the block; 0 is NULL. */
  address: number;
}

/** A block that is used again while it is large enough: what C takes as `void **` and `unsigned *size`. */
export interface FastCell extends PointerCell {
  /** Bytes that the block is known to have; 0 where there is none. */
  size: number;
}

/** An array that grows by one element at a time: what C takes as `void **` and `int *`. */
export interface ArrayCell extends PointerCell {
  /** Elements in it. */
  count: number;
}

/**
 * The area `memory`: everything of `libavutil/mem.h`.
 *
 * An address is a number, 0 is NULL. Where C returns NULL or an error for want of memory, these throw `ENOMEM`; what C does to the old block
 * then, they do too. A request beyond the backend's budget is `OVER_BUDGET` and otherwise the same. Numbers that are no integers are
 * `TypeError`s, negative ones `EINVAL`. An address that is not that of a live block is `USE_AFTER_FREE`, `DOUBLE_FREE` or `WRONG_OWNER`
 * before anything happens.
 */
export interface Memory {
  /** What every address of {@linkcode Memory.malloc} is a multiple of: 16, 32 or 64, as the library was built. */
  readonly alignment: number;

  /** A block of `size` bytes, content unknown; size 0 gives a block too (`av_malloc`). */
  malloc(size: number): number;
  /** The same, all zero (`av_mallocz`). */
  mallocz(size: number): number;
  /** A block of `count` elements of `size` bytes (`av_malloc_array`). */
  mallocArray(count: number, size: number): number;
  /** The same, all zero (`av_calloc`). */
  calloc(count: number, size: number): number;
  /** Makes a block larger or smaller and gives its address; 0 takes a new one. On failure the old block stays (`av_realloc`). */
  realloc(address: number, size: number): number;
  /** The same for `count` elements; on failure the old block is freed (`av_realloc_f`). */
  reallocF(address: number, count: number, size: number): number;
  /** Makes the block of a cell larger or smaller; size 0 frees it. On failure it is freed and the cell is 0 (`av_reallocp`). */
  reallocp(cell: PointerCell, size: number): void;
  /** Like {@linkcode Memory.realloc} for `count` elements of `size` bytes (`av_realloc_array`). */
  reallocArray(address: number, count: number, size: number): number;
  /** Like {@linkcode Memory.reallocp} for `count` elements, but no elements keep a block (`av_reallocp_array`). */
  reallocpArray(cell: PointerCell, count: number, size: number): void;
  /** Frees a block; 0 is fine (`av_free`). */
  free(address: number): void;
  /** Frees the block of a cell and makes the cell 0 (`av_freep`). */
  freep(cell: PointerCell): void;
  /** A block with a copy of `bytes`; null gives 0, no bytes give a block (`av_memdup`). */
  memdup(bytes: Uint8Array | null): number;
  /** A block with a text as UTF-8 and a zero byte; null gives 0. A text with a zero in it is `EINVAL` (`av_strdup`). */
  strdup(text: string | null): number;
  /** The same with at most `length` bytes of the text, which may end inside a character, as in C (`av_strndup`). */
  strndup(text: string | null, length: number): number;
  /** Repeats the `back` bytes before `address` over the `count` bytes from it on; all in one block (`av_memcpy_backptr`). */
  memcpyBackptr(address: number, back: number, count: number): void;
  /** Makes the cell's block at least `minSize` bytes, content unknown; does nothing where it is. On failure the cell is empty (`av_fast_malloc`). */
  fastMalloc(cell: FastCell, minSize: number): void;
  /** The same; a new block is all zero (`av_fast_mallocz`). */
  fastMallocz(cell: FastCell, minSize: number): void;
  /** The same, content kept. On failure the block stays and `size` is 0 (`av_fast_realloc`). */
  fastRealloc(cell: FastCell, minSize: number): void;
  /** Adds a pointer to an array of pointers. On failure the array is freed and the cell is empty (`av_dynarray_add`). */
  dynarrayAdd(cell: ArrayCell, element: number): void;
  /** The same; on failure everything stays (`av_dynarray_add_nofree`). */
  dynarrayAddNofree(cell: ArrayCell, element: number): void;
  /** Adds an element, `data` or content unknown, and gives its address. On failure the array is freed and the cell is empty (`av_dynarray2_add`). */
  dynarray2Add(cell: ArrayCell, elementSize: number, data: Uint8Array | null): number;
  /** The product of two sizes. `EINVAL` beyond 2^64, `ERANGE` where a number cannot hold it (`av_size_mult`). */
  sizeMult(a: number, b: number): number;
  /** The most bytes of one request, 2147483647 until this is called; process-wide over FFI (`av_max_alloc`). */
  maxAlloc(max: number): void;
  /** A block of `size` bytes for a packet, followed by 64 zero bytes that decoders may read (`AV_INPUT_BUFFER_PADDING_SIZE`). */
  allocPacketData(size: number): number;

  /** A copy of `length` bytes anywhere in a live block. */
  read(address: number, length: number): Uint8Array<ArrayBuffer>;
  /** Copies bytes into a live block, anywhere in it. */
  write(address: number, bytes: Uint8Array): void;
  /**
   * The bytes of a live block themselves. Over FFI the view dies with the block; in `core-ts` it sees whatever is there later, which is why
   * its name starts so.
   */
  unsafeView(address: number, length: number): Uint8Array<ArrayBufferLike>;
}
