import type { SymbolTable } from "@mediamem/ffi";

/** What the area `memory` calls: `libavutil/mem.h`. */
export const ALLOCATOR_SYMBOLS = {
  av_malloc: {
    parameters: [
      "usize", // size_t size
    ],
    result: "pointer", // void *
  },
  av_mallocz: {
    parameters: [
      "usize", // size_t size
    ],
    result: "pointer", // void *
  },
  av_malloc_array: {
    parameters: [
      "usize", // size_t nmemb
      "usize", // size_t size
    ],
    result: "pointer", // void *
  },
  av_calloc: {
    parameters: [
      "usize", // size_t nmemb
      "usize", // size_t size
    ],
    result: "pointer", // void *
  },
  av_realloc: {
    parameters: [
      "pointer", // void *ptr
      "usize", // size_t size
    ],
    result: "pointer", // void *
  },
  av_realloc_f: {
    parameters: [
      "pointer", // void *ptr
      "usize", // size_t nelem
      "usize", // size_t elsize
    ],
    result: "pointer", // void *
  },
  av_realloc_array: {
    parameters: [
      "pointer", // void *ptr
      "usize", // size_t nmemb
      "usize", // size_t size
    ],
    result: "pointer", // void *
  },
  av_reallocp: {
    parameters: [
      "buffer", // void *ptr
      "usize", // size_t size
    ],
    result: "i32", // int
  },
  av_reallocp_array: {
    parameters: [
      "buffer", // void *ptr
      "usize", // size_t nmemb
      "usize", // size_t size
    ],
    result: "i32", // int
  },
  av_memdup: {
    parameters: [
      "buffer", // const void *p
      "usize", // size_t size
    ],
    result: "pointer", // void *
  },
  av_strdup: {
    parameters: [
      "buffer", // const char *s
    ],
    result: "pointer", // char *
  },
  av_strndup: {
    parameters: [
      "buffer", // const char *s
      "usize", // size_t len
    ],
    result: "pointer", // char *
  },
  av_memcpy_backptr: {
    parameters: [
      "pointer", // uint8_t *dst
      "i32", // int back
      "i32", // int cnt
    ],
    result: "void", // void
  },
  av_fast_malloc: {
    parameters: [
      "buffer", // void *ptr
      "buffer", // unsigned int *size
      "usize", // size_t min_size
    ],
    result: "void", // void
  },
  av_fast_mallocz: {
    parameters: [
      "buffer", // void *ptr
      "buffer", // unsigned int *size
      "usize", // size_t min_size
    ],
    result: "void", // void
  },
  av_fast_realloc: {
    parameters: [
      "pointer", // void *ptr
      "buffer", // unsigned int *size
      "usize", // size_t min_size
    ],
    result: "pointer", // void *
  },
  av_dynarray_add: {
    parameters: [
      "buffer", // void *tab_ptr
      "buffer", // int *nb_ptr
      "pointer", // void *elem
    ],
    result: "void", // void
  },
  av_dynarray_add_nofree: {
    parameters: [
      "buffer", // void *tab_ptr
      "buffer", // int *nb_ptr
      "pointer", // void *elem
    ],
    result: "i32", // int
  },
  av_dynarray2_add: {
    parameters: [
      "buffer", // void **tab_ptr
      "buffer", // int *nb_ptr
      "usize", // size_t elem_size
      "buffer", // const uint8_t *elem_data
    ],
    result: "pointer", // void *
  },
  av_size_mult: {
    parameters: [
      "usize", // size_t a
      "usize", // size_t b
      "buffer", // size_t *r
    ],
    result: "i32", // int
    optional: true,
  },
  av_max_alloc: {
    parameters: [
      "usize", // size_t max
    ],
    result: "void", // void
  },
} as const;

// Not `as const satisfies` at the table itself: declarations could not be made of it one file at a time.
ALLOCATOR_SYMBOLS satisfies SymbolTable;
