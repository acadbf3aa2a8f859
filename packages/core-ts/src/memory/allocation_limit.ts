/** The cap on one request, which a backend's memory, buffers and frames share as `av_max_alloc` caps all of libavutil. */
export interface AllocationLimit {
  /** Bytes; 2147483647 until `maxAlloc` is called. */
  maxAlloc: number;
}

/** What libavutil starts with: `INT_MAX`. */
export const DEFAULT_MAX_ALLOC = 2147483647;
