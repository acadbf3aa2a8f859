import type { SymbolTable } from "@mediamem/ffi";

/** What tells the version of a libavutil: there in every major, asked before anything else is bound. */
export const VERSION_SYMBOLS = {
  avutil_version: {
    parameters: [],
    result: "u32", // unsigned
  },
} as const;

/** What gives back what outlives its backend; bound apart so that closing a backend leaves it usable. */
export const MEMORY_SYMBOLS = {
  av_free: {
    parameters: [
      "pointer", // void *ptr
    ],
    result: "void", // void
  },
  av_freep: {
    parameters: [
      "buffer", // void *ptr
    ],
    result: "void", // void
  },
  av_buffer_ref: {
    parameters: [
      "pointer", // const AVBufferRef *buf
    ],
    result: "pointer", // AVBufferRef *
  },
  av_buffer_unref: {
    parameters: [
      "buffer", // AVBufferRef **buf
    ],
    result: "void", // void
  },
  av_buffer_get_ref_count: {
    parameters: [
      "pointer", // const AVBufferRef *buf
    ],
    result: "i32", // int
  },
  av_buffer_pool_uninit: {
    parameters: [
      "buffer", // AVBufferPool **pool
    ],
    result: "void", // void
  },
  av_frame_unref: {
    parameters: [
      "pointer", // AVFrame *frame
    ],
    result: "void", // void
  },
  av_frame_free: {
    parameters: [
      "buffer", // AVFrame **frame
    ],
    result: "void", // void
  },
} as const;

/**
 * What the areas use of libavutil 56 to 60.
 *
 * Optional symbols are those that some supported version lacks; `SYMBOL_VERSIONS` says since when they are there.
 */
