import type { SymbolTable } from "@mediamem/ffi";

/** What the area `frames` calls: `libavutil/frame.h`. */
export const FRAME_SYMBOLS = {
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
} as const;

// Not `as const satisfies` at the table itself: declarations could not be made of it one file at a time.
FRAME_SYMBOLS satisfies SymbolTable;
