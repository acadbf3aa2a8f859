import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import { Answer } from "../../answer.ts";
import type { KnownDifference, Point, VectorTest } from "../../model.ts";
import { failWith } from "../../subject.ts";
import { imageArea } from "./area.ts";
import { imageKnown } from "./known.ts";

const core = createCore();

function known(id: string): KnownDifference {
  return imageKnown.find((candidate) => candidate.id === `image/${id}`)!;
}

function answer(test: string, point: Point): Answer {
  const out = new Answer();
  try {
    (imageArea.tests.find(({ id }) => id === test) as VectorTest).answer(core, point, out);
  } catch (error) {
    failWith(error, out);
  }
  return out;
}

/** What a library of that major answers by a known difference; null where the difference does not change our answer. */
function claimed(id: string, test: string, point: Point, major: number): string | null {
  const ours = answer(test, point);
  const claim = new Answer();
  if (!known(id).expected(test, point, major, ours, claim) || claim.equals(ours)) return null;
  return claim.toString();
}

interface Case {
  readonly id: string;
  readonly test: string;
  readonly major: number;
  /** A case that differs, and what the older library answers. */
  readonly point: Point;
  /** The answer; undefined where it is a hash that says nothing to a person. */
  readonly answer?: string;
  /** The nearest case that does not differ. */
  readonly control: Point;
}

const CASES: readonly Case[] = [
  {
    id: "rgb8-components",
    test: "image/pixelFormat",
    major: 57,
    point: ["rgb8"],
    answer: "rgb8 3 0 0 32 0 1 0 6 2 0 1 0 3 3 0 1 0 0 3 0 0 0 0 0 ",
    control: ["bgr8"],
  },
  {
    id: "padding-component",
    test: "image/pixelFormat",
    major: 59,
    point: ["rgb0"],
    answer: "rgb0 3 0 0 32 0 4 0 0 8 0 4 1 0 8 0 4 2 0 8 0 0 0 0 0 ",
    control: ["rgba"],
  },
  {
    id: "xyz-flag",
    test: "image/pixelFormat",
    major: 58,
    point: ["xyz12le"],
    answer: "xyz12le 3 0 0 0 0 6 0 4 12 0 6 2 4 12 0 6 4 4 12 0 0 0 0 0 ",
    control: ["rgb48le"],
  },
  {
    id: "pseudo-palette-flag",
    test: "image/pixelFormatByNumber",
    major: 56,
    point: [8, 56],
    answer: "gray 1 0 0 64 0 1 0 0 8 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 gray8,y8",
    control: [11, 56],
  },
  {
    id: "loss-of-excess",
    test: "image/pixFmtLoss",
    major: 57,
    point: ["yuv444p", "yuv420p", true],
    answer: "0",
    control: ["yuv420p", "yuv444p", true],
  },
  {
    id: "loss-of-excess",
    test: "image/findBestPixFmtOf2",
    major: 57,
    point: ["cuda", "yuv444p", "yuv420p", true, 0],
    answer: "yuv444p 0",
    control: ["cuda", "yuv420p", "yuv444p", true, 0],
  },
  {
    id: "loss-of-excess",
    test: "image/findBestPixFmtOfList",
    major: 57,
    point: ["yuv420p10le,p010le,yuv420p12le,yuv420p16le", "yuv420p", true, 0],
    answer: "yuv420p10le 0",
    control: ["", "yuv420p", true, 0],
  },
  {
    id: "loss-of-rgb8",
    test: "image/pixFmtLoss",
    major: 58,
    point: ["rgb8", "bgr8", true],
    answer: "130",
    control: ["rgb24", "bgr8", true],
  },
  {
    id: "lines-of-rgb8",
    test: "image/readImageLine",
    major: 57,
    point: ["rgb8", 0, 0, 0, 1, 2, false],
    control: ["bgr8", 0, 0, 0, 1, 2, false],
  },
  {
    id: "lines-of-rgb8",
    test: "image/writeImageLine",
    major: 57,
    point: ["rgb8", 0, 0, 0, 10, 2, false],
    control: ["bgr8", 0, 0, 0, 10, 2, false],
  },
  {
    id: "lines-of-padding",
    test: "image/readImageLine",
    major: 59,
    point: ["rgb0", 3, 0, 0, 1, 2, false],
    control: ["rgb0", 2, 0, 0, 1, 2, false],
  },
  {
    id: "packed-words",
    test: "image/writeImageLine",
    major: 58,
    point: ["xv30be", 0, 1, 1, 3, 4, true],
    control: ["xv30be", 0, 1, 1, 3, 2, true],
  },
  {
    id: "packed-words",
    test: "image/fillColor",
    major: 59,
    point: ["xv30be", "beyond", 1, 3, "packed"],
    control: ["xv30be", "largest", 1, 3, "packed"],
  },
  {
    id: "black-of-palettes",
    test: "image/fillBlack",
    major: 57,
    point: ["pal8", "tv", 1, 1, "packed"],
    control: ["pal8", "pc", 1, 1, "packed"],
  },
  {
    id: "black-of-floats",
    test: "image/fillBlack.check",
    major: 57,
    point: ["grayf32le", "tv", 17, 3],
    answer: "EINVAL",
    control: ["gray16le", "tv", 17, 3],
  },
  {
    id: "black-of-floats",
    test: "image/fillBlack",
    major: 57,
    point: ["rgbaf16le", "tv", 17, 3, "packed"],
    control: ["rgba64le", "tv", 17, 3, "packed"],
  },
  {
    id: "black-of-gray-alpha",
    test: "image/fillBlack",
    major: 57,
    point: ["ya8", "tv", 1, 1, "packed"],
    control: ["nv12", "tv", 1, 1, "packed"],
  },
  {
    id: "black-of-xyz",
    test: "image/fillBlack",
    major: 57,
    point: ["xyz12le", "tv", 1, 1, "packed"],
    control: ["rgb48le", "tv", 1, 1, "packed"],
  },
  {
    id: "black-of-bitstreams",
    test: "image/fillBlack.check",
    major: 58,
    point: ["xv30be", "tv", 17, 3],
    answer: "EINVAL",
    control: ["monow", "tv", 17, 3],
  },
  {
    id: "pseudo-palettes",
    test: "image/fillPointers",
    major: 56,
    point: ["gray", 13, 65536, "17,9,9,17"],
    answer: "1245 65536 65757 0 0",
    control: ["pal8", 13, 65536, "17,9,9,17"],
  },
  {
    id: "pseudo-palettes",
    test: "image/fillArrays",
    major: 56,
    point: ["gray", 17, 13, 1, 0],
    answer: "1245 17 0 0 0 0 0 0 0",
    control: ["rgb24", 17, 13, 1, 0],
  },
  {
    id: "pseudo-palettes",
    test: "image/allocImage",
    major: 56,
    point: ["gray", 17, 13, 1],
    answer: "EINVAL",
    control: ["pal8", 17, 13, 1],
  },
  {
    id: "alloc-of-negative-align",
    test: "image/allocImage",
    major: 56,
    point: ["rgba", 17, 5, -1],
    answer: "EINVAL",
    control: ["rgba", 17, 5, 0],
  },
  {
    id: "wrapped-size-of-pseudo-palettes",
    test: "image/bufferSize",
    major: 56,
    point: ["gray", 1, 5, 1073741824],
    answer: "1073741824",
    control: ["gray16le", 1, 5, 1073741824],
  },
  {
    id: "wrapped-size-of-pseudo-palettes",
    test: "image/bufferSize",
    major: 56,
    point: ["gray", 1, 2, 1073741824],
    answer: "UNKNOWN",
    control: ["gray", 1, 1, 1073741824],
  },
  {
    id: "frame-of-older-major",
    test: "image/imageLayout.ffmpegFrame",
    major: 57,
    point: ["yuv420p", 100, 50, 0, null],
    answer: "12416 0 0 128 100 50 6372 1 8224 64 50 25 1586 2 10304 64 50 25 1586",
    control: ["yuv420p", 100, 50, 0, 57],
  },
  {
    id: "frame-of-narrow-build",
    test: "image/imageLayout.ffmpegFrame",
    major: 59,
    point: ["yuv420p", 65, 50, 0, 59],
    control: ["yuv420p", 65, 50, 64, 59],
  },
];