export const AVUTIL_SYMBOLS = {
  av_log_set_level: {
    parameters: [
      "i32", // int level
    ],
    result: "void", // void
  },

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
  av_frame_alloc: {
    parameters: [],
    result: "pointer", // AVFrame *
  },
  av_frame_get_buffer: {
    parameters: [
      "pointer", // AVFrame *frame
      "i32", // int align
    ],
    result: "i32", // int
  },
  av_frame_ref: {
    parameters: [
      "pointer", // AVFrame *dst
      "pointer", // const AVFrame *src
    ],
    result: "i32", // int
  },
  av_frame_clone: {
    parameters: [
      "pointer", // const AVFrame *src
    ],
    result: "pointer", // AVFrame *
  },
  av_frame_move_ref: {
    parameters: [
      "pointer", // AVFrame *dst
      "pointer", // AVFrame *src
    ],
    result: "void", // void
  },
  av_frame_is_writable: {
    parameters: [
      "pointer", // AVFrame *frame
    ],
    result: "i32", // int
  },
  av_frame_make_writable: {
    parameters: [
      "pointer", // AVFrame *frame
    ],
    result: "i32", // int
  },
  av_frame_copy: {
    parameters: [
      "pointer", // AVFrame *dst
      "pointer", // const AVFrame *src
    ],
    result: "i32", // int
  },
  av_frame_get_plane_buffer: {
    parameters: [
      "pointer", // AVFrame *frame
      "i32", // int plane
    ],
    result: "pointer", // AVBufferRef *
  },

  av_pix_fmt_desc_get: {
    parameters: [
      "i32", // enum AVPixelFormat pix_fmt
    ],
    result: "pointer", // const AVPixFmtDescriptor *
  },
  av_pix_fmt_desc_next: {
    parameters: [
      "pointer", // const AVPixFmtDescriptor *prev
    ],
    result: "pointer", // const AVPixFmtDescriptor *
  },
  av_pix_fmt_desc_get_id: {
    parameters: [
      "pointer", // const AVPixFmtDescriptor *desc
    ],
    result: "i32", // enum AVPixelFormat
  },
  av_get_pix_fmt: {
    parameters: [
      "buffer", // const char *name
    ],
    result: "i32", // enum AVPixelFormat
  },
  av_get_pix_fmt_name: {
    parameters: [
      "i32", // enum AVPixelFormat pix_fmt
    ],
    result: "pointer", // const char *
  },
  av_get_bits_per_pixel: {
    parameters: [
      "pointer", // const AVPixFmtDescriptor *pixdesc
    ],
    result: "i32", // int
  },
  av_get_padded_bits_per_pixel: {
    parameters: [
      "pointer", // const AVPixFmtDescriptor *pixdesc
    ],
    result: "i32", // int
  },
  av_pix_fmt_get_chroma_sub_sample: {
    parameters: [
      "i32", // enum AVPixelFormat pix_fmt
      "buffer", // int *h_shift
      "buffer", // int *v_shift
    ],
    result: "i32", // int
  },
  av_pix_fmt_count_planes: {
    parameters: [
      "i32", // enum AVPixelFormat pix_fmt
    ],
    result: "i32", // int
  },
  av_pix_fmt_swap_endianness: {
    parameters: [
      "i32", // enum AVPixelFormat pix_fmt
    ],
    result: "i32", // enum AVPixelFormat
  },
  av_get_pix_fmt_loss: {
    parameters: [
      "i32", // enum AVPixelFormat dst_pix_fmt
      "i32", // enum AVPixelFormat src_pix_fmt
      "i32", // int has_alpha
    ],
    result: "i32", // int
  },
  av_find_best_pix_fmt_of_2: {
    parameters: [
      "i32", // enum AVPixelFormat dst_pix_fmt1
      "i32", // enum AVPixelFormat dst_pix_fmt2
      "i32", // enum AVPixelFormat src_pix_fmt
      "i32", // int has_alpha
      "buffer", // int *loss_ptr
    ],
    result: "i32", // enum AVPixelFormat
  },
  av_read_image_line2: {
    parameters: [
      "buffer", // void *dst
      "buffer", // const uint8_t *data[4]
      "buffer", // const int linesize[4]
      "pointer", // const AVPixFmtDescriptor *desc
      "i32", // int x
      "i32", // int y
      "i32", // int c
      "i32", // int w
      "i32", // int read_pal_component
      "i32", // int dst_element_size
    ],
    result: "void", // void
    optional: true,
  },
  av_write_image_line2: {
    parameters: [
      "buffer", // const void *src
      "buffer", // uint8_t *data[4]
      "buffer", // const int linesize[4]
      "pointer", // const AVPixFmtDescriptor *desc
      "i32", // int x
      "i32", // int y
      "i32", // int c
      "i32", // int w
      "i32", // int src_element_size
    ],
    result: "void", // void
    optional: true,
  },

  av_image_fill_max_pixsteps: {
    parameters: [
      "buffer", // int max_pixsteps[4]
      "buffer", // int max_pixstep_comps[4]
      "pointer", // const AVPixFmtDescriptor *pixdesc
    ],
    result: "void", // void
  },
  av_image_get_linesize: {
    parameters: [
      "i32", // enum AVPixelFormat pix_fmt
      "i32", // int width
      "i32", // int plane
    ],
    result: "i32", // int
  },
  av_image_fill_linesizes: {
    parameters: [
      "buffer", // int linesizes[4]
      "i32", // enum AVPixelFormat pix_fmt
      "i32", // int width
    ],
    result: "i32", // int
  },
  av_image_fill_plane_sizes: {
    parameters: [
      "buffer", // size_t size[4]
      "i32", // enum AVPixelFormat pix_fmt
      "i32", // int height
      "buffer", // const ptrdiff_t linesizes[4]
    ],
    result: "i32", // int
    optional: true,
  },
  av_image_fill_pointers: {
    parameters: [
      "buffer", // uint8_t *data[4]
      "i32", // enum AVPixelFormat pix_fmt
      "i32", // int height
      "pointer", // uint8_t *ptr
      "buffer", // const int linesizes[4]
    ],
    result: "i32", // int
  },
  av_image_fill_arrays: {
    parameters: [
      "buffer", // uint8_t *dst_data[4]
      "buffer", // int dst_linesize[4]
      "pointer", // const uint8_t *src
      "i32", // enum AVPixelFormat pix_fmt
      "i32", // int width
      "i32", // int height
      "i32", // int align
    ],
    result: "i32", // int
  },
  av_image_get_buffer_size: {
    parameters: [
      "i32", // enum AVPixelFormat pix_fmt
      "i32", // int width
      "i32", // int height
      "i32", // int align
    ],
    result: "i32", // int
  },
  av_image_alloc: {
    parameters: [
      "buffer", // uint8_t *pointers[4]
      "buffer", // int linesizes[4]
      "i32", // int w
      "i32", // int h
      "i32", // enum AVPixelFormat pix_fmt
      "i32", // int align
    ],
    result: "i32", // int
  },
  av_image_copy_plane: {
    parameters: [
      "pointer", // uint8_t *dst
      "i32", // int dst_linesize
      "pointer", // const uint8_t *src
      "i32", // int src_linesize
      "i32", // int bytewidth
      "i32", // int height
    ],
    result: "void", // void
  },
  av_image_copy_plane_uc_from: {
    parameters: [
      "pointer", // uint8_t *dst
      "isize", // ptrdiff_t dst_linesize
      "pointer", // const uint8_t *src
      "isize", // ptrdiff_t src_linesize
      "isize", // ptrdiff_t bytewidth
      "i32", // int height
    ],
    result: "void", // void
    optional: true,
  },
  av_image_copy: {
    parameters: [
      "buffer", // uint8_t *dst_data[4]
      "buffer", // int dst_linesizes[4]
      "buffer", // const uint8_t *src_data[4]
      "buffer", // const int src_linesizes[4]
      "i32", // enum AVPixelFormat pix_fmt
      "i32", // int width
      "i32", // int height
    ],
    result: "void", // void
  },
  av_image_copy_uc_from: {
    parameters: [
      "buffer", // uint8_t *dst_data[4]
      "buffer", // const ptrdiff_t dst_linesizes[4]
      "buffer", // const uint8_t *src_data[4]
      "buffer", // const ptrdiff_t src_linesizes[4]
      "i32", // enum AVPixelFormat pix_fmt
      "i32", // int width
      "i32", // int height
    ],
    result: "void", // void
  },
  av_image_copy_to_buffer: {
    parameters: [
      "buffer", // uint8_t *dst
      "i32", // int dst_size
      "buffer", // const uint8_t *const src_data[4]
      "buffer", // const int src_linesize[4]
      "i32", // enum AVPixelFormat pix_fmt
      "i32", // int width
      "i32", // int height
      "i32", // int align
    ],
    result: "i32", // int
  },
  av_image_check_size: {
    parameters: [
      "u32", // unsigned int w
      "u32", // unsigned int h
      "i32", // int log_offset
      "pointer", // void *log_ctx
    ],
    result: "i32", // int
  },
  av_image_check_size2: {
    parameters: [
      "u32", // unsigned int w
      "u32", // unsigned int h
      "i64", // int64_t max_pixels
      "i32", // enum AVPixelFormat pix_fmt
      "i32", // int log_offset
      "pointer", // void *log_ctx
    ],
    result: "i32", // int
  },
  av_image_check_sar: {
    parameters: [
      "u32", // unsigned int w
      "u32", // unsigned int h
      "u64n", // AVRational sar
    ],
    result: "i32", // int
  },
  av_image_fill_black: {
    parameters: [
      "buffer", // uint8_t *dst_data[4]
      "buffer", // const ptrdiff_t dst_linesize[4]
      "i32", // enum AVPixelFormat pix_fmt
      "i32", // enum AVColorRange range
      "i32", // int width
      "i32", // int height
    ],
    result: "i32", // int
  },
  av_image_fill_color: {
    parameters: [
      "buffer", // uint8_t *dst_data[4]
      "buffer", // const ptrdiff_t dst_linesize[4]
      "i32", // enum AVPixelFormat pix_fmt
      "buffer", // const uint32_t color[4]
      "i32", // int width
      "i32", // int height
      "i32", // int flags
    ],
    result: "i32", // int
    optional: true,
  },
} as const;

/** Since which `[major, minor]` of libavutil each optional symbol is there. */
export const SYMBOL_VERSIONS = {
  av_size_mult: [57, 0],
  av_buffer_replace: [56, 60],
  av_buffer_pool_buffer_get_opaque: [56, 37],
  av_read_image_line2: [56, 21],
  av_write_image_line2: [56, 21],
  av_image_fill_plane_sizes: [56, 56],
  av_image_copy_plane_uc_from: [57, 4],
  av_image_fill_color: [58, 33],
} as const;

// Not `as const satisfies` at the tables themselves: declarations could not be made of them one file at a time.
VERSION_SYMBOLS satisfies SymbolTable;
MEMORY_SYMBOLS satisfies SymbolTable;
AVUTIL_SYMBOLS satisfies SymbolTable;
SYMBOL_VERSIONS satisfies Partial<Record<keyof typeof AVUTIL_SYMBOLS, readonly [number, number]>>;
