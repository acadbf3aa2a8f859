import type { Field, Struct } from "@mediamem/ffi-avutil/native";

/** The fields of structs that decoders and encoders need and no function gives, by C names. */
export interface CodecAbi {
  /** `channels` is a part of `ch_layout` from 60 on, which `layout` is then; before it is `channel_layout`, a mask. */
  readonly AVFrame: Struct<
    | "data"
    | "extended_data"
    | "nb_samples"
    | "format"
    | "pict_type"
    | "pts"
    | "sample_rate"
    | "best_effort_timestamp"
    | "channels"
    | "layout"
  >;
  readonly AVCodecContext: Struct<"codec_type" | "codec_id" | "framerate">;
  readonly AVCodec: Struct<"name" | "type" | "id">;
}

const FRAME_START = {
  data: [0, 64],
  extended_data: [96, 8],
  nb_samples: [112, 4],
  format: [116, 4],
  pict_type: [124, 4],
  pts: [136, 8],
} as const;

const CODEC: CodecAbi["AVCodec"] = { sizeof: null, fields: { name: [0, 8], type: [16, 4], id: [20, 4] } };

function context(framerate: number): CodecAbi["AVCodecContext"] {
  return { sizeof: null, fields: { codec_type: [12, 4], codec_id: [24, 4], framerate: [framerate, 8] } };
}

function frame(
  fields: Readonly<
    Record<"sample_rate" | "best_effort_timestamp" | "channels" | "layout", Field>
  >,
): CodecAbi["AVFrame"] {
  return { sizeof: null, fields: { ...FRAME_START, ...fields } };
}

/** By major of libavcodec. */
export const CODEC_ABIS: Readonly<Record<number, CodecAbi>> = {
  58: {
    AVFrame: frame({
      sample_rate: [272, 4],
      best_effort_timestamp: [408, 8],
      channels: [444, 4],
      layout: [280, 8],
    }),
    AVCodecContext: context(872),
    AVCodec: CODEC,
  },
  59: {
    AVFrame: frame({
      sample_rate: [208, 4],
      best_effort_timestamp: [344, 8],
      channels: [380, 4],
      layout: [216, 8],
    }),
    AVCodecContext: context(712),
    AVCodec: CODEC,
  },
  60: {
    AVFrame: frame({
      sample_rate: [208, 4],
      best_effort_timestamp: [344, 8],
      channels: [452, 4],
      layout: [448, 24],
    }),
    AVCodecContext: context(704),
    AVCodec: CODEC,
  },
  61: {
    AVFrame: frame({
      sample_rate: [192, 4],
      best_effort_timestamp: [320, 8],
      channels: [412, 4],
      layout: [408, 24],
    }),
    AVCodecContext: context(100),
    AVCodec: CODEC,
  },
  62: {
    AVFrame: {
      sizeof: null,
      fields: {
        ...FRAME_START,
        pict_type: [120, 4],
        sample_rate: [180, 4],
        best_effort_timestamp: [304, 8],
        channels: [388, 4],
        layout: [384, 24],
      },
    },
    AVCodecContext: context(100),
    AVCodec: CODEC,
  },
};
