import type { Struct } from "@mediamem/ffi-avutil/native";

/** The structs of libavformat and libavcodec whose fields no function gives, by C names. */
export interface MediaStructs {
  readonly AVFormatContext: Struct<
    | "iformat"
    | "oformat"
    | "pb"
    | "nb_streams"
    | "streams"
    | "url"
    | "start_time"
    | "duration"
    | "bit_rate"
    | "flags"
    | "probesize"
    | "max_analyze_duration"
    | "metadata"
  >;
  readonly AVStream: Struct<
    | "index"
    | "id"
    | "codecpar"
    | "time_base"
    | "start_time"
    | "duration"
    | "nb_frames"
    | "disposition"
    | "sample_aspect_ratio"
    | "metadata"
    | "avg_frame_rate"
  >;
  /** `channels` is a part of `ch_layout` from 61 on. */
  readonly AVCodecParameters: Struct<
    | "codec_type"
    | "codec_id"
    | "codec_tag"
    | "extradata"
    | "extradata_size"
    | "format"
    | "bit_rate"
    | "profile"
    | "level"
    | "width"
    | "height"
    | "sample_aspect_ratio"
    | "sample_rate"
    | "frame_size"
    | "channels"
  >;
  readonly AVPacket: Struct<
    | "buf"
    | "pts"
    | "dts"
    | "data"
    | "size"
    | "stream_index"
    | "flags"
    | "side_data"
    | "side_data_elems"
    | "duration"
    | "pos"
  >;
  readonly AVPacketSideData: Struct<"data" | "size" | "type">;
  readonly AVDictionaryEntry: Struct<"key" | "value">;
  readonly AVInputFormat: Struct<"name">;
  readonly AVOutputFormat: Struct<"name" | "flags">;
  readonly AVOption: Struct<"offset">;
}

const SAME: Pick<
  MediaStructs,
  "AVPacket" | "AVDictionaryEntry" | "AVInputFormat" | "AVOutputFormat" | "AVOption"
> = {
  AVPacket: {
    sizeof: null,
    fields: {
      buf: [0, 8],
      pts: [8, 8],
      dts: [16, 8],
      data: [24, 8],
      size: [32, 4],
      stream_index: [36, 4],
      flags: [40, 4],
      side_data: [48, 8],
      side_data_elems: [56, 4],
      duration: [64, 8],
      pos: [72, 8],
    },
  },
  AVDictionaryEntry: { sizeof: null, fields: { key: [0, 8], value: [8, 8] } },
  AVInputFormat: { sizeof: null, fields: { name: [0, 8] } },
  AVOutputFormat: { sizeof: null, fields: { name: [0, 8], flags: [44, 4] } },
  AVOption: { sizeof: null, fields: { offset: [16, 4] } },
};

const FORMAT_CONTEXT_START = {
  iformat: [8, 8],
  oformat: [16, 8],
  pb: [32, 8],
  nb_streams: [44, 4],
  streams: [48, 8],
} as const;

const CODEC_PARAMETERS_START = {
  codec_type: [0, 4],
  codec_id: [4, 4],
  codec_tag: [8, 4],
  extradata: [16, 8],
  extradata_size: [24, 4],
} as const;

const CODEC_PARAMETERS_58: MediaStructs["AVCodecParameters"] = {
  sizeof: null,
  fields: {
    ...CODEC_PARAMETERS_START,
    format: [28, 4],
    bit_rate: [32, 8],
    profile: [48, 4],
    level: [52, 4],
    width: [56, 4],
    height: [60, 4],
    sample_aspect_ratio: [64, 8],
    channels: [112, 4],
    sample_rate: [116, 4],
    frame_size: [124, 4],
  },
};

const SIDE_DATA_59: MediaStructs["AVPacketSideData"] = {
  sizeof: 24,
  fields: { data: [0, 8], size: [8, 8], type: [16, 4] },
};

