import type { AvutilMajor } from "@mediamem/interface";

/** Where a field lies in its struct, and how wide it is: offset and bytes. */
export type Field = readonly [offset: number, bytes: number];

/**
 * Where one major of libavutil keeps the fields that no function gives, on a 64-bit machine.
 *
 * Structs and fields have their C names, so that a test can ask the headers. `check_abi.ts` holds a table against the library
 * before it is used.
 */
export interface AvutilAbi {
  /** `avutil-57`. */
  readonly name: string;
  readonly major: AvutilMajor;
  readonly structs: {
    readonly AVComponentDescriptor: Struct<"plane" | "step" | "offset" | "shift" | "depth">;
    readonly AVPixFmtDescriptor: Struct<
      "name" | "nb_components" | "log2_chroma_w" | "log2_chroma_h" | "flags" | "comp" | "alias"
    >;
    readonly AVBufferRef: Struct<"buffer" | "data" | "size">;
    readonly AVFrame: Struct<
      | "data"
      | "linesize"
      | "extended_data"
      | "width"
      | "height"
      | "format"
      | "sample_aspect_ratio"
      | "pts"
      | "pkt_dts"
      | "best_effort_timestamp"
      | "buf"
      | "color_primaries"
      | "color_trc"
      | "colorspace"
    >;
  };
}

/** A struct: its fields, and its size where an array of it is walked (elsewhere it may grow within a major). */
export interface Struct<F extends string> {
  /** Bytes; null where no array of it is walked. */
  readonly sizeof: number | null;
  /** Where each field is. */
  readonly fields: Readonly<Record<F, Field>>;
}

const AV_COMPONENT_DESCRIPTOR_FIELDS = {
  plane: [0, 4],
  step: [4, 4],
  offset: [8, 4],
  shift: [12, 4],
  depth: [16, 4],
} as const;

const AV_FRAME_COMMON_FIELDS = {
  data: [0, 64],
  linesize: [64, 32],
  extended_data: [96, 8],
  width: [104, 4],
  height: [108, 4],
  format: [116, 4],
  pts: [136, 8],
} as const;

const AV_FRAME_57_FIELDS = {
  ...AV_FRAME_COMMON_FIELDS,
  sample_aspect_ratio: [128, 8],
  pkt_dts: [144, 8],
  best_effort_timestamp: [344, 8],
  buf: [224, 64],
  color_primaries: [324, 4],
  color_trc: [328, 4],
  colorspace: [332, 4],
} as const;

/** 56 still has three fields of older names at the end of every component. */
const STRUCTS_56: AvutilAbi["structs"] = {
  AVComponentDescriptor: { sizeof: 32, fields: AV_COMPONENT_DESCRIPTOR_FIELDS },
  AVPixFmtDescriptor: {
    sizeof: 160,
    fields: {
      name: [0, 8],
      nb_components: [8, 1],
      log2_chroma_w: [9, 1],
      log2_chroma_h: [10, 1],
      flags: [16, 8],
      comp: [24, 128],
      alias: [152, 8],
    },
  },
  AVBufferRef: { sizeof: null, fields: { buffer: [0, 8], data: [8, 8], size: [16, 4] } },
  AVFrame: {
    sizeof: null,
    fields: {
      ...AV_FRAME_COMMON_FIELDS,
      sample_aspect_ratio: [128, 8],
      pkt_dts: [152, 8],
      best_effort_timestamp: [408, 8],
      buf: [288, 64],
      color_primaries: [388, 4],
      color_trc: [392, 4],
      colorspace: [396, 4],
    },
  },
};

const STRUCTS_57: AvutilAbi["structs"] = {
  AVComponentDescriptor: { sizeof: 20, fields: AV_COMPONENT_DESCRIPTOR_FIELDS },
  AVPixFmtDescriptor: {
    sizeof: 112,
    fields: {
      name: [0, 8],
      nb_components: [8, 1],
      log2_chroma_w: [9, 1],
      log2_chroma_h: [10, 1],
      flags: [16, 8],
      comp: [24, 80],
      alias: [104, 8],
    },
  },
  AVBufferRef: { sizeof: null, fields: { buffer: [0, 8], data: [8, 8], size: [16, 8] } },
  AVFrame: { sizeof: null, fields: AV_FRAME_57_FIELDS },
};

const STRUCTS_59: AvutilAbi["structs"] = {
  ...STRUCTS_57,
  AVFrame: {
    sizeof: null,
    fields: {
      ...AV_FRAME_57_FIELDS,
      best_effort_timestamp: [320, 8],
      buf: [200, 64],
      color_primaries: [300, 4],
      color_trc: [304, 4],
      colorspace: [308, 4],
    },
  },
};

const STRUCTS_60: AvutilAbi["structs"] = {
  ...STRUCTS_57,
  AVFrame: {
    sizeof: null,
    fields: {
      ...AV_FRAME_57_FIELDS,
      sample_aspect_ratio: [124, 8],
      best_effort_timestamp: [304, 8],
      buf: [184, 64],
      color_primaries: [284, 4],
      color_trc: [288, 4],
      colorspace: [292, 4],
    },
  },
};

/** The tables, oldest major first. 58 keeps what we read where 57 has it. */
export const AVUTIL_ABIS: readonly AvutilAbi[] = [
  { name: "avutil-56", major: 56, structs: STRUCTS_56 },
  { name: "avutil-57", major: 57, structs: STRUCTS_57 },
  { name: "avutil-58", major: 58, structs: STRUCTS_57 },
  { name: "avutil-59", major: 59, structs: STRUCTS_59 },
  { name: "avutil-60", major: 60, structs: STRUCTS_60 },
];
