/** What tells the version of a libavcodec. */
export const CODEC_VERSION_SYMBOLS = {
  avcodec_version: {
    parameters: [],
    result: "u32", // unsigned
  },
} as const;

/** What gives back media objects of libavformat; bound apart so that closing a backend leaves it usable. */
export const FORMAT_RELEASE_SYMBOLS = {
  avformat_close_input: {
    parameters: [
      "buffer", // AVFormatContext **s
    ],
    result: "void", // void
  },
  avformat_free_context: {
    parameters: [
      "pointer", // AVFormatContext *s
    ],
    result: "void", // void
  },
  avio_closep: {
    parameters: [
      "buffer", // AVIOContext **s
    ],
    result: "i32", // int
  },
  avio_context_free: {
    parameters: [
      "buffer", // AVIOContext **s
    ],
    result: "void", // void
  },
} as const;

/** The same of libavcodec. */
export const CODEC_RELEASE_SYMBOLS = {
  av_packet_free: {
    parameters: [
      "buffer", // AVPacket **pkt
    ],
    result: "void", // void
  },
  av_packet_unref: {
    parameters: [
      "pointer", // AVPacket *pkt
    ],
    result: "void", // void
  },
  avcodec_parameters_free: {
    parameters: [
      "buffer", // AVCodecParameters **par
    ],
    result: "void", // void
  },
  avcodec_free_context: {
    parameters: [
      "buffer", // AVCodecContext **avctx
    ],
    result: "void", // void
  },
} as const;

/** The same of libavutil. */
export const UTIL_RELEASE_SYMBOLS = {
  av_free: {
    parameters: [
      "pointer", // void *ptr
    ],
    result: "void", // void
  },
  av_dict_free: {
    parameters: [
      "buffer", // AVDictionary **m
    ],
    result: "void", // void
  },
} as const;

/** What demuxers and muxers use of libavformat 58 to 62. */
export const FORMAT_SYMBOLS = {
  avformat_alloc_context: {
    parameters: [],
    result: "pointer", // AVFormatContext *
  },
  avformat_open_input: {
    parameters: [
      "buffer", // AVFormatContext **ps
      "buffer", // const char *url
      "pointer", // const AVInputFormat *fmt
      "buffer", // AVDictionary **options
    ],
    result: "i32", // int
  },
  avformat_find_stream_info: {
    parameters: [
      "pointer", // AVFormatContext *ic
      "pointer", // AVDictionary **options
    ],
    result: "i32", // int
  },
  av_find_input_format: {
    parameters: [
      "buffer", // const char *short_name
    ],
    result: "pointer", // const AVInputFormat *
  },
  av_read_frame: {
    parameters: [
      "pointer", // AVFormatContext *s
      "pointer", // AVPacket *pkt
    ],
    result: "i32", // int
  },
  av_seek_frame: {
    parameters: [
      "pointer", // AVFormatContext *s
      "i32", // int stream_index
      "i64", // int64_t timestamp
      "i32", // int flags
    ],
    result: "i32", // int
  },
  avformat_alloc_output_context2: {
    parameters: [
      "buffer", // AVFormatContext **ctx
      "pointer", // const AVOutputFormat *oformat
      "buffer", // const char *format_name
      "buffer", // const char *filename
    ],
    result: "i32", // int
  },
  avformat_new_stream: {
    parameters: [
      "pointer", // AVFormatContext *s
      "pointer", // const AVCodec *c
    ],
    result: "pointer", // AVStream *
  },
  avformat_init_output: {
    parameters: [
      "pointer", // AVFormatContext *s
      "buffer", // AVDictionary **options
    ],
    result: "i32", // int
  },
  avformat_write_header: {
    parameters: [
      "pointer", // AVFormatContext *s
      "pointer", // AVDictionary **options
    ],
    result: "i32", // int
  },
  av_interleaved_write_frame: {
    parameters: [
      "pointer", // AVFormatContext *s
      "pointer", // AVPacket *pkt
    ],
    result: "i32", // int
  },
  av_write_trailer: {
    parameters: [
      "pointer", // AVFormatContext *s
    ],
    result: "i32", // int
  },
  avio_open2: {
    parameters: [
      "buffer", // AVIOContext **s
      "buffer", // const char *url
      "i32", // int flags
      "pointer", // const AVIOInterruptCB *int_cb
      "buffer", // AVDictionary **options
    ],
    result: "i32", // int
  },
  av_stream_get_class: {
    parameters: [],
    result: "pointer", // const AVClass *
    optional: true,
  },
} as const;

