import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { type AvutilBackend, loadAvutil } from "@mediamem/ffi-avutil";
import { cString } from "@mediamem/ffi";
import type { Frame } from "@mediamem/interface";
import type { Demuxer } from "../media/demuxer.ts";
import type { Packet } from "../media/packet.ts";
import { missingMedia, temporaryPath } from "../media/tested_media.ts";
import { libraryOf } from "../library.ts";
import { testedAvformat } from "../tested_avformat.ts";
import type { AudioFrame } from "./audio_frame.ts";
import { codecLibraryOf } from "./codec_library.ts";

let encoders: string | undefined;
let avutil: AvutilBackend | undefined;

/** The libavutil of the tests. */
export function testedAvutil(): AvutilBackend {
  return avutil ??= loadAvutil();
}

/** Why media of an encoder cannot be made and looked at here; null where they can. */
export function missingEncoder(name: string): string | null {
  const missing = missingMedia();
  if (missing !== null) return missing;
  encoders ??= spawnSync("ffmpeg", ["-hide_banner", "-encoders"], { encoding: "utf8" }).stdout;
  return encoders.includes(` ${name} `) ? null : `ffmpeg has no encoder ${name}`;
}

/** Why the tested libavcodec cannot encode; null where it can. Some are built without any encoder. */
export function missingEncoders(): string | null {
  const { avformat, missing } = testedAvformat();
  if (missing !== null) return missing;
  const { symbols } = codecLibraryOf(libraryOf("test", avformat));
  const wanted = ["mpeg4", "ffv1", "png", "rawvideo", "aac", "flac", "pcm_s16le"];
  const lacked = wanted.find((name) => symbols.avcodec_find_encoder_by_name(cString(name)) === 0);
  return lacked === undefined ? null : `libavcodec has no encoder ${lacked}`;
}

/** Why what is rounded cannot be compared with the `ffmpeg` command: it is of another release; null where it can. */
export function otherRelease(): string | null {
  const { major, missing } = testedAvformat();
  if (missing !== null) return missing;
  const { stdout } = spawnSync("ffmpeg", ["-version"], { encoding: "utf8" });
  const found = /libavformat +(\d+)/.exec(stdout ?? "")?.[1];
  return Number(found) === major ? null : "the ffmpeg command is of another release";
}

/** Runs `ffmpeg`; gives what it writes to its output. */
export function ffmpeg(...args: string[]): Uint8Array {
  return execFileSync("ffmpeg", ["-v", "error", "-y", ...args], { maxBuffer: 1 << 28 });
}

/** Makes a file with a moving picture; gives its path. */
export function makeVideo(name: string, size: string, frames: number, args: readonly string[]): string {
  const path = temporaryPath(name);
  const input = ["-f", "lavfi", "-i", `testsrc=size=${size}:rate=25`, "-frames:v", String(frames)];
  ffmpeg(...input, ...args, path);
  return path;
}

/** Makes a file with a tone in two channels; gives its path. */
export function makeAudio(name: string, args: readonly string[]): string {
  const path = temporaryPath(name);
  ffmpeg("-f", "lavfi", "-i", "sine=frequency=440:duration=1", "-ac", "2", ...args, path);
  return path;
}

/** The hash of each picture of a file, as `ffmpeg` decodes it. */
export function framesByFfmpeg(path: string): string[] {
  const args = ["-i", path, "-map", "0:v", "-fps_mode", "passthrough", "-f", "framemd5", "-"];
  const lines = new TextDecoder().decode(ffmpeg(...args)).split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) =>
    line.slice(line.lastIndexOf(" ") + 1)
  );
}

/** The picture of a frame without padding. */
export function packed(frame: Frame): Uint8Array<ArrayBuffer> {
  const { image } = testedAvutil();
  const { width, height } = frame;
  const format = frame.format!;
  const bytes = new Uint8Array(image.bufferSize(format, width, height, 1));
  image.copyToBuffer(bytes, frame.planes, format, width, height, 1);
  return bytes;
}

/** The hash of the picture of a frame. */
export function hashOf(frame: Frame): string {
  return createHash("md5").update(packed(frame)).digest("hex");
}

/** The samples of a frame, the channels in turn. */
export function interleaved(frame: AudioFrame): Uint8Array {
  const { planes, samples, channels } = frame;
  const first = planes[0]!;
  if (planes.length === 1) return new Uint8Array(first.buffer.slice(0));
  const size = first.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(samples * channels * size);
  for (const [channel, plane] of planes.entries()) {
    const source = new Uint8Array(plane.buffer);
    for (let i = 0; i < samples; i++) {
      bytes.set(source.subarray(i * size, (i + 1) * size), (i * channels + channel) * size);
    }
  }
  return bytes;
}

/** Decodes the first stream of a file: calls `use` with every frame that `decode` gives for its packets. */
export function eachFrame<F extends Disposable>(
  demuxer: Demuxer,
  decode: (packet: Packet | null) => Iterable<F>,
  use: (frame: F) => void,
): void {
  for (const packet of demuxer.packets()) {
    using _packet = packet;
    if (packet.streamIndex !== 0) continue;
    for (using frame of decode(packet)) use(frame);
  }
  for (using frame of decode(null)) use(frame);
}
