import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import type { GstreamerRules, ImageLayout, PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { GSTREAMER_FORMATS } from "./gstreamer_twins.ts";
import { imageLayout } from "./layout.ts";
import { FORMAT_RECORDS } from "./record.ts";
import { ffmpeg, gstreamer } from "./rules.ts";
import type { GstreamerVector } from "./testdata/gstreamer_layout.gen.ts";
import { GSTREAMER_VECTORS } from "./testdata/gstreamer_layout.gen.ts";

/** Newer than the library that answered the vectors. */
const NEWER = new Set(["GRAY10_LE16"]);

const twins = Object.entries(GSTREAMER_FORMATS) as [PixelFormatName, string][];

function rulesOf(alignment: GstreamerVector[2]): GstreamerRules {
  if (alignment === 0) return gstreamer();
  const [paddingTop, paddingBottom, paddingLeft, paddingRight, ...strideAlign] = alignment;
  return gstreamer({
    paddingTop: paddingTop!,
    paddingBottom: paddingBottom!,
    paddingLeft: paddingLeft!,
    paddingRight: paddingRight!,
    strideAlign: strideAlign as unknown as readonly [number, number, number, number],
  });
}

/** A layout as the vectors write it: size, offsets, strides. */
function vectorOf({ planes, size }: ImageLayout): readonly number[] {
  return [size, ...planes.map((plane) => plane.offset), ...planes.map((plane) => plane.linesize)];
}

describe("gstreamer()", () => {
  for (const [format, name] of twins) {
    if (NEWER.has(name)) continue;
    it(`lays ${format} out as the library laid ${name} out`, () => {
      for (const [width, height, alignment, expected] of GSTREAMER_VECTORS[name]!) {
        const id = `${format} ${width}x${height} ${alignment}`;
        if (expected === 0) {
          const layOut = () => imageLayout(format, width, height, rulesOf(alignment));
          assertEquals(assertThrows(layOut, MediaError, "less than").code, "EINVAL", id);
        } else {
          assertEquals(vectorOf(imageLayout(format, width, height, rulesOf(alignment))), expected, id);
        }
      }
    });
  }

  it("has the strides of FFmpeg's align 4, and its offsets too where no plane is rounded up to even rows", () => {
    for (const [format] of twins) {
      for (const width of [1, 2, 15, 16, 17, 99, 321]) {
        const gst = imageLayout(format, width, 50, gstreamer());
        const packed = imageLayout(format, width, 50, ffmpeg(4));
        assertEquals(gst.size, packed.size);
        assertEquals(gst.planes.map((plane) => plane.offset), packed.planes.map((plane) => plane.offset));
        if (format !== "pal8") assertEquals(gst.planes, packed.planes);
      }
    }
  });

  it("adds rows to odd heights of 4:2:0 and of planar 4:2:2 above 8 bits only", () => {
    const extra = (format: PixelFormatName): number =>
      imageLayout(format, 321, 241, gstreamer()).size - imageLayout(format, 321, 241, ffmpeg(4)).size;
    assertEquals([extra("yuv420p"), extra("nv12"), extra("yuva420p"), extra("p010le")], [324, 324, 648, 644]);
    assertEquals([extra("yuv422p10le"), extra("yuva422p10le")], [644 + 648, 2 * 644 + 648]);
    assertEquals([extra("yuv422p"), extra("nv16"), extra("yuv410p"), extra("rgb24"), extra("gray")], [
      0,
      0,
      0,
      0,
      0,
    ]);
  });

  it("overshoots as the library does where it widens a picture", () => {
    const strides = (width: number, alignment: Parameters<typeof gstreamer>[0]): readonly number[] =>
      imageLayout("yuv420p", width, 2, gstreamer(alignment)).planes.map((plane) => plane.linesize);
    assertEquals(strides(320, { strideAlign: [127, 127, 127, 127] }), [512, 256, 256]);
    const padded = imageLayout(
      "yuv420p",
      321,
      2,
      gstreamer({ paddingLeft: 2, strideAlign: [15, 15, 15, 15] }),
    );
    assertEquals(padded.planes.map((plane) => plane.offset % 16), [0, 0, 0]);
    assertEquals(padded.planes[0]!.offset, 32);
  });

  it("refuses an odd padding that would push chroma into its neighbour, which the library lets pass", () => {
    const odd = { paddingTop: 1, paddingLeft: 3 };
    const error = assertThrows(
      () => imageLayout("yuv420p", 5, 3, gstreamer(odd)),
      MediaError,
      "multiples of 2 and 2",
    );
    assertEquals(error.code, "EINVAL");
    for (const alone of [{ paddingTop: 1 }, { paddingLeft: 3 }]) {
      assertThrows(() => imageLayout("yuv420p", 5, 3, gstreamer(alone)), MediaError, "multiples of 2 and 2");
    }
    assertEquals(imageLayout("yuv444p", 5, 3, gstreamer(odd)).planes[0]!.offset, 8 + 3);
    assertEquals(imageLayout("yuv420p", 4, 3, gstreamer({ paddingLeft: 3 })).planes[1]!.offset, 8 * 4 + 2);
  });

  it("refuses what would not fit an int, where the library wraps around", () => {
    const error = assertThrows(
      () => imageLayout("gray", 2147483647, 1, gstreamer()),
      MediaError,
      "rows beyond an int",
    );
    assertEquals([error.code, error.op], ["EINVAL", "gst_video_info_set_format"]);
    assertThrows(() => imageLayout("gray", 1, 1, gstreamer({ paddingLeft: 2147483647 })), MediaError);
    assertThrows(
      () => imageLayout("gray", 1, 1, gstreamer({ paddingLeft: 1, strideAlign: [4294967295, 0, 0, 0] })),
      MediaError,
    );
  });

  it("has no layout for formats without a twin, and says so", () => {
    for (const { name } of FORMAT_RECORDS) {
      if (name in GSTREAMER_FORMATS) continue;
      const error = assertThrows(
        () => imageLayout(name, 16, 16, gstreamer()),
        MediaError,
        "GStreamer has no format",
      );
      assertEquals(error.code, "ENOSYS", name);
    }
  });
});

describe("GSTREAMER_FORMATS", () => {
  it("names pixel formats that exist", () => {
    const names = new Set<string>(FORMAT_RECORDS.map((record) => record.name));
    for (const [format] of twins) assert(names.has(format), format);
  });

  it("has vectors for every format but the newest", () => {
    assertEquals(
      twins.filter(([, name]) => GSTREAMER_VECTORS[name] === undefined).map(([, name]) => name),
      [...NEWER],
    );
  });
});