/** What they use of libavcodec 58 to 62. */
export const CODEC_SYMBOLS = {
  av_packet_alloc: {
    parameters: [],
    result: "pointer", // AVPacket *
  },
  av_new_packet: {
    parameters: [
      "pointer", // AVPacket *pkt
      "i32", // int size
    ],
    result: "i32", // int
  },
  av_packet_ref: {
    parameters: [
      "pointer", // AVPacket *dst
      "pointer", // const AVPacket *src
    ],
    result: "i32", // int
  },
  av_packet_move_ref: {
    parameters: [
      "pointer", // AVPacket *dst
      "pointer", // AVPacket *src
    ],
    result: "void", // void
  },
  av_packet_rescale_ts: {
    parameters: [
      "pointer", // AVPacket *pkt
      "u64n", // AVRational tb_src
      "u64n", // AVRational tb_dst
    ],
    result: "void", // void
  },
  av_packet_new_side_data: {
    parameters: [
      "pointer", // AVPacket *pkt
      "i32", // enum AVPacketSideDataType type
      "usize", // size_t size, int before 59
    ],
    result: "pointer", // uint8_t *
  },
  av_packet_side_data_name: {
    parameters: [
      "i32", // enum AVPacketSideDataType type
    ],
    result: "pointer", // const char *
  },
  avcodec_parameters_alloc: {
    parameters: [],
    result: "pointer", // AVCodecParameters *
  },
  avcodec_parameters_copy: {
    parameters: [
      "pointer", // AVCodecParameters *dst
      "pointer", // const AVCodecParameters *src
    ],
    result: "i32", // int
  },
  avcodec_parameters_from_context: {
    parameters: [
      "pointer", // AVCodecParameters *par
      "pointer", // const AVCodecContext *codec
    ],
    result: "i32", // int
  },
  avcodec_alloc_context3: {
    parameters: [
      "pointer", // const AVCodec *codec
    ],
    result: "pointer", // AVCodecContext *
  },
  avcodec_get_name: {
    parameters: [
      "i32", // enum AVCodecID id
    ],
    result: "pointer", // const char *
  },
} as const;

/** What they use of libavutil 56 to 60. */
export const UTIL_SYMBOLS = {
  av_log_default_callback: { data: true }, // void (void *avcl, int level, const char *fmt, va_list vl)
  av_log_set_callback: {
    parameters: [
      "pointer", // void (*callback)(void *, int, const char *, va_list)
    ],
    result: "void", // void
  },
  av_log_format_line2: {
    parameters: [
      "pointer", // void *ptr
      "i32", // int level
      "pointer", // const char *fmt
      "pointer", // va_list vl: one address on every 64-bit Unix
      "buffer", // char *line
      "i32", // int line_size
      "buffer", // int *print_prefix
    ],
    result: "i32", // int
  },
  av_strerror: {
    parameters: [
      "i32", // int errnum
      "buffer", // char *errbuf
      "usize", // size_t errbuf_size
    ],
    result: "i32", // int
  },
  av_dict_set: {
    parameters: [
      "buffer", // AVDictionary **pm
      "buffer", // const char *key
      "buffer", // const char *value
      "i32", // int flags
    ],
    result: "i32", // int
  },
  av_dict_get: {
    parameters: [
      "pointer", // const AVDictionary *m
      "buffer", // const char *key
      "pointer", // const AVDictionaryEntry *prev
      "i32", // int flags
    ],
    result: "pointer", // AVDictionaryEntry *
  },
  av_dict_copy: {
    parameters: [
      "pointer", // AVDictionary **dst
      "pointer", // const AVDictionary *src
      "i32", // int flags
    ],
    result: "i32", // int
  },
  av_opt_find: {
    parameters: [
      "pointer", // void *obj
      "buffer", // const char *name
      "pointer", // const char *unit
      "i32", // int opt_flags
      "i32", // int search_flags
    ],
    result: "pointer", // const AVOption *
  },
  av_opt_set: {
    parameters: [
      "pointer", // void *obj
      "buffer", // const char *name
      "buffer", // const char *val
      "i32", // int search_flags
    ],
    result: "i32", // int
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
  av_get_sample_fmt_name: {
    parameters: [
      "i32", // enum AVSampleFormat sample_fmt
    ],
    result: "pointer", // const char *
  },
} as const;
