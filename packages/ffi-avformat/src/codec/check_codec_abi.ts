import { cString, memory, pointerArray } from "@mediamem/ffi";
import { withStruct } from "@mediamem/ffi-avutil/native";
import { MediaError } from "@mediamem/interface";
import { allocated } from "../media/failure.ts";
import { CodecParameters } from "../media/codec_parameters.ts";
import { Packet } from "../media/packet.ts";
import type { CodecLibrary } from "./codec_library.ts";

const NO_TIMESTAMP = -(2n ** 63n);
/** `AVMEDIA_TYPE_AUDIO`. */
const AUDIO = 1;

/**
 * Holds the table of codecs against the library: an option says where a field is, and a decoder of plain samples fills a frame that is then read.
 *
 * Throws `ABI_MISMATCH` at the first difference.
 */
export function checkCodecAbi(library: CodecLibrary): void {
  const { symbols, format, abi } = library;
  const name = cString("pcm_s16le");
  const codec = symbols.avcodec_find_decoder_by_name(name);
  const context = allocated("avcodec_alloc_context3", format.symbols.avcodec_alloc_context3(codec));
  const contextCell = pointerArray(1);
  contextCell.set(0, context);
  try {
    const option = format.symbols.av_opt_find(context, cString("pkt_timebase"), 0, 0, 0);
    const place = option === 0
      ? -1
      : withStruct(format.abi.media.AVOption, option, (fields) => fields.i32("offset"));
    const distance = format.abi.major < 61 ? -12 : 8;
    expect(library, "AVCodecContext.framerate", abi.AVCodecContext.fields.framerate[0], place + distance);
    checkFreshFrame(library);
    // A build without that decoder shows less.
    if (codec !== 0) checkDecoded(library, codec, context);
  } finally {
    format.symbols.avcodec_free_context(contextCell.bytes);
  }
}

function checkFreshFrame(library: CodecLibrary): void {
  const { symbols, abi } = library;
  const frame = pointerArray(1);
  frame.set(0, allocated("av_frame_alloc", symbols.av_frame_alloc()));
  try {
    withStruct(abi.AVFrame, frame.get(0), (fields) => {
      expect(library, "AVFrame.format", fields.i32("format"), -1);
      expect(library, "AVFrame.pts", fields.i64("pts"), NO_TIMESTAMP);
      expect(library, "AVFrame.best_effort_timestamp", fields.i64("best_effort_timestamp"), NO_TIMESTAMP);
      expect(library, "AVFrame.pict_type", fields.i32("pict_type"), 0);
      expect(library, "AVFrame.channels", fields.i32("channels"), 0);
      expect(library, "AVFrame.extended_data", fields.pointer("extended_data"), frame.get(0));
    });
  } finally {
    symbols.av_frame_free(frame.bytes);
  }
}

function checkDecoded(library: CodecLibrary, codec: number, context: number): void {
  const { symbols, format, abi } = library;
  const id = withStruct(abi.AVCodec, codec, (fields) => {
    expect(library, "AVCodec.type", fields.i32("type"), AUDIO);
    return fields.i32("id");
  });
  withStruct(abi.AVCodecContext, context, (fields) => {
    expect(library, "AVCodecContext.codec_type", fields.i32("codec_type"), AUDIO);
    expect(library, "AVCodecContext.codec_id", fields.i32("codec_id"), id);
  });
  using parameters = new CodecParameters(format);
  withStruct(format.abi.media.AVCodecParameters, parameters.address, (fields) => {
    fields.setI32("codec_type", AUDIO);
    fields.setI32("codec_id", id);
    fields.setI32("sample_rate", 44100);
    fields.setI32("channels", 2);
  });
  expect(library, "parameters", symbols.avcodec_parameters_to_context(context, parameters.address), 0);
  const options = pointerArray(1);
  expect(library, "avcodec_open2", symbols.avcodec_open2(context, codec, options.bytes), 0);
  using packet = Packet.allocate(format);
  expect(library, "av_new_packet", format.symbols.av_new_packet(packet.address, 12), 0);
  packet.pts = 77;
  expect(library, "avcodec_send_packet", symbols.avcodec_send_packet(context, packet.address), 0);
  const frame = pointerArray(1);
  frame.set(0, allocated("av_frame_alloc", symbols.av_frame_alloc()));
  try {
    withStruct(abi.AVFrame, frame.get(0), (fields) => {
      expect(library, "avcodec_receive_frame", symbols.avcodec_receive_frame(context, frame.get(0)), 0);
      expect(library, "AVFrame.nb_samples", fields.i32("nb_samples"), 3);
      expect(library, "AVFrame.format", fields.i32("format"), symbols.av_get_sample_fmt(cString("s16")));
      expect(library, "AVFrame.sample_rate", fields.i32("sample_rate"), 44100);
      expect(library, "AVFrame.channels", fields.i32("channels"), 2);
      expect(library, "AVFrame.pts", fields.i64("pts"), 77n);
      expect(library, "AVFrame.best_effort_timestamp", fields.i64("best_effort_timestamp"), 77n);
      const samples = memory(fields.pointer("data"), 12);
      expect(library, "AVFrame.data", samples.length, 12);
      samples.revoke();
    });
  } finally {
    symbols.av_frame_free(frame.bytes);
  }
}

function expect({ format }: CodecLibrary, what: string, found: unknown, wanted: unknown): void {
  if (found === wanted) return;
  throw new MediaError(
    "ABI_MISMATCH",
    `Cannot use ABI table ${format.abi.name}: ${what} is ${found}, wanted ${wanted}`,
    { op: what },
  );
}
