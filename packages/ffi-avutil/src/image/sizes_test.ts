import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError, type PixelFormatName } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { testedAvutil } from "../tested_avutil.ts";

const { image, missing } = testedAvutil();
const it = itUnless(missing);

const unlimited = Number.MAX_SAFE_INTEGER;

/** The code of the error, the name of its class where it has none, or "fine". */
function outcome(call: () => unknown): string {
  try {
    call();
    return "fine";
  } catch (error) {
    return error instanceof MediaError ? error.code : (error as Error).name;
  }
}

describe("bufferSize() of libavutil", () => {
  it("gives the numbers of FFmpeg's documentation", () => {
    assertEquals(image.bufferSize("yuv420p", 300, 300, 1), 135000);
    assertEquals(image.bufferSize("yuv420p", 300, 300, 16), 139200);
  });

  it("rounds chroma of odd sizes up and counts a palette", () => {
    assertEquals(image.bufferSize("yuv420p", 17, 13, 1), 17 * 13 + 2 * 9 * 7);
    assertEquals(image.bufferSize("pal8", 17, 13, 1), 17 * 13 + 1024);
    assertEquals(image.bufferSize("monow", 17, 13, 1), 3 * 13);
  });

  it("refuses what C refuses, with C's number", () => {
    for (const [width, height] of [[0, 1], [1, 0], [-1, 5], [65536, 65536], [2147483647, 1]] as const) {
      const error = assertThrows(
        () => image.bufferSize("rgba", width, height, 1),
        MediaError,
        `${width}x${height}`,
      );
      assertEquals([error.code, error.averror, error.op], ["EINVAL", -22, "av_image_get_buffer_size"]);
    }
    assertEquals(outcome(() => image.bufferSize("cuda", 64, 64, 1)), "EINVAL");
  });

  it("refuses what C would not see as it is", () => {
    assertEquals(outcome(() => image.bufferSize("rgba", 0.5, 1, 1)), "TypeError");
    assertEquals(outcome(() => image.bufferSize("rgba", 1, NaN, 1)), "TypeError");
    assertEquals(outcome(() => image.bufferSize("rgba", 1, 1, "1" as unknown as number)), "TypeError");
    assertEquals(outcome(() => image.bufferSize("rgba", 2 ** 31, 1, 1)), "EINVAL");
    assertEquals(outcome(() => image.bufferSize("rgba", 1, 1, 2 ** 32 + 1)), "EINVAL");
    assertEquals(outcome(() => image.bufferSize("yuv420q" as PixelFormatName, 1, 1, 1)), "EINVAL");
    assertEquals(outcome(() => image.bufferSize(0 as unknown as PixelFormatName, 1, 1, 1)), "TypeError");
  });
});

describe("linesize() of libavutil", () => {
  it("gives the numbers of FFmpeg's documentation, and odd ones", () => {
    assertEquals(image.linesize("uyvy422", 300, 0), 600);
    assertEquals(image.linesize("uyvy422", 17, 0), 36);
    assertEquals([0, 1, 2, 3].map((plane) => image.linesize("yuv420p", 17, plane)), [17, 9, 9, 0]);
  });

  it("refuses a plane that C would index out of its array", () => {
    for (const plane of [-1, 4, 2147483647, -2147483648]) {
      assertEquals(outcome(() => image.linesize("yuv420p", 17, plane)), "EINVAL", String(plane));
    }
  });

  it("refuses widths whose rows wrap around", () => {
    assertEquals(outcome(() => image.linesize("yuv420p", 2147483647, 1)), "EINVAL");
    assertEquals(outcome(() => image.linesize("monow", 2147483647, 0)), "EINVAL");
    assertEquals(outcome(() => image.linesize("rgba", -1, 0)), "EINVAL");
  });
});

describe("linesizes() of libavutil", () => {
  it("gives all planes at once", () => {
    assertEquals(image.linesizes("yuv420p", 300), [300, 150, 150, 0]);
    assertEquals(image.linesizes("nv12", 17), [17, 18, 0, 0]);
    assertEquals(image.linesizes("pal8", 17), [17, 0, 0, 0]);
  });

  it("refuses device formats", () => {
    const error = assertThrows(() => image.linesizes("vulkan", 17), MediaError, "vulkan 17 wide");
    assertEquals([error.code, error.op], ["EINVAL", "av_image_fill_linesizes"]);
  });
});

describe("fillMaxPixsteps() of libavutil", () => {
  it("gives the numbers of FFmpeg's documentation", () => {
    assertEquals(image.fillMaxPixsteps("yuv420p").maxPixsteps, [1, 1, 1, 0]);
    assertEquals(image.fillMaxPixsteps("rgba").maxPixsteps, [4, 0, 0, 0]);
    assertEquals(image.fillMaxPixsteps("yuv420p").maxPixstepComps, [0, 1, 2, 0]);
    assertEquals(image.fillMaxPixsteps("cuda").maxPixsteps, [0, 0, 0, 0]);
  });
});

describe("checkSize() of libavutil", () => {
  it("stands on either side of the limit", () => {
    assertEquals(
      [16255, 16256].map((side) => outcome(() => image.checkSize(side, side))),
      ["fine", "EINVAL"],
    );
    assertEquals([0, 4294967295].map((side) => outcome(() => image.checkSize(side, 1))), [
      "EINVAL",
      "EINVAL",
    ]);
    assertEquals([-1, 2 ** 32].map((side) => outcome(() => image.checkSize(1, side))), ["EINVAL", "EINVAL"]);
    assertEquals(outcome(() => image.checkSize(1.5, 1)), "TypeError");
  });
});

describe("checkSize2() of libavutil", () => {
  it("counts bytes of the format and pixels of the budget", () => {
    assertEquals(
      [22978, 22979].map((side) => outcome(() => image.checkSize2(side, side, unlimited, "rgba"))),
      ["fine", "EINVAL"],
    );
    assertEquals(
      [15, 14].map((pixels) => outcome(() => image.checkSize2(5, 3, pixels, "yuv420p"))),
      ["fine", "EINVAL"],
    );
    assertEquals(outcome(() => image.checkSize2(5, 3, unlimited, null)), "fine");
    assertEquals(outcome(() => image.checkSize2(5, 3, 0.5, null)), "TypeError");
  });
});

describe("checkSar() of libavutil", () => {
  it("passes both ints of the ratio by value", () => {
    const of = (num: number, den: number): string => outcome(() => image.checkSar(16, 16, num, den));
    assertEquals([of(1, 16), of(1, 17), of(16, 1), of(17, 1)], ["fine", "EINVAL", "fine", "EINVAL"]);
    assertEquals([of(0, 1), of(1, 0), of(-1, 1), of(1, -1)], ["fine", "EINVAL", "EINVAL", "EINVAL"]);
    assertEquals([of(2147483647, 2147483647), of(2 ** 31, 1), of(0.5, 1)], ["fine", "EINVAL", "TypeError"]);
  });
});
