import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { type Frame, MediaError, type PixelFormatName } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { Demuxer } from "../media/demuxer.ts";
import { Muxer } from "../media/muxer.ts";
import { BytesSink, bytesSource } from "../media/tested_media.ts";
import { testedAvformat } from "../tested_avformat.ts";
import { AudioFrame } from "./audio_frame.ts";
import { Decoder } from "./decoder.ts";
import { Encoder } from "./encoder.ts";
import type { AudioEncoderOptions, VideoEncoderOptions } from "./encoder_options.ts";
import { eachFrame, hashOf, interleaved, missingEncoders, testedAvutil } from "./tested_codecs.ts";

const { avformat } = testedAvformat();
const it = itUnless(missingEncoders());

/** A picture whose bytes all differ from their neighbours; `align` for its rows. */
function picture(format: PixelFormatName, width: number, height: number, pts: number, align = 0): Frame {
  const frame = testedAvutil().frames.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  frame.pts = pts;
  frame.getBuffer(align);
  for (const { memory, offset, linesize } of frame.planes) {
    for (let row = 0; offset + row * linesize < memory.length; row++) {
      for (let x = 0; x < linesize && offset + row * linesize + x < memory.length; x++) {
        memory[offset + row * linesize + x] = (x * 3 + row * 5 + pts * 7) & 255;
      }
    }
  }
  return frame;
}

function options(codec: string, format: PixelFormatName, width: number, height: number): VideoEncoderOptions {
  return {
    codec,
    width,
    height,
    pixelFormat: format,
    timeBase: [1, 25],
    frameRate: [25, 1],
    avformat,
    avutil: testedAvutil(),
  };
}

/** Encodes pictures; gives a copy of each packet. */
function encodeAll(
  encoder: Encoder<Frame>,
  frames: number,
  shape: VideoEncoderOptions,
  align = 0,
): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let i = 0; i <= frames; i++) {
    using frame = i === frames ? null : picture(shape.pixelFormat, shape.width, shape.height, i, align);
    for (using packet of encoder.encode(frame)) found.push(packet.copy());
  }
  return found;
}

/** Encodes pictures and decodes them; gives the hashes of both. */
function roundTrip(shape: VideoEncoderOptions): [string[], string[], (number | null)[]] {
  const before: string[] = [];
  const after: string[] = [];
  const times: (number | null)[] = [];
  using encoder = Encoder.open(shape);
  using decoder = Decoder.open(encoder.parameters, { avutil: testedAvutil() });
  const see = (frame: Frame): void => {
    after.push(hashOf(frame));
    times.push(frame.pts);
  };
  for (let i = 0; i <= 5; i++) {
    using frame = i === 5 ? null : picture(shape.pixelFormat, shape.width, shape.height, i);
    if (frame !== null) before.push(hashOf(frame));
    for (using packet of encoder.encode(frame)) {
      for (using decoded of decoder.decode(packet)) see(decoded);
    }
  }
  for (using decoded of decoder.decode(null)) see(decoded);
  return [before, after, times];
}

