import type { Struct } from "@mediamem/ffi-avutil/native";
import {
  MEDIA_STRUCTS_58,
  MEDIA_STRUCTS_59,
  MEDIA_STRUCTS_60,
  MEDIA_STRUCTS_61,
  type MediaStructs,
} from "./media_abi.ts";

/** The fields of `AVIOContext` that no function gives. */
export type IoContextField =
  | "buffer"
  | "buffer_size"
  | "buf_ptr"
  | "buf_end"
  | "pos"
  | "eof_reached"
  | "write_flag"
  | "max_packet_size"
  | "min_packet_size"
  | "error"
  | "seekable"
  | "direct"
  | "bytes_read"
  | "bytes_written"
  | "buf_ptr_max"
  | "write_data_type";

/**
 * Where one major of libavformat keeps the fields of `AVIOContext` and of the media structs, on a 64-bit machine whose `long` has 64 bits.
 *
 * `check_abi.ts` holds a table against the library before it is used.
 */
export interface AvformatAbi {
  /** `avformat-59`. */
  readonly name: string;
  readonly major: number;
  /** The major of libavutil that was released with it. */
  readonly avutil: number;
  /** `bytes_written` has no bytes in 58, which does not count. */
  readonly AVIOContext: Struct<IoContextField>;
  /** The structs of packets, streams and contexts. */
  readonly media: MediaStructs;
}

const COMMON = {
  buffer: [8, 8],
  buffer_size: [16, 4],
  buf_ptr: [24, 8],
  buf_end: [32, 8],
  pos: [72, 8],
  eof_reached: [80, 4],
  seekable: [144, 4],
} as const;

const FIELDS_58 = {
  ...COMMON,
  write_flag: [84, 4],
  max_packet_size: [88, 4],
  min_packet_size: [256, 4],
  error: [120, 4],
  direct: [160, 4],
  bytes_read: [168, 8],
  bytes_written: [0, 0],
  buf_ptr_max: [248, 8],
  write_data_type: [208, 8],
} as const;

const FIELDS_59 = {
  ...COMMON,
  write_flag: [88, 4],
  max_packet_size: [92, 4],
  min_packet_size: [96, 4],
  error: [84, 4],
  direct: [148, 4],
  bytes_read: [200, 8],
  bytes_written: [208, 8],
  buf_ptr_max: [192, 8],
  write_data_type: [168, 8],
} as const;

const FIELDS_60 = {
  ...COMMON,
  write_flag: [88, 4],
  max_packet_size: [92, 4],
  min_packet_size: [96, 4],
  error: [84, 4],
  direct: [148, 4],
  bytes_read: [192, 8],
  bytes_written: [200, 8],
  buf_ptr_max: [184, 8],
  write_data_type: [168, 8],
} as const;

/** The tables, oldest major first. */
export const AVFORMAT_ABIS: readonly AvformatAbi[] = [
  table(58, FIELDS_58, MEDIA_STRUCTS_58),
  table(59, FIELDS_59, MEDIA_STRUCTS_59),
  table(60, FIELDS_60, MEDIA_STRUCTS_60),
  table(61, FIELDS_60, MEDIA_STRUCTS_61),
  table(62, FIELDS_60, MEDIA_STRUCTS_61),
];

function table(
  major: number,
  fields: Struct<IoContextField>["fields"],
  media: MediaStructs,
): AvformatAbi {
  return {
    name: `avformat-${major}`,
    major,
    avutil: major - 2,
    AVIOContext: { sizeof: null, fields },
    media,
  };
}
