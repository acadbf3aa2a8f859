/** What decoders and encoders use of libavcodec 58 to 62. */
export const CODER_SYMBOLS = {
  avcodec_find_decoder: {
    parameters: [
      "i32", // enum AVCodecID id
    ],
    result: "pointer", // const AVCodec *
  },
  avcodec_find_decoder_by_name: {
    parameters: [
      "buffer", // const char *name
    ],
    result: "pointer", // const AVCodec *
  },
  avcodec_find_encoder: {
    parameters: [
      "i32", // enum AVCodecID id
    ],
    result: "pointer", // const AVCodec *
  },
  avcodec_find_encoder_by_name: {
    parameters: [
      "buffer", // const char *name
    ],
    result: "pointer", // const AVCodec *
  },
  avcodec_descriptor_get_by_name: {
    parameters: [
      "buffer", // const char *name
    ],
    result: "pointer", // const AVCodecDescriptor *
  },
  avcodec_parameters_to_context: {
    parameters: [
      "pointer", // AVCodecContext *codec
      "pointer", // const AVCodecParameters *par
    ],
    result: "i32", // int
  },
  avcodec_open2: {
    parameters: [
      "pointer", // AVCodecContext *avctx
      "pointer", // const AVCodec *codec
      "buffer", // AVDictionary **options
    ],
    result: "i32", // int
  },
  avcodec_send_packet: {
    parameters: [
      "pointer", // AVCodecContext *avctx
      "pointer", // const AVPacket *avpkt
    ],
    result: "i32", // int
  },
  avcodec_receive_frame: {
    parameters: [
      "pointer", // AVCodecContext *avctx
      "pointer", // AVFrame *frame
    ],
    result: "i32", // int
  },
  avcodec_send_frame: {
    parameters: [
      "pointer", // AVCodecContext *avctx
      "pointer", // const AVFrame *frame
    ],
    result: "i32", // int
  },
  avcodec_receive_packet: {
    parameters: [
      "pointer", // AVCodecContext *avctx
      "pointer", // AVPacket *avpkt
    ],
    result: "i32", // int
  },
  avcodec_flush_buffers: {
    parameters: [
      "pointer", // AVCodecContext *avctx
    ],
    result: "void", // void
  },
} as const;

/** What they use of libavutil 56 to 60, where frames are made. */
export const FRAME_SYMBOLS = {
  av_frame_alloc: {
    parameters: [],
    result: "pointer", // AVFrame *
  },
  av_frame_free: {
    parameters: [
      "buffer", // AVFrame **frame
    ],
    result: "void", // void
  },
  av_frame_ref: {
    parameters: [
      "pointer", // AVFrame *dst
      "pointer", // const AVFrame *src
    ],
    result: "i32", // int
  },
  av_frame_unref: {
    parameters: [
      "pointer", // AVFrame *frame
    ],
    result: "void", // void
  },
  av_frame_get_buffer: {
    parameters: [
      "pointer", // AVFrame *frame
      "i32", // int align
    ],
    result: "i32", // int
  },
  av_frame_is_writable: {
    parameters: [
      "pointer", // AVFrame *frame
    ],
    result: "i32", // int
  },
  av_get_sample_fmt: {
    parameters: [
      "buffer", // const char *name
    ],
    result: "i32", // enum AVSampleFormat
  },
  av_sample_fmt_is_planar: {
    parameters: [
      "i32", // enum AVSampleFormat sample_fmt
    ],
    result: "i32", // int
  },
  av_get_bytes_per_sample: {
    parameters: [
      "i32", // enum AVSampleFormat sample_fmt
    ],
    result: "i32", // int
  },
  // 57.24 and newer.
  av_channel_layout_default: {
    parameters: [
      "pointer", // AVChannelLayout *ch_layout
      "i32", // int nb_channels
    ],
    result: "void", // void
    optional: true,
  },
  av_channel_layout_describe: {
    parameters: [
      "pointer", // const AVChannelLayout *channel_layout
      "buffer", // char *buf
      "usize", // size_t buf_size
    ],
    result: "i32", // int
    optional: true,
  },
  // Older than 59.
  av_get_default_channel_layout: {
    parameters: [
      "i32", // int nb_channels
    ],
    result: "i64n", // int64_t
    optional: true,
  },
  av_get_channel_layout_string: {
    parameters: [
      "buffer", // char *buf
      "i32", // int buf_size
      "i32", // int nb_channels
      "u64n", // uint64_t channel_layout
    ],
    result: "void", // void
    optional: true,
  },
} as const;

/** What tells the version of a libswscale. */
export const SCALE_VERSION_SYMBOLS = {
  swscale_version: {
    parameters: [],
    result: "u32", // unsigned
  },
} as const;

/** What scalers use of libswscale 5 to 9. */
export const SCALE_SYMBOLS = {
  sws_isSupportedInput: {
    parameters: [
      "i32", // enum AVPixelFormat pix_fmt
    ],
    result: "i32", // int
  },
  sws_isSupportedOutput: {
    parameters: [
      "i32", // enum AVPixelFormat pix_fmt
    ],
    result: "i32", // int
  },
  sws_getContext: {
    parameters: [
      "i32", // int srcW
      "i32", // int srcH
      "i32", // enum AVPixelFormat srcFormat
      "i32", // int dstW
      "i32", // int dstH
      "i32", // enum AVPixelFormat dstFormat
      "i32", // int flags
      "pointer", // SwsFilter *srcFilter
      "pointer", // SwsFilter *dstFilter
      "pointer", // const double *param
    ],
    result: "pointer", // SwsContext *
  },
  sws_freeContext: {
    parameters: [
      "pointer", // SwsContext *swsContext
    ],
    result: "void", // void
  },
  sws_scale: {
    parameters: [
      "pointer", // SwsContext *c
      "pointer", // const uint8_t *const srcSlice[]
      "pointer", // const int srcStride[]
      "i32", // int srcSliceY
      "i32", // int srcSliceH
      "pointer", // uint8_t *const dst[]
      "pointer", // const int dstStride[]
    ],
    result: "i32", // int
  },
} as const;
