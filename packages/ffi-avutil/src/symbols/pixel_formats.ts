import type { SymbolTable } from "@mediamem/ffi";

/** What the area `image` calls of `libavutil/pixdesc.h`. */
export const PIXEL_FORMAT_SYMBOLS = {
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
} as const;

// Not `as const satisfies` at the table itself: declarations could not be made of it one file at a time.
PIXEL_FORMAT_SYMBOLS satisfies SymbolTable;
