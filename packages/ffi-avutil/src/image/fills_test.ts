import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { type ColorRange, MediaError, type PerPlane, type Planes } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { testedAvutil } from "../tested_avutil.ts";

const { avutil, image, major, missing } = testedAvutil();
const it = itUnless(missing);
const colorful = missing === null &&
  (major > 58 || (major === 58 && Number(avutil.library.version.split(".")[1]) >= 33));
const itColorful = itUnless(missing ?? (colorful ? null : "libavutil is older than 58.33"));
const itColorless = itUnless(missing ?? (colorful ? "libavutil has av_image_fill_color" : null));

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

/** 3x3 yuv420p with a byte behind every row. */
function planes(fill = 1): Planes {
  return [[12, 4], [6, 3], [6, 3]].map(([length, linesize]) => ({
    memory: new Uint8Array(length!).fill(fill),
    offset: 0,
    linesize: linesize!,
  }));
}

function rows(dst: Planes): number[][] {
  return dst.map(({ memory }) => [...memory]);
}

describe("fillBlack() of libavutil", () => {
  it("paints the rows of each plane and leaves what is between", () => {
    const dst = planes();
    image.fillBlack(dst, "yuv420p", "tv", 3, 3);
    assertEquals(rows(dst), [
      [16, 16, 16, 1, 16, 16, 16, 1, 16, 16, 16, 1],
      [128, 128, 1, 128, 128, 1],
      [128, 128, 1, 128, 128, 1],
    ]);
    image.fillBlack(dst, "yuv420p", "pc", 3, 3);
    assertEquals(dst[0]!.memory[0], 0);
    image.fillBlack(dst, "yuv420p", "unspecified", 3, 3);
    assertEquals(dst[0]!.memory[0], 16);
  });

  it("paints bottom up", () => {
    const dst = [{ memory: new Uint8Array(9).fill(1), offset: 6, linesize: -3 }];
    image.fillBlack(dst, "rgb24", "pc", 1, 3);
    assertEquals(rows(dst), [[0, 0, 0, 0, 0, 0, 0, 0, 0]]);
  });

  it("only asks without planes", () => {
    image.fillBlack(null, "yuv420p", "tv", 3, 3);
    assertEquals(codeOf(() => image.fillBlack(null, "cuda", "tv", 3, 3)), "EINVAL");
    assertEquals(codeOf(() => image.fillBlack(null, "yuv420p", "tv", -1, 3)), "EINVAL");
  });

  it("paints nothing where there are no rows", () => {
    const dst = planes();
    for (const height of [0, -1, -2147483648]) image.fillBlack(dst, "yuv420p", "tv", 3, height);
    assertEquals(rows(dst), rows(planes()));
  });

  it("refuses planes that are too small, and paints nothing", () => {
    const dst = planes();
    assertEquals(codeOf(() => image.fillBlack(dst, "yuv420p", "tv", 3, 5)), "EINVAL");
    assertEquals(codeOf(() => image.fillBlack(dst, "yuv420p", "tv", 7, 3)), "EINVAL");
    const last = dst.map((plane, i) => i === 2 ? { ...plane, linesize: -3 } : plane);
    assertEquals(codeOf(() => image.fillBlack(last, "yuv420p", "tv", 3, 3)), "EINVAL");
    assertThrows(() => image.fillBlack(dst.slice(1), "yuv420p", "tv", 3, 3), TypeError, "dst[2]");
    assertEquals(rows(dst), rows(planes()));
  });

  it("refuses what is no range", () => {
    for (const range of ["jpeg", "toString", 2, undefined]) {
      assertThrows(() => image.fillBlack(null, "yuv420p", range as ColorRange, 3, 3), TypeError, "range");
    }
  });
});

describe("fillColor() of libavutil", () => {
  itColorful("paints one value per component", () => {
    const dst = planes();
    image.fillColor(dst, "yuv420p", [10, 20, 30, 0], 3, 3);
    assertEquals(rows(dst), [
      [10, 10, 10, 1, 10, 10, 10, 1, 10, 10, 10, 1],
      [20, 20, 1, 20, 20, 1],
      [30, 30, 1, 30, 30, 1],
    ]);
  });

  it("takes a range as a word and not as an array of one", () => {
    assertThrows(() => image.fillBlack(null, "gray", ["tv"] as never, 1, 1), TypeError, "range is Array");
  });

  itColorful("refuses what C refuses and what would kill the process", () => {
    assertEquals(codeOf(() => image.fillColor(null, "cuda", [0, 0, 0, 0], 3, 3)), "EINVAL");
    assertEquals(codeOf(() => image.fillColor(planes(), "yuv420p", [0, 0, 0, 0], 3, 5)), "EINVAL");
    assertEquals(codeOf(() => image.fillColor(null, "rgb24", [2 ** 32, 0, 0, 0], 3, 3)), "EINVAL");
    assertThrows(
      () => image.fillColor(null, "rgb24", [1, 2] as unknown as PerPlane, 3, 3),
      TypeError,
      "color",
    );
  });

  itColorless("names the version that it needs", () => {
    const error = assertThrows(
      () => image.fillColor(planes(), "yuv420p", [0, 0, 0, 0], 3, 3),
      MediaError,
      "58.33",
    );
    assertEquals([error.code, error.op, error.averror], ["ENOSYS", "av_image_fill_color", -38]);
  });
});