describe("an encoder of pictures", () => {
  for (
    const [codec, format, width, height] of [
      ["ffv1", "yuv420p", 162, 98],
      ["ffv1", "yuv420p", 163, 99],
      ["ffv1", "gray16le", 17, 5],
      ["png", "rgb24", 162, 98],
      ["png", "rgba", 163, 99],
      ["rawvideo", "nv12", 163, 99],
    ] as const
  ) {
    it(`loses nothing with ${codec}, ${format} ${width}x${height}`, () => {
      const [before, after, times] = roundTrip(options(codec, format, width, height));
      assertEquals(after, before);
      assertEquals(times, [0, 1, 2, 3, 4]);
    });
  }

  it("makes as many frames as it was given with mpeg4, whatever the size and the threads", () => {
    for (const [width, height] of [[162, 98], [163, 99]] as const) {
      const shape = { ...options("mpeg4", "yuv420p", width, height), bitRate: 500_000, gopSize: 2 };
      const [before, after, times] = roundTrip({ ...shape, threads: 2, options: { bf: "1" } });
      assertEquals([after.length, times], [before.length, [0, 1, 2, 3, 4]]);
    }
  });

  it("makes the same packets of the same picture, however its rows are aligned", () => {
    for (const codec of ["mpeg4", "ffv1"]) {
      const shape = { ...options(codec, "yuv420p", 163, 99), options: { flags: "+bitexact" } };
      const all = [1, 16, 32, 64].map((align) => {
        using encoder = Encoder.open(shape);
        return encodeAll(encoder, 3, shape, align);
      });
      for (const found of all) assertEquals(found, all[0]!);
    }
  });

  it("takes the pictures of a decoder without their kinds", () => {
    const shape = { ...options("mpeg4", "yuv420p", 162, 98), gopSize: 1 };
    using first = Encoder.open(shape);
    using decoder = Decoder.open(first.parameters, { avutil: testedAvutil() });
    using second = Encoder.open({ ...shape, gopSize: 50 });
    const keyframes: boolean[] = [];
    for (let i = 0; i < 4; i++) {
      using frame = picture("yuv420p", 162, 98, i);
      for (using packet of first.encode(frame)) {
        for (using decoded of decoder.decode(packet)) {
          for (using again of second.encode(decoded)) keyframes.push(again.keyframe);
        }
      }
    }
    for (using again of second.encode(null)) keyframes.push(again.keyframe);
    assertEquals(keyframes.slice(0, 3), [true, false, false]);
  });

  it("gives a muxer what it needs: mp4 with the header in the parameters", () => {
    const sink = new BytesSink();
    {
      using encoder = Encoder.open({ ...options("mpeg4", "yuv420p", 163, 99), globalHeader: true });
      assertEquals(encoder.parameters.extradata.length > 0, true);
      using muxer = Muxer.open(sink, "mp4", { avformat });
      const index = muxer.addStream(encoder.parameters, encoder.timeBase);
      muxer.writeHeader();
      for (let i = 0; i <= 4; i++) {
        using frame = i === 4 ? null : picture("yuv420p", 163, 99, i);
        for (using packet of encoder.encode(frame)) muxer.write(packet, index);
      }
      muxer.writeTrailer();
    }
    using demuxer = Demuxer.open(bytesSource(sink.bytes), { avformat });
    using decoder = Decoder.open(demuxer.streams[0]!.parameters, { avutil: testedAvutil() });
    let frames = 0;
    eachFrame(demuxer, (packet) => decoder.decode(packet), ({ width, height }) => {
      assertEquals([width, height], [163, 99]);
      frames++;
    });
    assertEquals(frames, 4);
  });

  it("gives what an iteration left behind with the next call", () => {
    const shape = options("png", "rgb24", 17, 5);
    using encoder = Encoder.open(shape);
    for (let i = 0; i < 3; i++) {
      using frame = picture("rgb24", 17, 5, i);
      encoder.encode(frame);
    }
    assertEquals(
      [...encoder.encode(null)].map((packet) => {
        using _packet = packet;
        return packet.pts;
      }),
      [0, 1, 2],
    );
  });
});

describe("an encoder of sound", () => {
  const shapes: readonly AudioEncoderOptions[] = [
    { codec: "pcm_s16le", sampleFormat: "s16", sampleRate: 48000, channels: 2, avformat },
    { codec: "flac", sampleFormat: "s16", sampleRate: 44100, channels: 1, avformat },
    { codec: "aac", sampleFormat: "fltp", sampleRate: 48000, channels: 2, bitRate: 96_000, avformat },
  ];
  for (const shape of shapes) {
    it(`makes sound again with ${shape.codec}`, () => {
      using encoder = Encoder.openAudio(shape);
      using decoder = Decoder.openAudio(encoder.parameters);
      const samples = encoder.frameSize || 1000;
      const before: Uint8Array[] = [];
      const after: Uint8Array[] = [];
      let heard = 0;
      const see = (frame: AudioFrame): void => {
        heard += frame.samples;
        after.push(interleaved(frame));
      };
      for (let i = 0; i <= 4; i++) {
        using frame = i === 4 ? null : AudioFrame.alloc({ ...shape, samples, pts: i * samples });
        frame?.planes.forEach((plane, channel) => {
          for (let at = 0; at < plane.length; at++) plane[at] = Math.sin(at * (channel + 1)) * 0.5;
          if (plane instanceof Int16Array) plane.forEach((_, at) => plane[at] = at * 13);
        });
        if (frame !== null) before.push(interleaved(frame));
        for (using packet of encoder.encode(frame)) {
          for (using decoded of decoder.decode(packet)) see(decoded);
        }
      }
      for (using decoded of decoder.decode(null)) see(decoded);
      assertEquals(heard >= 4 * samples, true);
      if (shape.codec !== "aac") assertEquals(after, before);
    });
  }

  it("refuses frames of another kind", () => {
    const shape = shapes[2]!;
    using encoder = Encoder.openAudio(shape);
    const codeOf = (other: Partial<AudioEncoderOptions> & { samples: number }): string => {
      using frame = AudioFrame.alloc({ ...shape, ...other });
      return assertThrows(() => encoder.encode(frame), MediaError).code;
    };
    assertEquals(codeOf({ samples: 1025 }), "EINVAL");
    assertEquals(codeOf({ samples: 1024, channels: 1 }), "EINVAL");
    assertEquals(codeOf({ samples: 1024, sampleRate: 44100 }), "EINVAL");
    assertEquals(codeOf({ samples: 1024, sampleFormat: "flt" }), "EINVAL");
    assertThrows(() => encoder.encode({ address: 4096 } as AudioFrame), TypeError);
  });
});

