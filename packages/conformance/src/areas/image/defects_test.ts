import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import { selfTest } from "../../planted_defects.ts";
import { LiveSubject } from "../../subject.ts";
import { imageArea } from "./area.ts";
import { imageDefects } from "./defects.ts";

const core = createCore();

/** The test of the area that each defect is to be found by, even where the quoted numbers alone would show it. */
const FOUND_BY: Readonly<Record<string, string>> = {
  "component-shift": "pixelFormat",
  "alias": "pixelFormat",
  "native-byte-order": "pixelFormat",
  "number-of-older-major": "pixelFormatNumber",
  "palette-is-a-plane": "countPlanes",
  "padding-bits": "paddedBitsPerPixel",
  "chroma-axes": "chromaSubSample",
  "byte-order-twin": "swapEndianness",
  "pixel-step-component": "fillMaxPixsteps",
  "loss-of-alpha": "pixFmtLoss",
  "tie-of-best": "findBestPixFmtOf2",
  "chroma-width-floor": "linesizes",
  "chroma-height-floor": "planeSizes",
  "chroma-shift-of-alpha": "planeSizes",
  "palette-missing": "bufferSize",
  "height-aligned": "bufferSize",
  "error-code": "linesize",
  "align-to-multiples": "fillArrays",
  "align-zero": "fillArrays",
  "overflow": "fillPointers",
  "bitstream-row": "linesize",
  "check-size-limit": "checkSize",
  "max-pixels": "checkSize2",
  "sample-aspect-ratio": "checkSar",
  "alloc-width": "allocImage",
  "free-twice": "pictures",
  "use-after-free": "pictures",
  "copy-padding": "copyImage",
  "copy-last-row": "copyPlane",
  "copy-negative-linesize": "copyPlane",
  "copy-palette": "copyImage",
  "buffer-padding": "copyToBuffer",
  "buffer-too-small": "copyToBuffer",
  "black-range": "fillBlack",
  "black-padding": "fillBlack",
  "colour-planes": "fillColor",
  "write-overwrites": "writeImageLine",
  "read-byte-order": "readImageLine",
  "read-bits": "readImageLine",
  "read-element": "readImageLine",
  "read-palette": "readImageLine",
  "extent": "imageLayout.ffmpeg",
  "frame-padding": "imageLayout.ffmpegFrame",
};

describe("imageDefects", () => {
  it("has at least 24 mistakes, each with a test that is to find it", () => {
    assert(imageDefects.length >= 24);
    assertEquals(imageDefects.map(({ id }) => id), Object.keys(FOUND_BY).map((id) => `image/${id}`));
  });

  for (const defect of imageDefects) {
    it(`${defect.id} is found and shrinks to a case that a person reads`, () => {
      const wanted = `image/${FOUND_BY[defect.id.slice("image/".length)]}`;
      const tests = imageArea.tests.filter(({ id }) => id === wanted);
      const area = { ...imageArea, tests, defects: [defect] };
      assertEquals(selfTest(area, core, new LiveSubject(core)).failures, []);
    });
  }

  it("leaves the wrapped backend as it is, and open", () => {
    const [first] = imageDefects;
    const { comp } = core.image.pixelFormat("p010le");
    using wrapped = first!.wrap(core);
    assertEquals(wrapped.image!.pixelFormat("p010le").comp[0].shift, comp[0].shift + 1);
    assertEquals(core.image.pixelFormat("p010le").comp, comp);
  });
});
