import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError, PIXEL_FORMAT_LOSS, type PixelFormatName } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { testedAvutil } from "../tested_avutil.ts";

const { image, missing } = testedAvutil();
const it = itUnless(missing);

const nosuch = "nosuch" as PixelFormatName;

describe("pixFmtLoss() of libavutil", () => {
  it("names what is lost", () => {
    assertEquals(image.pixFmtLoss("yuv420p", "yuv444p", false), PIXEL_FORMAT_LOSS.RESOLUTION);
    assertEquals(
      image.pixFmtLoss("gray", "yuv420p", false) & 63,
      PIXEL_FORMAT_LOSS.CHROMA | PIXEL_FORMAT_LOSS.COLORSPACE,
    );
    assertEquals(image.pixFmtLoss("rgb24", "rgba", true), PIXEL_FORMAT_LOSS.ALPHA);
    assertEquals(image.pixFmtLoss("rgb24", "rgba", false), 0);
  });

  it("answers with a negative number where C does", () => {
    assertEquals(image.pixFmtLoss("cuda", "cuda", true), -1);
    assertEquals(image.pixFmtLoss("cuda", "nv12", true), -2);
  });

  it("refuses unknown formats", () => {
    assertEquals(assertThrows(() => image.pixFmtLoss(nosuch, "nv12", true), MediaError).code, "EINVAL");
    assertEquals(assertThrows(() => image.pixFmtLoss("nv12", nosuch, true), MediaError).code, "EINVAL");
  });
});

describe("findBestPixFmtOf2() of libavutil", () => {
  it("takes the better one, and the first of equals", () => {
    assertEquals(image.findBestPixFmtOf2("gray", "yuv422p", "yuv444p", false), {
      format: "yuv422p",
      loss: PIXEL_FORMAT_LOSS.RESOLUTION,
    });
    assertEquals(image.findBestPixFmtOf2("bgr24", "rgb24", "rgba", false).format, "bgr24");
  });

  it("takes null for no format", () => {
    assertEquals(image.findBestPixFmtOf2(null, "nv12", "yuv420p", false).format, "nv12");
    assertEquals(image.findBestPixFmtOf2("nv12", null, "yuv420p", false).format, "nv12");
    assertEquals(image.findBestPixFmtOf2(null, null, "yuv420p", false).format, null);
  });

  it("refuses unknown formats and wrong masks", () => {
    assertThrows(() => image.findBestPixFmtOf2(nosuch, null, "nv12", false), MediaError);
    assertThrows(() => image.findBestPixFmtOf2("nv12", null, nosuch, false), MediaError);
    assertThrows(() => image.findBestPixFmtOf2("nv12", null, "nv12", false, 0.5), TypeError);
    assertThrows(() => image.findBestPixFmtOf2("nv12", null, "nv12", false, 2 ** 31), MediaError);
  });
});

describe("findBestPixFmtOfList() of libavutil", () => {
  it("takes the best of many", () => {
    const dsts = ["monow", "gray", "yuv420p", "yuv422p"] as const;
    assertEquals(image.findBestPixFmtOfList(dsts, "yuv422p10le", false).format, "yuv422p");
  });

  it("finds nothing in nothing", () => {
    assertEquals(image.findBestPixFmtOfList([], "yuv444p", false), { format: null, loss: -4 });
  });

  it("takes true or false for alpha and nothing that is like it", () => {
    for (const word of [1, 0, null, undefined, "x"] as never[]) {
      assertThrows(() => image.pixFmtLoss("gray", "rgba", word), TypeError, "hasAlpha is");
      assertThrows(() => image.findBestPixFmtOf2("gray", "nv12", "rgba", word), TypeError, "hasAlpha is");
      assertThrows(() => image.findBestPixFmtOfList(["gray"], "rgba", word), TypeError, "hasAlpha is");
    }
  });

  it("refuses what is no list of formats", () => {
    assertThrows(
      () => image.findBestPixFmtOfList(new Array(1), "nv12", false),
      TypeError,
      "format is undefined",
    );
    assertThrows(() => image.findBestPixFmtOfList("nv12" as never, "nv12", false), TypeError, "an array");
    assertThrows(() => image.findBestPixFmtOfList(["nv12", nosuch], "nv12", false), MediaError, "nosuch");
  });
});