const FORMAT_CONTEXT_59: MediaStructs["AVFormatContext"] = {
  sizeof: null,
  fields: {
    ...FORMAT_CONTEXT_START,
    url: [56, 8],
    start_time: [64, 8],
    duration: [72, 8],
    bit_rate: [80, 8],
    flags: [96, 4],
    probesize: [104, 8],
    max_analyze_duration: [112, 8],
    metadata: [176, 8],
  },
};

const STREAM_60: MediaStructs["AVStream"] = {
  sizeof: null,
  fields: {
    index: [8, 4],
    id: [12, 4],
    codecpar: [16, 8],
    time_base: [32, 8],
    start_time: [40, 8],
    duration: [48, 8],
    nb_frames: [56, 8],
    disposition: [64, 4],
    sample_aspect_ratio: [72, 8],
    metadata: [80, 8],
    avg_frame_rate: [88, 8],
  },
};

/** libavformat 58 and libavcodec 58. */
export const MEDIA_STRUCTS_58: MediaStructs = {
  ...SAME,
  AVFormatContext: {
    sizeof: null,
    fields: {
      ...FORMAT_CONTEXT_START,
      url: [1080, 8],
      start_time: [1088, 8],
      duration: [1096, 8],
      bit_rate: [1104, 8],
      flags: [1120, 4],
      probesize: [1128, 8],
      max_analyze_duration: [1136, 8],
      metadata: [1200, 8],
    },
  },
  AVStream: {
    sizeof: null,
    fields: {
      index: [0, 4],
      id: [4, 4],
      codecpar: [208, 8],
      time_base: [24, 8],
      start_time: [32, 8],
      duration: [40, 8],
      nb_frames: [48, 8],
      disposition: [56, 4],
      sample_aspect_ratio: [64, 8],
      metadata: [72, 8],
      avg_frame_rate: [80, 8],
    },
  },
  AVCodecParameters: CODEC_PARAMETERS_58,
  AVPacketSideData: { sizeof: 16, fields: { data: [0, 8], size: [8, 4], type: [12, 4] } },
};

/** 59. */
export const MEDIA_STRUCTS_59: MediaStructs = {
  ...SAME,
  AVFormatContext: FORMAT_CONTEXT_59,
  AVStream: {
    sizeof: null,
    fields: {
      index: [0, 4],
      id: [4, 4],
      codecpar: [208, 8],
      time_base: [16, 8],
      start_time: [24, 8],
      duration: [32, 8],
      nb_frames: [40, 8],
      disposition: [48, 4],
      sample_aspect_ratio: [56, 8],
      metadata: [64, 8],
      avg_frame_rate: [72, 8],
    },
  },
  AVCodecParameters: CODEC_PARAMETERS_58,
  AVPacketSideData: SIDE_DATA_59,
};

/** 60. */
export const MEDIA_STRUCTS_60: MediaStructs = { ...MEDIA_STRUCTS_59, AVStream: STREAM_60 };

/** 61 and 62. */
export const MEDIA_STRUCTS_61: MediaStructs = {
  ...SAME,
  AVFormatContext: {
    sizeof: null,
    fields: {
      ...FORMAT_CONTEXT_START,
      url: [88, 8],
      start_time: [96, 8],
      duration: [104, 8],
      bit_rate: [112, 8],
      flags: [128, 4],
      probesize: [136, 8],
      max_analyze_duration: [144, 8],
      metadata: [192, 8],
    },
  },
  AVStream: STREAM_60,
  AVCodecParameters: {
    sizeof: null,
    fields: {
      ...CODEC_PARAMETERS_START,
      format: [44, 4],
      bit_rate: [48, 8],
      profile: [64, 4],
      level: [68, 4],
      width: [72, 4],
      height: [76, 4],
      sample_aspect_ratio: [80, 8],
      channels: [132, 4],
      sample_rate: [152, 4],
      frame_size: [160, 4],
    },
  },
  AVPacketSideData: SIDE_DATA_59,
};
