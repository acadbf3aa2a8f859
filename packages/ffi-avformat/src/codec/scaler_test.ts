import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { type Frame, MediaError, type PixelFormatName, type Plane } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { writeFileSync } from "node:fs";
import { missingMedia, temporaryPath } from "../media/tested_media.ts";
import { testedAvformat } from "../tested_avformat.ts";
import { Scaler, type ScalerOptions } from "./scaler.ts";
import { ffmpeg, otherRelease, packed, testedAvutil } from "./tested_codecs.ts";

const { avformat, missing } = testedAvformat();

/** Why there is nothing to scale with; null where there is. */
function missingScaler(): string | null {
  if (missing !== null) return missing;
  try {
    Scaler.open(options(2, 2, "gray", 2, 2, "gray"))[Symbol.dispose]();
    return null;
  } catch (error) {
    if (!(error instanceof MediaError && error.code === "LIBRARY_MISSING")) throw error;
    return "there is no libswscale";
  }
}

function options(
  width: number,
  height: number,
  format: PixelFormatName,
  toWidth: number,
  toHeight: number,
  toFormat: PixelFormatName,
): ScalerOptions {
  return {
    from: { width, height, format },
    to: { width: toWidth, height: toHeight, format: toFormat },
    avformat,
    avutil: testedAvutil(),
  };
}

function frameOf(format: PixelFormatName, width: number, height: number): Frame {
  const frame = testedAvutil().frames.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  frame.getBuffer();
  return frame;
}

/** Planes without padding over one array. */
function planesOf(memory: Uint8Array, format: PixelFormatName, width: number, height: number): Plane[] {
  const { image } = testedAvutil();
  const start = 65536;
  const { data, linesizes } = image.fillArrays(format, width, height, 1, start);
  const count = image.countPlanes(format);
  return linesizes.slice(0, count).map((linesize, i) => ({ memory, offset: data[i]! - start, linesize }));
}

const it = itUnless(missingScaler());

describe("a scaler", () => {
  for (
    const [width, height, format, toWidth, toHeight, toFormat] of [
      [98, 34, "yuv420p", 55, 33, "rgb24"],
      [97, 33, "yuv420p", 97, 33, "rgb24"],
      [17, 5, "rgb24", 64, 48, "yuv422p"],
      [163, 99, "nv12", 81, 49, "gray"],
    ] as const
  ) {
    const words = `${format} ${width}x${height} to ${toFormat} ${toWidth}x${toHeight}`;
    itUnless(missingScaler() ?? missingMedia() ?? otherRelease())(
      `gives the pixels of ffmpeg for ${words}`,
      () => {
        const { image } = testedAvutil();
        const source = new Uint8Array(image.bufferSize(format, width, height, 1));
        source.forEach((_, i) => source[i] = (i * 7 + (i >> 5)) & 255);
        const path = temporaryPath("picture.raw");
        writeFileSync(path, source);
        const input = ["-f", "rawvideo", "-pix_fmt", format, "-s", `${width}x${height}`, "-i", path];
        const filter =
          `scale=${toWidth}:${toHeight}:flags=bicubic+accurate_rnd+full_chroma_int+bitexact,format=${toFormat}`;
        const wanted = ffmpeg(...input, "-vf", filter, "-f", "rawvideo", "-");
        const found = new Uint8Array(wanted.length);
        using scaler = Scaler.open({
          ...options(width, height, format, toWidth, toHeight, toFormat),
          exact: true,
        });
        scaler.scalePlanes(
          planesOf(source, format, width, height),
          planesOf(found, toFormat, toWidth, toHeight),
        );
        assertEquals(found, new Uint8Array(wanted));
        using src = frameOf(format, width, height);
        using dst = frameOf(toFormat, toWidth, toHeight);
        image.copyImage(src.planes, planesOf(source, format, width, height), format, width, height);
        scaler.scale(src, dst);
        assertEquals(packed(dst), new Uint8Array(wanted));
      },
    );
  }

  it("writes nothing behind the planes, and nothing at all where one is too small", () => {
    using scaler = Scaler.open(options(17, 5, "gray", 33, 7, "rgb24"));
    const guarded = new Uint8Array(33 * 3 * 7 + 64).fill(99);
    const dst = { memory: guarded.subarray(0, 33 * 3 * 7), offset: 0, linesize: 99 };
    const src = { memory: new Uint8Array(85).fill(255), offset: 0, linesize: 17 };
    scaler.scalePlanes([src], [dst]);
    assertEquals([guarded[0], guarded[692], guarded[693], guarded.at(-1)], [255, 255, 99, 99]);
    guarded.fill(99);
    const short = { ...dst, memory: guarded.subarray(0, 692) };
    assertEquals(assertThrows(() => scaler.scalePlanes([src], [short]), MediaError).code, "EINVAL");
    const narrow = { ...src, memory: new Uint8Array(84) };
    assertEquals(assertThrows(() => scaler.scalePlanes([narrow], [dst]), MediaError).code, "EINVAL");
    assertEquals(guarded.every((byte) => byte === 99), true);
  });

  it("refuses what it cannot do", () => {
    const codeOf = (call: () => unknown): string => assertThrows(call, MediaError).code;
    const shape = options(16, 8, "gray", 16, 8, "gray");
    assertEquals(codeOf(() => Scaler.open({ ...shape, from: { ...shape.from, width: 0 } })), "EINVAL");
    assertEquals(codeOf(() => Scaler.open({ ...shape, to: { ...shape.to, format: "pal8" } })), "EINVAL");
    assertThrows(() => Scaler.open({ ...shape, algorithm: "none" as "area" }), TypeError);
    const scaler = Scaler.open(shape);
    using src = frameOf("gray", 16, 8);
    using dst = frameOf("gray", 16, 8);
    using other = frameOf("gray", 17, 8);
    assertEquals(codeOf(() => scaler.scale(other, dst)), "EINVAL");
    assertEquals(codeOf(() => scaler.scale(src, other)), "EINVAL");
    assertEquals(codeOf(() => scaler.scale(src, src)), "OVERLAP");
    assertThrows(() => scaler.scale({ address: 4096 } as Frame, dst), TypeError);
    {
      using _shared = dst.clone();
      assertEquals(codeOf(() => scaler.scale(src, dst)), "LOCKED");
    }
    scaler.scale(src, dst);
    scaler[Symbol.dispose]();
    scaler[Symbol.dispose]();
    assertEquals(codeOf(() => scaler.scale(src, dst)), "USE_AFTER_FREE");
  });
});

describe("scalers, once everything was given back", () => {
  it("leave nothing", () => {
    assertEquals([avformat.ledger.live, avformat.ledger.bytes], [0, 0]);
    assertEquals([testedAvutil().ledger.live, testedAvutil().ledger.bytes], [0, 0]);
  });
});
