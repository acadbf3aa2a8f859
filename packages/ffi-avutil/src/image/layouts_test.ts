import process from "node:process";
import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { type AvutilMajor, MediaError, type RuleSet } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { testedAvutil } from "../tested_avutil.ts";

const { image, major, missing } = testedAvutil();
const it = itUnless(missing);

const packed: RuleSet = { name: "ffmpeg", align: 1 };
const frame: RuleSet = { name: "ffmpegFrame", align: 0 };

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("imageLayout() of libavutil", () => {
  it("lays arrays out", () => {
    const layout = image.imageLayout("yuv420p", 17, 13, { name: "ffmpeg", align: 8 });
    assertEquals([layout.format, layout.width, layout.height, layout.size], ["yuv420p", 17, 13, 536]);
    assertEquals(layout.planes, [
      { plane: 0, offset: 0, linesize: 24, rowBytes: 17, rows: 13, extent: 305 },
      { plane: 1, offset: 312, linesize: 16, rowBytes: 9, rows: 7, extent: 105 },
      { plane: 2, offset: 424, linesize: 16, rowBytes: 9, rows: 7, extent: 105 },
    ]);
  });

  it("gives the canonical name of the format and the rules that it was asked for", () => {
    const layout = image.imageLayout("gray8" as "gray", 3, 1, packed);
    assertEquals([layout.format, layout.rules], ["gray", packed]);
  });

  it("gives a palette plane 1", () => {
    for (const rules of [packed, frame]) {
      const [pixels, palette, ...others] = image.imageLayout("pal8", 17, 13, rules).planes;
      assertEquals([pixels!.rowBytes, pixels!.rows, others.length], [17, 13, 0]);
      const { linesize, rowBytes, rows, extent } = palette!;
      assertEquals([palette!.plane, linesize, rowBytes, rows, extent], [1, 0, 1024, 1, 1024]);
    }
  });

  it("lays frames out as av_frame_get_buffer does", () => {
    const { size, planes } = image.imageLayout("yuv420p", 100, 50, { name: "ffmpegFrame", align: 32 });
    assertEquals(planes.map(({ linesize, rowBytes, rows }) => [linesize, rowBytes, rows]), [
      [128, 100, 50],
      [64, 50, 25],
      [64, 50, 25],
    ]);
    // Planes are padded to 64 rows and kept apart; the last must still lie inside.
    assert(planes[1]!.offset >= 128 * 64);
    assert(planes[2]!.offset + planes[2]!.extent <= size);
  });

  it("gives the quoted numbers of a frame", () => {
    if (major < 57 || major > 58) return;
    const { size, planes } = image.imageLayout("yuv420p", 100, 50, frame);
    assertEquals([size, ...planes.map(({ offset }) => offset)], [12416, 0, 8224, 10304]);
  });

  it("frees the frames that it looks at", () => {
    const round = (count: number): void => {
      for (let i = 0; i < count; i++) image.imageLayout("yuv420p", 101, 51, frame);
    };
    round(2000);
    const before = process.memoryUsage().rss;
    round(10_000);
    const grown = process.memoryUsage().rss - before;
    assert(grown < 32 * 2 ** 20, `RSS grew by ${grown} bytes`);
  });

  it("answers for its own major only", () => {
    const own = major as AvutilMajor;
    const other = own === 60 ? 59 : 60;
    image.imageLayout("nv12", 17, 13, { name: "ffmpegFrame", align: 0, major: own });
    assertEquals(
      codeOf(() => image.imageLayout("nv12", 17, 13, { name: "ffmpegFrame", align: 0, major: other })),
      "ENOSYS",
    );
  });

  it("answers for its own build alignment only", () => {
    if (major < 59) return;
    const own = image.imageLayout("gray", 1, 1, frame).planes[0]!.linesize as 32 | 64;
    const other = own === 32 ? 64 : 32;
    image.imageLayout("gray", 3, 1, { name: "ffmpegFrame", align: 0, buildAlign: own });
    assertEquals(
      codeOf(() => image.imageLayout("gray", 3, 1, { name: "ffmpegFrame", align: 0, buildAlign: other })),
      "ENOSYS",
    );
  });

  it("has no other rule sets", () => {
    for (
      const rules of [{ name: "gstreamer" }, { name: "webcodecs" }, { name: "webgpu", align: 256 }] as const
    ) {
      assertEquals(codeOf(() => image.imageLayout("nv12", 17, 13, rules)), "ENOSYS", rules.name);
    }
    assertThrows(
      () => image.imageLayout("nv12", 17, 13, { name: "nosuch" } as unknown as RuleSet),
      TypeError,
    );
  });

  it("refuses what C refuses, in both rule sets", () => {
    for (const rules of [packed, frame]) {
      for (
        const [width, height] of [[0, 1], [1, 0], [-1, 1], [1, -1], [16256, 16256], [2 ** 31, 1]] as const
      ) {
        assertEquals(
          codeOf(() => image.imageLayout("nv12", width, height, rules)),
          "EINVAL",
          `${width}x${height}`,
        );
      }
      assertEquals(codeOf(() => image.imageLayout("cuda", 17, 13, rules)), "EINVAL");
      assertThrows(() => image.imageLayout("nv12", 0.5, 13, rules), TypeError);
    }
    for (const align of [3, -1]) {
      assertEquals(codeOf(() => image.imageLayout("nv12", 17, 13, { name: "ffmpeg", align })), "EINVAL");
      assertEquals(codeOf(() => image.imageLayout("nv12", 17, 13, { name: "ffmpegFrame", align })), "EINVAL");
    }
  });
});
