import type { SymbolTable } from "@mediamem/ffi";

/** What the area `buffers` calls: `libavutil/buffer.h`. */
export const BUFFER_SYMBOLS = {
  av_buffer_alloc: {
    parameters: [
      "usize", // size_t size
    ],
    result: "pointer", // AVBufferRef *
  },
  av_buffer_allocz: {
    parameters: [
      "usize", // size_t size
    ],
    result: "pointer", // AVBufferRef *
  },
  av_buffer_create: {
    parameters: [
      "buffer", // uint8_t *data
      "usize", // size_t size
      "pointer", // void (*free)(void *opaque, uint8_t *data)
      "pointer", // void *opaque
      "i32", // int flags
    ],
    result: "pointer", // AVBufferRef *
  },
  av_buffer_is_writable: {
    parameters: [
      "pointer", // const AVBufferRef *buf
    ],
    result: "i32", // int
  },
  av_buffer_get_opaque: {
    parameters: [
      "pointer", // const AVBufferRef *buf
    ],
    result: "pointer", // void *
  },
  av_buffer_make_writable: {
    parameters: [
      "buffer", // AVBufferRef **buf
    ],
    result: "i32", // int
  },
  av_buffer_realloc: {
    parameters: [
      "buffer", // AVBufferRef **buf
      "usize", // size_t size
    ],
    result: "i32", // int
  },
  av_buffer_replace: {
    parameters: [
      "buffer", // AVBufferRef **dst
      "pointer", // const AVBufferRef *src
    ],
    result: "i32", // int
    optional: true,
  },
  av_buffer_pool_init: {
    parameters: [
      "usize", // size_t size
      "pointer", // AVBufferRef *(*alloc)(size_t size)
    ],
    result: "pointer", // AVBufferPool *
  },
  av_buffer_pool_init2: {
    parameters: [
      "usize", // size_t size
      "pointer", // void *opaque
      "pointer", // AVBufferRef *(*alloc)(void *opaque, size_t size)
      "pointer", // void (*pool_free)(void *opaque)
    ],
    result: "pointer", // AVBufferPool *
  },
  av_buffer_pool_get: {
    parameters: [
      "pointer", // AVBufferPool *pool
    ],
    result: "pointer", // AVBufferRef *
  },
  av_buffer_pool_buffer_get_opaque: {
    parameters: [
      "pointer", // const AVBufferRef *ref
    ],
    result: "pointer", // void *
    optional: true,
  },
} as const;

// Not `as const satisfies` at the table itself: declarations could not be made of it one file at a time.
BUFFER_SYMBOLS satisfies SymbolTable;
