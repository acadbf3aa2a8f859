import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { loadAvformat } from "../load_avformat.ts";
import { testedAvformat } from "../tested_avformat.ts";
import { AudioFrame, type AudioFrameOptions } from "./audio_frame.ts";

const { avformat, missing } = testedAvformat();
const it = itUnless(missing);

const STEREO: AudioFrameOptions = {
  sampleFormat: "fltp",
  sampleRate: 48000,
  channels: 2,
  samples: 1024,
  pts: 7,
  avformat,
};

const KINDS = [
  ["u8", Uint8Array],
  ["s16", Int16Array],
  ["s32", Int32Array],
  ["s64", BigInt64Array],
  ["flt", Float32Array],
  ["dbl", Float64Array],
] as const;

describe("a frame of sound", () => {
  it("is what was asked for", () => {
    using frame = AudioFrame.alloc(STEREO);
    const { sampleFormat, sampleRate, channels, samples, channelLayout, pts, live, isWritable } = frame;
    assertEquals([sampleFormat, sampleRate, channels, samples], ["fltp", 48000, 2, 1024]);
    assertEquals([channelLayout, pts, live, isWritable], ["stereo", 7, true, true]);
    frame.pts = null;
    assertEquals(frame.pts, null);
    assertEquals([avformat.ledger.live, avformat.ledger.bytes], [1, 8192]);
  });

  for (const [name, Kind] of KINDS) {
    it(`shows ${name} as an array for each channel, or one for all`, () => {
      using planar = AudioFrame.alloc({ ...STEREO, sampleFormat: `${name}p`, samples: 3, channels: 5 });
      using together = AudioFrame.alloc({ ...STEREO, sampleFormat: name, samples: 3, channels: 5 });
      assertEquals(planar.planes.map((plane) => plane.length), [3, 3, 3, 3, 3]);
      assertEquals(together.planes.map((plane) => plane.length), [15]);
      assertEquals([planar.planes[4]!.constructor, together.planes[0]!.constructor], [Kind, Kind]);
      const last = planar.planes[4]!;
      if (last instanceof BigInt64Array) last.fill(1n);
      else last.fill(1);
      assertEquals(Number(planar.planes[4]![2]), 1);
    });
  }

  it("has more channels than there is room for in the struct itself", () => {
    using frame = AudioFrame.alloc({ ...STEREO, channels: 16, samples: 5 });
    frame.planes.forEach((plane, channel) => (plane as Float32Array).fill(channel));
    assertEquals(frame.planes.map((plane) => plane[4]), Array.from({ length: 16 }, (_, i) => i));
  });

  it("takes its views along", () => {
    const frame = AudioFrame.alloc(STEREO);
    const [left, right] = frame.planes;
    frame[Symbol.dispose]();
    frame[Symbol.dispose]();
    assertEquals([left!.length, right!.length, frame.live], [0, 0, false]);
    const codeOf = (call: () => unknown): string => assertThrows(call, MediaError).code;
    assertEquals(codeOf(() => frame.planes), "USE_AFTER_FREE");
    assertEquals(codeOf(() => frame.pts), "USE_AFTER_FREE");
    assertEquals(codeOf(() => frame.pts = 1), "USE_AFTER_FREE");
    assertEquals(codeOf(() => frame.address), "USE_AFTER_FREE");
  });

  it("refuses what is no sound, and changes nothing", () => {
    const codeOf = (options: Partial<AudioFrameOptions>): string =>
      assertThrows(() => AudioFrame.alloc({ ...STEREO, ...options }), MediaError).code;
    assertEquals(codeOf({ samples: 0 }), "EINVAL");
    assertEquals(codeOf({ channels: 0 }), "EINVAL");
    assertEquals(codeOf({ channels: 65 }), "EINVAL");
    assertEquals(codeOf({ sampleRate: -1 }), "EINVAL");
    assertEquals(codeOf({ sampleFormat: "nothing" }), "EINVAL");
    assertEquals(codeOf({ pts: 2 ** 60 }), "ERANGE");
    assertThrows(() => AudioFrame.alloc({ ...STEREO, sampleFormat: 8 as unknown as string }), TypeError);
    assertThrows(() => AudioFrame.alloc({ ...STEREO, samples: 1.5 }), TypeError);
    using small = loadAvformat({ limitBytes: 8191 });
    assertEquals(codeOf({ avformat: small }), "OVER_BUDGET");
    assertEquals([small.ledger.live, small.ledger.bytes], [0, 0]);
    assertEquals([avformat.ledger.live, avformat.ledger.bytes], [0, 0]);
  });
});
