import { cString, getPointer, memory, pointerArray } from "@mediamem/ffi";
import { type StructReader, withStruct } from "@mediamem/ffi-avutil/native";
import { MediaError } from "@mediamem/interface";
import type { AvformatLibrary } from "./library.ts";

const NO_TIMESTAMP = -(2n ** 63n);
/** `AV_OPT_SEARCH_FAKE_OBJ`: the object is a pointer to its class only. */
const FAKE_OBJECT = 2;

/**
 * Holds the ABI tables of the media structs against the libraries: options say where fields are, functions set what is read at the offset.
 *
 * A pointer found in a struct is followed only after it was seen to be right, and nothing is written before all that can be read agrees.
 * Throws `ABI_MISMATCH` at the first difference.
 */
export function checkMediaAbi(library: AvformatLibrary): void {
  try {
    checkFormatContext(library);
    checkPacket(library);
    checkCodecParameters(library);
  } catch (cause) {
    // What stands where a pointer should be can be no such thing at all.
    if (!(cause instanceof MediaError && (cause.code === "ERANGE" || cause.code === "EINVAL"))) throw cause;
    throw new MediaError("ABI_MISMATCH", `Cannot use ABI table ${library.abi.name}: ${cause.message}`, {
      op: cause.op,
      cause,
    });
  }
}

function expect({ abi }: AvformatLibrary, what: string, found: unknown, wanted: unknown): void {
  if (found === wanted) return;
  throw new MediaError(
    "ABI_MISMATCH",
    `Cannot use ABI table ${abi.name}: ${what} is ${found}, wanted ${wanted}`,
    { op: what },
  );
}

function made(op: string, address: number): number {
  if (address !== 0) return address;
  throw new MediaError("ENOMEM", `Cannot check the ABI: ${op} found no memory, wanted an object`, { op });
}

/** Where an option says that its field is; -1 where there is no such option. */
function optionOffset(
  { symbols, abi }: AvformatLibrary,
  object: number,
  name: string,
  flags: number,
): number {
  const option = symbols.av_opt_find(object, cString(name), 0, 0, flags);
  return option === 0 ? -1 : withStruct(abi.media.AVOption, option, (fields) => fields.i32("offset"));
}

function checkFormatContext(library: AvformatLibrary): void {
  const { symbols, abi } = library;
  const { AVFormatContext } = abi.media;
  const op = "avformat_alloc_context";
  const context = made(op, symbols.avformat_alloc_context());
  try {
    const { fields } = AVFormatContext;
    for (
      const [field, option, distance] of [
        ["flags", "fflags", 0],
        ["probesize", "probesize", 0],
        ["max_analyze_duration", "analyzeduration", 0],
        ["bit_rate", "packetsize", -8],
        ["duration", "packetsize", -16],
        ["start_time", "packetsize", -24],
        ["url", "packetsize", -32],
        ["metadata", "start_time_realtime", -8],
      ] as const
    ) {
      const place = optionOffset(library, context, option, 0);
      expect(library, `AVFormatContext.${field}`, fields[field][0], place + distance);
    }
    withStruct(AVFormatContext, context, (found) => {
      expect(library, "AVFormatContext.nb_streams", found.i32("nb_streams"), 0);
      expect(library, "AVFormatContext.pb", found.pointer("pb"), 0);
      expect(library, "AVFormatContext.iformat", found.pointer("iformat"), 0);
      expect(library, "AVFormatContext.oformat", found.pointer("oformat"), 0);
      const streams = [0, 1].map(() => made("avformat_new_stream", symbols.avformat_new_stream(context, 0)));
      expect(library, "AVFormatContext.nb_streams", found.i32("nb_streams"), 2);
      checkStreams(library, found, streams);
    });
  } finally {
    symbols.avformat_free_context(context);
  }
}

function checkStreams(
  library: AvformatLibrary,
  context: StructReader<"streams">,
  streams: readonly number[],
): void {
  const { symbols, abi } = library;
  const { AVStream } = abi.media;
  const first = memory(context.pointer("streams"), 16);
  for (const [i, stream] of streams.entries()) {
    expect(library, `AVFormatContext.streams[${i}]`, getPointer(first.data, 8 * i), stream);
    withStruct(AVStream, stream, (found) => {
      expect(library, "AVStream.index", found.i32("index"), i);
      expect(library, "AVStream.start_time", found.i64("start_time"), NO_TIMESTAMP);
      expect(library, "AVStream.duration", found.i64("duration"), NO_TIMESTAMP);
      expect(library, "AVStream.metadata", found.pointer("metadata"), 0);
      const parameters = memory(found.pointer("codecpar"), 8);
      expect(library, "AVStream.codecpar", parameters.data.getInt32(0, true), -1);
      expect(library, "AVStream.codecpar", parameters.data.getInt32(4, true), 0);
      parameters.revoke();
    });
  }
  first.revoke();
  if (symbols.av_stream_get_class === null) return;
  const cell = pointerArray(1);
  cell.set(0, symbols.av_stream_get_class());
  const disposition = optionOffset(library, cell.address, "disposition", FAKE_OBJECT);
  // Early ones of 59 have a class without options.
  if (disposition < 0) return;
  expect(library, "AVStream.disposition", AVStream.fields.disposition[0], disposition);
  expect(library, "AVStream.time_base", AVStream.fields.time_base[0], disposition - 32);
}

