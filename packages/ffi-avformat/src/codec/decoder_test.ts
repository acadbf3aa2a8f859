import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { Demuxer } from "../media/demuxer.ts";
import { missingMedia } from "../media/tested_media.ts";
import { Packet } from "../media/packet.ts";
import { testedAvformat } from "../tested_avformat.ts";
import { Decoder, type DecoderOptions } from "./decoder.ts";
import type { CodecParameters } from "../media/codec_parameters.ts";
import {
  eachFrame,
  ffmpeg,
  framesByFfmpeg,
  hashOf,
  interleaved,
  makeAudio,
  makeVideo,
  missingEncoder,
  otherRelease,
  testedAvutil,
} from "./tested_codecs.ts";

const { avformat, missing } = testedAvformat();
const it = itUnless(missingMedia());

/** By encoder: the ending of the file and the arguments. */
const VIDEO: readonly (readonly [encoder: string, ending: string, size: string, args: readonly string[]])[] =
  [
    ["libx264", "mkv", "162x98", ["-pix_fmt", "yuv420p"]],
    ["libx264", "mkv", "163x99", ["-pix_fmt", "yuv444p"]],
    ["mpeg4", "avi", "162x98", []],
    ["mpeg4", "mp4", "163x99", ["-bf", "2"]],
    ["libvpx-vp9", "webm", "162x98", ["-deadline", "realtime", "-cpu-used", "8"]],
    ["libvpx-vp9", "webm", "163x99", ["-deadline", "realtime", "-cpu-used", "8"]],
    ["ffv1", "mkv", "162x98", ["-pix_fmt", "yuv420p10le"]],
    ["ffv1", "mkv", "163x99", ["-pix_fmt", "yuv422p"]],
    ["rawvideo", "avi", "162x98", ["-pix_fmt", "yuv420p"]],
    ["rawvideo", "nut", "163x99", ["-pix_fmt", "nv12"]],
    ["png", "mov", "162x98", []],
    ["png", "mov", "163x99", ["-pix_fmt", "gray16be"]],
    ["mjpeg", "avi", "163x99", []],
  ];

const AUDIO: readonly (readonly [encoder: string, ending: string, raw: string, args: readonly string[]])[] = [
  ["aac", "mp4", "f32le", []],
  ["pcm_s16le", "wav", "s16le", []],
  ["pcm_f64le", "mkv", "f64le", []],
  ["pcm_u8", "wav", "u8", []],
  ["flac", "flac", "s16le", []],
];