describe("imageKnown", () => {
  for (const { id, test, major, point, answer: wanted, control } of CASES) {
    it(`${id} changes ${test} for ${point.join(" ")} and not for ${control.join(" ")}`, () => {
      assert(known(id).majors.includes(major) && known(id).tests.includes(test));
      const found = claimed(id, test, point, major);
      if (wanted === undefined) assert(found !== null);
      else assertEquals(found, wanted);
      assertEquals(claimed(id, test, control, major), null);
    });
  }

  for (
    const { id, test, major, point } of CASES.filter(({ id }) => /^(loss|lines-of-rgb8|black|frame)/.test(id))
  ) {
    it(`${id} does not excuse a third answer of ours to ${test} for ${point.join(" ")}`, () => {
      const third = answer(test, point);
      if (third.length === 0) return;
      third.numbers[third.length - 1]! += 1;
      assertEquals(known(id).expected(test, point, major, third, new Answer()), false);
    });
  }

  it("has a case here for every difference, and a test of the area for every one it names", () => {
    const tests = new Set(imageArea.tests.map(({ id }) => id));
    for (const { id, tests: named, majors, reason } of imageKnown) {
      assert(CASES.some((one) => `image/${one.id}` === id), `${id} has no case`);
      assertEquals(named.filter((name) => !tests.has(name)), [], id);
      assert(majors.length > 0 && reason.length > 20 && !reason.endsWith("."), id);
    }
  });
});