function checkPacket(library: AvformatLibrary): void {
  const { symbols, abi } = library;
  const { AVPacket, AVPacketSideData } = abi.media;
  const packet = made("av_packet_alloc", symbols.av_packet_alloc());
  try {
    withStruct(AVPacket, packet, (found) => {
      expect(library, "AVPacket.pts", found.i64("pts"), NO_TIMESTAMP);
      expect(library, "AVPacket.dts", found.i64("dts"), NO_TIMESTAMP);
      expect(library, "AVPacket.pos", found.i64("pos"), -1n);
      if (symbols.av_new_packet(packet, 10) < 0) made("av_new_packet", 0);
      expect(library, "AVPacket.size", found.i32("size"), 10);
      const buffer = memory(found.pointer("buf"), 16);
      expect(library, "AVPacket.data", getPointer(buffer.data, 8), found.pointer("data"));
      buffer.revoke();
      const data = made("av_packet_new_side_data", symbols.av_packet_new_side_data(packet, 2, 3));
      expect(library, "AVPacket.side_data_elems", found.i32("side_data_elems"), 1);
      withStruct(AVPacketSideData, found.pointer("side_data"), (side) => {
        expect(library, "AVPacketSideData.data", side.pointer("data"), data);
        expect(library, "AVPacketSideData.size", side.size("size"), 3);
        expect(library, "AVPacketSideData.type", side.i32("type"), 2);
      });
    });
  } finally {
    const cell = pointerArray(1);
    cell.set(0, packet);
    symbols.av_packet_free(cell.bytes);
  }
}

/** Lies at the same place in every version. */
const CODEC_CONTEXT_CODEC_TYPE = 12;

function checkCodecParameters(library: AvformatLibrary): void {
  const { symbols, abi } = library;
  const parameters = made("avcodec_parameters_alloc", symbols.avcodec_parameters_alloc());
  const context = made("avcodec_alloc_context3", symbols.avcodec_alloc_context3(0));
  const type = memory(context + CODEC_CONTEXT_CODEC_TYPE, 4);
  const nv12 = symbols.av_get_pix_fmt(cString("nv12"));
  const set = (name: string, value: string): void => {
    const answer = symbols.av_opt_set(context, cString(name), cString(value), 0);
    expect(library, `av_opt_set ${name}`, answer, 0);
  };
  try {
    withStruct(abi.media.AVCodecParameters, parameters, (found) => {
      expect(library, "AVCodecParameters.codec_type", found.i32("codec_type"), -1);
      expect(library, "AVCodecParameters.codec_id", found.i32("codec_id"), 0);
      expect(library, "AVCodecParameters.format", found.i32("format"), -1);
      expect(library, "AVCodecParameters.profile", found.i32("profile"), -99);
      expect(library, "AVCodecParameters.extradata", found.pointer("extradata"), 0);
      expect(library, "AVCodecParameters.extradata_size", found.i32("extradata_size"), 0);
      expect(library, "AVCodecContext.codec_type", type.data.getInt32(0, true), -1);
      type.data.setInt32(0, 0, true);
      set("video_size", "320x240");
      set("pixel_format", "nv12");
      set("b", "4321");
      set("level", "31");
      expect(library, "parameters", symbols.avcodec_parameters_from_context(parameters, context), 0);
      expect(library, "AVCodecParameters.codec_type", found.i32("codec_type"), 0);
      expect(library, "AVCodecParameters.width", found.i32("width"), 320);
      expect(library, "AVCodecParameters.height", found.i32("height"), 240);
      expect(library, "AVCodecParameters.format", found.i32("format"), nv12);
      expect(library, "AVCodecParameters.bit_rate", found.i64("bit_rate"), 4321n);
      expect(library, "AVCodecParameters.level", found.i32("level"), 31);
      type.data.setInt32(0, 1, true);
      set("ar", "44100");
      expect(library, "parameters", symbols.avcodec_parameters_from_context(parameters, context), 0);
      expect(library, "AVCodecParameters.sample_rate", found.i32("sample_rate"), 44100);
    });
  } finally {
    type.revoke();
    const cell = pointerArray(1);
    cell.set(0, parameters);
    symbols.avcodec_parameters_free(cell.bytes);
    cell.set(0, context);
    symbols.avcodec_free_context(cell.bytes);
  }
}