function decodeHashes(path: string, options: DecoderOptions = {}): string[] {
  const hashes: string[] = [];
  using demuxer = Demuxer.open(path, { avformat });
  using decoder = Decoder.open(demuxer.streams[0]!.parameters, { avutil: testedAvutil(), ...options });
  eachFrame(demuxer, (packet) => decoder.decode(packet), (frame) => void hashes.push(hashOf(frame)));
  return hashes;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

describe("a decoder of pictures", () => {
  for (const [encoder, ending, size, args] of VIDEO) {
    itUnless(missingEncoder(encoder))(`gives the frames of ffmpeg for ${encoder} ${size}`, () => {
      const path = makeVideo(`${encoder}-${size}.${ending}`, size, 12, ["-c:v", encoder, ...args]);
      const wanted = framesByFfmpeg(path);
      assertEquals(wanted.length, 12);
      assertEquals(decodeHashes(path), wanted);
      assertEquals(decodeHashes(path, { threads: 2 }), wanted);
      assertEquals(decodeHashes(path, { threads: 2, threadType: "slice" }), wanted);
    });
  }

  it("gives the one frame of a file with one", () => {
    const path = makeVideo("one.mkv", "163x99", 1, ["-c:v", "ffv1"]);
    assertEquals(decodeHashes(path), framesByFfmpeg(path));
  });

  it("gives frames that live on without it, and kills their views with them", () => {
    const path = makeVideo("kept.mkv", "163x99", 3, ["-c:v", "ffv1"]);
    using demuxer = Demuxer.open(path, { avformat });
    const decoder = Decoder.open(demuxer.streams[0]!.parameters, { avutil: testedAvutil() });
    using packet = demuxer.read()!;
    const [frame] = decoder.decode(packet);
    using kept = frame!;
    decoder[Symbol.dispose]();
    packet[Symbol.dispose]();
    assertEquals(hashOf(kept), framesByFfmpeg(path)[0]!);
    const { memory } = kept.planes[0]!;
    kept[Symbol.dispose]();
    assertEquals(memory.length, 0);
  });

  it("gives what an iteration left behind with the next call, and forgets it on flush", () => {
    const path = makeVideo("left.mp4", "162x98", 8, ["-c:v", "mpeg4", "-bf", "2"]);
    const wanted = framesByFfmpeg(path);
    const hashes: string[] = [];
    using demuxer = Demuxer.open(path, { avformat });
    using decoder = Decoder.open(demuxer.streams[0]!.parameters, { avutil: testedAvutil() });
    for (const packet of demuxer.packets()) {
      decoder.decode(packet);
      packet[Symbol.dispose]();
    }
    for (using frame of decoder.decode(null)) hashes.push(hashOf(frame));
    assertEquals(hashes, wanted);
    assertEquals(assertThrows(() => decoder.decode(null), MediaError).code, "EINVAL");
    decoder.flush();
    demuxer.seek(0);
    using again = demuxer.read()!;
    decoder.decode(again);
    assertEquals(
      [...decoder.decode(null)].map((frame) => {
        using _frame = frame;
        return hashOf(frame);
      }),
      [wanted[0]!],
    );
  });

  it("goes on after a packet of damaged data", () => {
    const path = makeVideo("damaged.mov", "163x99", 3, ["-c:v", "png"]);
    const wanted = framesByFfmpeg(path);
    const hashes: string[] = [];
    let failures = 0;
    using demuxer = Demuxer.open(path, { avformat });
    using decoder = Decoder.open(demuxer.streams[0]!.parameters, { avutil: testedAvutil() });
    for (const packet of demuxer.packets()) {
      using _packet = packet;
      if (failures === 0) {
        using bad = Packet.from(packet.data.subarray(20, 60), { avformat });
        const error = assertThrows(() => [...decoder.decode(bad)], MediaError);
        assertEquals([error.message.startsWith("Cannot decode png: found "), error.averror], [
          true,
          -1094995529,
        ]);
        failures++;
      }
      for (using frame of decoder.decode(packet)) hashes.push(hashOf(frame));
    }
    assertEquals(hashes, wanted);
  });
});

describe("a decoder of sound", () => {
  for (const [encoder, ending, raw, args] of AUDIO) {
    const reason = missingEncoder(encoder) ?? (encoder === "aac" ? otherRelease() : null);
    itUnless(reason)(`gives the samples of ffmpeg for ${encoder}`, () => {
      const path = makeAudio(`${encoder}.${ending}`, ["-c:a", encoder, ...args]);
      const wanted = ffmpeg("-i", path, "-f", raw, "-c:a", `pcm_${raw}`, "-");
      const parts: Uint8Array[] = [];
      using demuxer = Demuxer.open(path, { avformat });
      using decoder = Decoder.openAudio(demuxer.streams[0]!.parameters);
      eachFrame(demuxer, (packet) => decoder.decode(packet), (frame) => {
        assertEquals([frame.sampleRate, frame.channels], [44100, 2]);
        if (encoder === "aac") assertEquals(frame.channelLayout, "stereo");
        parts.push(interleaved(frame));
      });
      const found = concat(parts);
      assertEquals(found.length, wanted.length);
      assertEquals(found.every((byte, i) => byte === wanted[i]), true);
    });
  }
});

describe("a decoder, asked what it cannot do", () => {
  it("refuses it before C sees it", () => {
    const path = makeVideo("refused.mov", "163x99", 2, ["-c:v", "png"]);
    using demuxer = Demuxer.open(path, { avformat });
    const { parameters } = demuxer.streams[0]!;
    const avutil = testedAvutil();
    const codeOf = (call: () => unknown): string => assertThrows(call, MediaError).code;
    assertEquals(codeOf(() => Decoder.openAudio(parameters)), "EINVAL");
    assertEquals(codeOf(() => Decoder.open(parameters, { avutil, threads: 0 })), "EINVAL");
    assertEquals(codeOf(() => Decoder.open(parameters, { avutil, options: { nothing: "1" } })), "EINVAL");
    assertEquals(codeOf(() => Decoder.open(parameters, { avutil, decoder: "mpeg4" })), "EINVAL");
    assertEquals(codeOf(() => Decoder.open(parameters, { avutil, decoder: "nothing" })), "EINVAL");
    assertThrows(() => Decoder.open({} as CodecParameters, { avutil }), TypeError);
    assertThrows(() => Decoder.open(parameters, { avutil, threadType: "none" as "frame" }), TypeError);
    using decoder = Decoder.open(parameters, { avutil });
    using empty = Packet.from(new Uint8Array(0), { avformat });
    assertEquals(codeOf(() => decoder.decode(empty)), "EINVAL");
    assertThrows(() => decoder.decode({ address: 4096 } as Packet), TypeError);
    const packet = demuxer.read()!;
    packet[Symbol.dispose]();
    assertEquals(codeOf(() => decoder.decode(packet)), "USE_AFTER_FREE");
    using next = demuxer.read()!;
    const frames = decoder.decode(next);
    using _first = frames.next().value!;
    decoder[Symbol.dispose]();
    decoder[Symbol.dispose]();
    assertEquals(codeOf(() => frames.next()), "USE_AFTER_FREE");
    assertEquals(codeOf(() => decoder.decode(next)), "USE_AFTER_FREE");
    assertEquals(codeOf(() => decoder.flush()), "USE_AFTER_FREE");
  });
});

describe("decoders, once everything was given back", () => {
  itUnless(missing)("leave nothing", () => {
    assertEquals([avformat.ledger.live, avformat.ledger.bytes], [0, 0]);
    assertEquals([testedAvutil().ledger.live, testedAvutil().ledger.bytes], [0, 0]);
  });
});
