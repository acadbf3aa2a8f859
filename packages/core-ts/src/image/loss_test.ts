import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import {
  findBestPixFmtOf2,
  findBestPixFmtOfList,
  pixelFormat,
  pixelFormats,
  pixFmtLoss,
} from "@mediamem/core-ts/image";

/** Target, source, loss with alpha and without: what libavutil 59 says. */
const LOSSES: readonly (readonly [PixelFormatName, PixelFormatName, number, number])[] = [
  ["yuv420p", "yuv444p", 1, 1],
  ["yuv420p", "rgb24", 5, 5],
  ["gray", "yuv420p", 100, 100],
  ["pal8", "rgb24", 18, 18],
  ["rgb24", "rgba", 8, 0],
  ["yuv420p", "yuvj420p", 4, 4],
  ["yuvj420p", "yuv420p", 0, 0],
  ["yuv444p", "yuv420p", 64, 64],
  ["yuv420p10le", "yuv420p", 128, 128],
  ["rgb24", "yuv420p", 68, 68],
  ["pal8", "gray", 0, 0],
  ["pal8", "ya8", 18, 2],
  ["pal8", "pal8", 0, 0],
  ["rgb24", "pal8", 8, 0],
  ["xyz12le", "rgb48le", 6, 6],
  ["rgb24", "xyz12le", 6, 6],
  ["yuv420p", "yuv410p", 64, 64],
  ["gray", "ya8", 8, 0],
  ["rgb565le", "rgb24", 2, 2],
  ["yuvj420p", "gray", 1, 1],
  ["cuda", "cuda", -1, -1],
  ["cuda", "vaapi", -2, -2],
  ["cuda", "yuv420p", -2, -2],
  ["yuv420p", "cuda", -2, -2],
];

/** Two targets, source, alpha, mask, winner, loss: what libavutil 59 says. */
const CHOICES: readonly (readonly [
  PixelFormatName,
  PixelFormatName,
  PixelFormatName,
  boolean,
  number,
  PixelFormatName,
  number,
])[] = [
  ["rgb24", "yuv420p", "yuv422p", false, 0, "yuv420p", 1],
  ["yuv420p", "nv12", "yuv420p", false, 0, "yuv420p", 0],
  ["nv12", "yuv420p", "yuv444p", false, 0, "nv12", 1],
  ["rgb24", "rgba", "rgba", true, 0, "rgba", 0],
  ["rgba", "rgb24", "rgb24", false, 0, "rgb24", 0],
  ["argb", "rgba", "rgb24", false, 0, "argb", 0],
  ["rgba", "argb", "rgb24", false, 0, "rgba", 0],
  ["yuv422p", "yuv420p", "yuv444p", false, 0, "yuv420p", 1],
  ["yuv410p", "yuv420p", "yuv440p", false, 0, "yuv420p", 1],
  ["yuv411p", "yuv420p", "yuv410p", false, 0, "yuv420p", 64],
  ["gray", "yuv420p", "rgb24", false, 0, "yuv420p", 5],
  ["gray", "bgr4", "rgb24", false, 0, "gray", 36],
  ["rgb24", "yuv411p", "yuv420p", false, 0, "yuv411p", 65],
  ["argb", "rgb0", "rgb24", false, 0, "rgb0", 0],
  ["gray", "yuv420p", "rgb24", false, 36, "gray", 36],
  ["cuda", "rgb24", "yuv420p", false, 0, "rgb24", 68],
  ["yuv420p16le", "yuv420p10le", "yuv420p", false, 0, "yuv420p10le", 128],
  ["rgb565le", "bgr24", "yuv420p", false, 0, "bgr24", 68],
];

describe("pixFmtLoss()", () => {
  for (const [dst, src, withAlpha, without] of LOSSES) {
    it(`tells what ${dst} loses of ${src}`, () => {
      assertEquals([pixFmtLoss(dst, src, true), pixFmtLoss(dst, src, false)], [withAlpha, without]);
    });
  }

  it("loses nothing of the same format", () => {
    for (const name of pixelFormats()) {
      assertEquals(pixFmtLoss(name, name, true), pixelFormat(name).nbComponents === 0 ? -1 : 0, name);
    }
  });

  it("refuses unknown names and what is no boolean", () => {
    const error = assertThrows(
      () => pixFmtLoss("nv12", "nope" as PixelFormatName, true),
      MediaError,
      '"nope"',
    );
    assertEquals([error.code, error.op], ["EINVAL", "av_get_pix_fmt_loss"]);
    assertThrows(() => pixFmtLoss("nv12", "nv12", 1 as unknown as boolean), TypeError, "hasAlpha is 1");
  });
});

describe("findBestPixFmtOf2()", () => {
  for (const [dst1, dst2, src, hasAlpha, mask, format, loss] of CHOICES) {
    it(`chooses ${format} of ${dst1} and ${dst2} for ${src}${mask === 0 ? "" : `, losses ${mask} not counted`}`, () => {
      assertEquals(findBestPixFmtOf2(dst1, dst2, src, hasAlpha, mask), { format, loss });
    });
  }

  it("takes the other one where one is none", () => {
    assertEquals(findBestPixFmtOf2(null, "gray", "rgb24", false), { format: "gray", loss: 36 });
    assertEquals(findBestPixFmtOf2("gray", null, "rgb24", false), { format: "gray", loss: 36 });
    assertEquals(findBestPixFmtOf2(null, null, "rgb24", false), { format: null, loss: -4 });
  });

  it("refuses bad arguments", () => {
    assertThrows(() => findBestPixFmtOf2(undefined as never, null, "gray", false), TypeError, "undefined");
    assertThrows(() => findBestPixFmtOf2("gray", "gray", "gray", false, 0.5), TypeError, "lossMask is 0.5");
    const error = assertThrows(
      () => findBestPixFmtOf2("gray", "grey" as PixelFormatName, "gray", false),
      MediaError,
    );
    assertEquals([error.code, error.op], ["EINVAL", "av_find_best_pix_fmt_of_2"]);
  });
});

describe("findBestPixFmtOfList()", () => {
  it("compares one after the other", () => {
    const list: PixelFormatName[] = ["gray", "rgb24", "yuv422p", "yuv444p"];
    assertEquals(findBestPixFmtOfList(list, "yuv420p", false), { format: "yuv422p", loss: 64 });
    assertEquals(findBestPixFmtOfList(list, "rgba", true).format, "rgb24");
    assertEquals(findBestPixFmtOfList(["gray"], "rgba", true), { format: "gray", loss: 44 });
  });

  it("has no answer for an empty list", () => {
    assertEquals(findBestPixFmtOfList([], "rgba", true), { format: null, loss: -4 });
  });

  it("refuses bad arguments", () => {
    const hole = new Array<PixelFormatName>(1);
    assertThrows(() => findBestPixFmtOfList(hole, "gray", false), TypeError, "format is undefined");
    assertThrows(() => findBestPixFmtOfList("gray" as never, "gray", false), TypeError, "dsts is");
    const error = assertThrows(
      () => findBestPixFmtOfList(["grey" as PixelFormatName], "gray", false),
      MediaError,
    );
    assertEquals([error.code, error.op], ["EINVAL", "avcodec_find_best_pix_fmt_of_list"]);
  });
});