describe("an encoder, asked what it cannot do", () => {
  const codeOf = (call: () => unknown): string => assertThrows(call, MediaError).code;

  it("refuses settings", () => {
    const shape = options("mpeg4", "yuv420p", 162, 98);
    assertEquals(codeOf(() => Encoder.open({ ...shape, codec: "nothing" })), "EINVAL");
    assertEquals(codeOf(() => Encoder.open({ ...shape, codec: "aac" })), "EINVAL");
    assertEquals(codeOf(() => Encoder.open({ ...shape, width: 0 })), "EINVAL");
    assertEquals(codeOf(() => Encoder.open({ ...shape, pixelFormat: "rgb24" })), "EINVAL");
    assertEquals(codeOf(() => Encoder.open({ ...shape, pixelFormat: "none" as PixelFormatName })), "EINVAL");
    assertEquals(codeOf(() => Encoder.open({ ...shape, timeBase: [0, 1] })), "EINVAL");
    assertEquals(codeOf(() => Encoder.open({ ...shape, threads: 65 })), "EINVAL");
    assertEquals(codeOf(() => Encoder.open({ ...shape, options: { nothing: "1" } })), "EINVAL");
    assertThrows(() => Encoder.open({ ...shape, codec: 1 as unknown as string }), TypeError);
  });

  it("refuses frames", () => {
    const shape = options("mpeg4", "yuv420p", 162, 98);
    const encoder = Encoder.open(shape);
    {
      using other = picture("yuv420p", 160, 98, 0);
      assertEquals(codeOf(() => encoder.encode(other)), "EINVAL");
      using another = picture("yuv422p", 162, 98, 0);
      assertEquals(codeOf(() => encoder.encode(another)), "EINVAL");
      using empty = testedAvutil().frames.alloc();
      assertEquals(codeOf(() => encoder.encode(empty)), "EINVAL");
      const gone = picture("yuv420p", 162, 98, 0);
      gone[Symbol.dispose]();
      assertEquals(codeOf(() => encoder.encode(gone)), "USE_AFTER_FREE");
      assertThrows(() => encoder.encode({ address: 4096, live: true } as Frame), TypeError);
    }
    using frame = picture("yuv420p", 162, 98, 0);
    for (const packet of encoder.encode(frame)) packet[Symbol.dispose]();
    for (const packet of encoder.encode(null)) packet[Symbol.dispose]();
    assertEquals(codeOf(() => encoder.encode(frame)), "EINVAL");
    const { parameters } = encoder;
    encoder[Symbol.dispose]();
    encoder[Symbol.dispose]();
    assertEquals(codeOf(() => encoder.encode(frame)), "USE_AFTER_FREE");
    assertEquals([parameters.live, encoder.live], [false, false]);
  });
});

describe("encoders, once everything was given back", () => {
  it("leave nothing", () => {
    assertEquals([avformat.ledger.live, avformat.ledger.bytes], [0, 0]);
    assertEquals([testedAvutil().ledger.live, testedAvutil().ledger.bytes], [0, 0]);
  });
});
