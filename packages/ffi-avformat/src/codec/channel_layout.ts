import type { StructReader } from "@mediamem/ffi-avutil/native";
import type { CodecAbi } from "./codec_abi.ts";
import type { CodecLibrary } from "./codec_library.ts";

type Fields = StructReader<keyof CodecAbi["AVFrame"]["fields"]>;

/** The major of libavcodec from which frames have an `AVChannelLayout` only. */
const LAYOUT_MAJOR = 60;

const decoder = new TextDecoder();

/** Gives a frame the usual layout of a number of channels. */
export function setLayout(library: CodecLibrary, frame: number, fields: Fields, channels: number): void {
  const { symbols, abi, format } = library;
  if (format.abi.major >= LAYOUT_MAJOR) {
    symbols.av_channel_layout_default!(frame + abi.AVFrame.fields.layout[0], channels);
    return;
  }
  fields.setI32("channels", channels);
  fields.setI64("layout", symbols.av_get_default_channel_layout!(channels));
}

/** The name of a frame's layout: `stereo`. */
export function layoutName(library: CodecLibrary, frame: number, fields: Fields): string {
  const { symbols, abi, format } = library;
  const room = new Uint8Array(256);
  if (format.abi.major >= LAYOUT_MAJOR) {
    symbols.av_channel_layout_describe!(frame + abi.AVFrame.fields.layout[0], room, room.length);
  } else {
    const mask = BigInt.asUintN(64, fields.i64("layout"));
    symbols.av_get_channel_layout_string!(room, room.length, fields.i32("channels"), mask);
  }
  return decoder.decode(room.subarray(0, room.indexOf(0)));
}

/** The options of a context that give it the usual layout of a number of channels. */
export function channelSettings(
  { symbols, format }: CodecLibrary,
  channels: number,
): Readonly<Record<string, string>> {
  if (format.abi.major >= LAYOUT_MAJOR) return { ch_layout: `${channels}c` };
  const mask = symbols.av_get_default_channel_layout!(channels);
  return { ac: String(channels), ...(mask === 0n ? {} : { channel_layout: String(mask) }) };
}
