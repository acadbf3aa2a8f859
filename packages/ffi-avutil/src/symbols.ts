import type { SymbolTable } from "@mediamem/ffi";
import { ALLOCATOR_SYMBOLS } from "./symbols/allocator.ts";
import { BUFFER_SYMBOLS } from "./symbols/buffers.ts";
import { FRAME_SYMBOLS } from "./symbols/frames.ts";
import { IMAGE_SYMBOLS } from "./symbols/images.ts";
import { PIXEL_FORMAT_SYMBOLS } from "./symbols/pixel_formats.ts";

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

/** What every area rests on. */
const LOG_SYMBOLS = {
  av_log_set_level: {
    parameters: [
      "i32", // int level
    ],
    result: "void", // void
  },
} as const;

/**
 * What the areas use of libavutil 56 to 60.
 *
 * Optional symbols are those that some supported version lacks; `SYMBOL_VERSIONS` says since when they are there.
 */
export const AVUTIL_SYMBOLS:
  & typeof LOG_SYMBOLS
  & typeof ALLOCATOR_SYMBOLS
  & typeof BUFFER_SYMBOLS
  & typeof FRAME_SYMBOLS
  & typeof PIXEL_FORMAT_SYMBOLS
  & typeof IMAGE_SYMBOLS = {
    ...LOG_SYMBOLS,
    ...ALLOCATOR_SYMBOLS,
    ...BUFFER_SYMBOLS,
    ...FRAME_SYMBOLS,
    ...PIXEL_FORMAT_SYMBOLS,
    ...IMAGE_SYMBOLS,
  };

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
LOG_SYMBOLS satisfies SymbolTable;
SYMBOL_VERSIONS satisfies Partial<Record<keyof typeof AVUTIL_SYMBOLS, readonly [number, number]>>;
