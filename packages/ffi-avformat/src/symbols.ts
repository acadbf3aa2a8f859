import type { SymbolTable } from "@mediamem/ffi";

/** What tells the version of a libavformat: there in every major, asked before anything else is bound. */
export const VERSION_SYMBOLS = {
  avformat_version: {
    parameters: [],
    result: "u32", // unsigned
  },
} as const;

/** What the area `io` uses of libavutil: buffers of contexts are the library's to replace. */
export const AVUTIL_SYMBOLS = {
  avutil_version: {
    parameters: [],
    result: "u32", // unsigned
  },
  av_malloc: {
    parameters: [
      "usize", // size_t size
    ],
    result: "pointer", // void *
  },
  av_free: {
    parameters: [
      "pointer", // void *ptr
    ],
    result: "void", // void
  },
  av_log_set_level: {
    parameters: [
      "i32", // int level
    ],
    result: "void", // void
  },
} as const;

/** What the area `io` uses of libavformat 58 to 62. */
export const IO_SYMBOLS = {
  avio_alloc_context: {
    parameters: [
      "pointer", // unsigned char *buffer
      "i32", // int buffer_size
      "i32", // int write_flag
      "pointer", // void *opaque
      "pointer", // int (*read_packet)(void *opaque, uint8_t *buf, int buf_size)
      "pointer", // int (*write_packet)(void *opaque, const uint8_t *buf, int buf_size)
      "pointer", // int64_t (*seek)(void *opaque, int64_t offset, int whence)
    ],
    result: "pointer", // AVIOContext *
  },
  avio_context_free: {
    parameters: [
      "buffer", // AVIOContext **s
    ],
    result: "void", // void
  },
  avio_read: {
    parameters: [
      "pointer", // AVIOContext *s
      "buffer", // unsigned char *buf
      "i32", // int size
    ],
    result: "i32", // int
  },
  avio_read_partial: {
    parameters: [
      "pointer", // AVIOContext *s
      "buffer", // unsigned char *buf
      "i32", // int size
    ],
    result: "i32", // int
  },
  avio_r8: {
    parameters: [
      "pointer", // AVIOContext *s
    ],
    result: "i32", // int
  },
  avio_rl16: {
    parameters: [
      "pointer", // AVIOContext *s
    ],
    result: "u32", // unsigned int
  },
  avio_rl24: {
    parameters: [
      "pointer", // AVIOContext *s
    ],
    result: "u32", // unsigned int
  },
  avio_rl32: {
    parameters: [
      "pointer", // AVIOContext *s
    ],
    result: "u32", // unsigned int
  },
  avio_rb16: {
    parameters: [
      "pointer", // AVIOContext *s
    ],
    result: "u32", // unsigned int
  },
  avio_rb24: {
    parameters: [
      "pointer", // AVIOContext *s
    ],
    result: "u32", // unsigned int
  },
  avio_rb32: {
    parameters: [
      "pointer", // AVIOContext *s
    ],
    result: "u32", // unsigned int
  },
  avio_rl64: {
    parameters: [
      "pointer", // AVIOContext *s
    ],
    result: "u64n", // uint64_t
  },
  avio_rb64: {
    parameters: [
      "pointer", // AVIOContext *s
    ],
    result: "u64n", // uint64_t
  },
  avio_get_str: {
    parameters: [
      "pointer", // AVIOContext *pb
      "i32", // int maxlen
      "buffer", // char *buf
      "i32", // int buflen
    ],
    result: "i32", // int
  },
  avio_get_str16le: {
    parameters: [
      "pointer", // AVIOContext *pb
      "i32", // int maxlen
      "buffer", // char *buf
      "i32", // int buflen
    ],
    result: "i32", // int
  },
  avio_get_str16be: {
    parameters: [
      "pointer", // AVIOContext *pb
      "i32", // int maxlen
      "buffer", // char *buf
      "i32", // int buflen
    ],
    result: "i32", // int
  },
  avio_seek: {
    parameters: [
      "pointer", // AVIOContext *s
      "i64", // int64_t offset
      "i32", // int whence
    ],
    result: "i64", // int64_t
  },
  avio_size: {
    parameters: [
      "pointer", // AVIOContext *s
    ],
    result: "i64", // int64_t
  },
  avio_feof: {
    parameters: [
      "pointer", // AVIOContext *s
    ],
    result: "i32", // int
  },
  avio_w8: {
    parameters: [
      "pointer", // AVIOContext *s
      "i32", // int b
    ],
    result: "void", // void
  },
  avio_wl16: {
    parameters: [
      "pointer", // AVIOContext *s
      "u32", // unsigned int val
    ],
    result: "void", // void
  },
  avio_wl24: {
    parameters: [
      "pointer", // AVIOContext *s
      "u32", // unsigned int val
    ],
    result: "void", // void
  },
  avio_wl32: {
    parameters: [
      "pointer", // AVIOContext *s
      "u32", // unsigned int val
    ],
    result: "void", // void
  },
  avio_wb16: {
    parameters: [
      "pointer", // AVIOContext *s
      "u32", // unsigned int val
    ],
    result: "void", // void
  },
  avio_wb24: {
    parameters: [
      "pointer", // AVIOContext *s
      "u32", // unsigned int val
    ],
    result: "void", // void
  },
  avio_wb32: {
    parameters: [
      "pointer", // AVIOContext *s
      "u32", // unsigned int val
    ],
    result: "void", // void
  },
  avio_wl64: {
    parameters: [
      "pointer", // AVIOContext *s
      "u64n", // uint64_t val
    ],
    result: "void", // void
  },
  avio_wb64: {
    parameters: [
      "pointer", // AVIOContext *s
      "u64n", // uint64_t val
    ],
    result: "void", // void
  },
  avio_write: {
    parameters: [
      "pointer", // AVIOContext *s
      "buffer", // const unsigned char *buf
      "i32", // int size
    ],
    result: "void", // void
  },
  avio_put_str: {
    parameters: [
      "pointer", // AVIOContext *s
      "buffer", // const char *str
    ],
    result: "i32", // int
  },
  avio_put_str16le: {
    parameters: [
      "pointer", // AVIOContext *s
      "buffer", // const char *str
    ],
    result: "i32", // int
  },
  avio_put_str16be: {
    parameters: [
      "pointer", // AVIOContext *s
      "buffer", // const char *str
    ],
    result: "i32", // int
  },
  avio_print_string_array: {
    parameters: [
      "pointer", // AVIOContext *s
      "buffer", // const char *const strings[]
    ],
    result: "void", // void
    optional: true,
  },
  avio_write_marker: {
    parameters: [
      "pointer", // AVIOContext *s
      "i64", // int64_t time
      "i32", // enum AVIODataMarkerType type
    ],
    result: "void", // void
  },
  avio_flush: {
    parameters: [
      "pointer", // AVIOContext *s
    ],
    result: "void", // void
  },
  avio_open_dyn_buf: {
    parameters: [
      "buffer", // AVIOContext **s
    ],
    result: "i32", // int
  },
  avio_get_dyn_buf: {
    parameters: [
      "pointer", // AVIOContext *s
      "buffer", // uint8_t **pbuffer
    ],
    result: "i32", // int
  },
  avio_close_dyn_buf: {
    parameters: [
      "pointer", // AVIOContext *s
      "buffer", // uint8_t **pbuffer
    ],
    result: "i32", // int
  },
} as const;

// Not `as const satisfies` at the tables themselves: declarations could not be made of them one file at a time.
VERSION_SYMBOLS satisfies SymbolTable;
AVUTIL_SYMBOLS satisfies SymbolTable;
IO_SYMBOLS satisfies SymbolTable;
