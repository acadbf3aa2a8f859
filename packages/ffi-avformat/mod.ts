/**
 * libavformat as a backend of mediamem: buffered reading and writing through callbacks, and media taken apart and put together, by the libraries
 * that the machine has.
 *
 * Runs on Deno (`--allow-ffi --allow-read --allow-env`) and Bun, with libavformat and libavcodec 58 to 62 (FFmpeg 4.x to 8.x) in 64-bit
 * processes.
 *
 * @module
 */
export {
  type AvformatBackend,
  type AvformatOptions,
  loadAvformat,
  sharedAvformat,
} from "./src/load_avformat.ts";
export { AudioFrame, type AudioFrameOptions, type Samples } from "./src/codec/audio_frame.ts";
export { Decoder, type DecoderOptions } from "./src/codec/decoder.ts";
export { Encoder } from "./src/codec/encoder.ts";
export type {
  AudioEncoderOptions,
  EncoderOptions,
  VideoEncoderOptions,
} from "./src/codec/encoder_options.ts";
export type { ThreadType } from "./src/codec/open_codec.ts";
export { type PictureShape, type ScaleAlgorithm, Scaler, type ScalerOptions } from "./src/codec/scaler.ts";
export { type CodecParameters, type MediaType } from "./src/media/codec_parameters.ts";
export { Demuxer, type DemuxerOptions, type SeekOptions } from "./src/media/demuxer.ts";
export type { IoEvent } from "./src/media/io_event.ts";
export { Muxer, type MuxerOptions, type MuxerStreamOptions } from "./src/media/muxer.ts";
export type { Rational } from "./src/media/numbers.ts";
export { Packet, type PacketFlag, type PacketOptions, type PacketSideData } from "./src/media/packet.ts";
export type { Disposition, MediaStream } from "./src/media/stream.ts";
