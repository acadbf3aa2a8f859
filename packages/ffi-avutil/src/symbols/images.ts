import type { SymbolTable } from "@mediamem/ffi";

/** What the area `image` calls of `libavutil/imgutils.h`. */
export const IMAGE_SYMBOLS = {
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

// Not `as const satisfies` at the table itself: declarations could not be made of it one file at a time.
IMAGE_SYMBOLS satisfies SymbolTable;
