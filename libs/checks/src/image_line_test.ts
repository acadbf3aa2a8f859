import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { ComponentDescriptor, PixelFormatDescriptor, Planes } from "@mediamem/interface";
import { MediaError, PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { checkImageLine, type ImageLineCall } from "@mediamem/checks";

const READ: ImageLineCall = {
  op: "av_read_image_line2",
  planesName: "src",
  samplesName: "dst",
  palette: false,
};
const NONE: ComponentDescriptor = { plane: 0, step: 0, offset: 0, shift: 0, depth: 0 };

function format(flags: number, first: ComponentDescriptor): PixelFormatDescriptor {
  return {
    name: "gray",
    nbComponents: 1,
    log2ChromaW: 0,
    log2ChromaH: 0,
    flags,
    comp: [first, NONE, NONE, NONE],
    alias: [],
  };
}

function planes(length: number, offset = 0, linesize = length): Planes {
  return [{ memory: new Uint8Array(length), offset, linesize }];
}

const GRAY = format(0, { plane: 0, step: 1, offset: 0, shift: 0, depth: 8 });
const samples = new Uint16Array(64);

/** How many bytes the plane must have for this call: one fewer is refused. */
function needed(descriptor: PixelFormatDescriptor, x: number, width: number): number {
  for (let length = 0;; length++) {
    try {
      checkImageLine(READ, descriptor, planes(length), x, 0, 0, width, samples);
      return length;
    } catch (error) {
      if (!(error instanceof MediaError && error.code === "EINVAL")) throw error;
    }
  }
}

describe("checkImageLine()", () => {
  it("wants exactly the bytes that the samples touch", () => {
    const { BE, BITSTREAM } = PIXEL_FORMAT_FLAG;
    const at = (flags: number, step: number, offset: number, shift: number, depth: number) =>
      format(flags, { plane: 0, step, offset, shift, depth });
    assertEquals(needed(GRAY, 0, 17), 17);
    assertEquals(needed(GRAY, 3, 17), 20);
    assertEquals(needed(at(0, 2, 0, 0, 10), 0, 17), 34, "16-bit samples");
    assertEquals(needed(at(0, 4, 1, 0, 8), 0, 5), 18, "the chroma of yuyv422");
    assertEquals(needed(at(0, 4, 0, 0, 32), 0, 5), 20, "32-bit samples");
    assertEquals(needed(at(BE, 2, -1, 3, 5), 0, 5), 9, "the red of rgb565be, in the first byte of each word");
    assertEquals(needed(at(BITSTREAM, 1, 0, 0, 1), 0, 17), 3, "monow");
    assertEquals(needed(at(BITSTREAM, 1, 0, 0, 1), 7, 2), 2, "monow from pixel 7 on");
    assertEquals(needed(at(BITSTREAM, 4, 3, 0, 1), 0, 3), 2, "the blue of rgb4");
    assertEquals(needed(at(BITSTREAM, 32, 10, 0, 10), 5, 3), 12, "xv30be: x does not count");
  });

  it("refuses what lies before the memory", () => {
    assertThrows(
      () => checkImageLine(READ, GRAY, planes(9), -1, 0, 0, 1, samples),
      MediaError,
      "bytes -1 to 0",
    );
    assertThrows(() => checkImageLine(READ, GRAY, planes(9), 0, -1, 0, 1, samples), MediaError, "bytes -9");
    assertEquals(checkImageLine(READ, GRAY, planes(9, 6, -3), 0, 2, 0, 3, samples), true);
  });

  it("says that there is nothing to do without samples, or without the component", () => {
    assertEquals(checkImageLine(READ, GRAY, [], 0, 0, 0, 0, samples), false);
    assertEquals(checkImageLine(READ, GRAY, [], 0, 0, 3, 5, samples), false);
  });

  it("refuses bad numbers and short samples", () => {
    for (const [x, y, component, width] of [[0, 0, 4, 1], [0, 0, -1, 1], [0, 0, 0, -1], [0, 0, 0, 65]]) {
      const error = assertThrows(
        () => checkImageLine(READ, GRAY, planes(99), x!, y!, component!, width!, samples),
        MediaError,
      );
      assertEquals([error.code, error.op], ["EINVAL", "av_read_image_line2"]);
    }
    for (
      const [x, y, component, width] of [[0.5, 0, 0, 1], [0, NaN, 0, 1], [0, 0, "1", 1], [0, 0, 0, null]]
    ) {
      assertThrows(
        () =>
          checkImageLine(
            READ,
            GRAY,
            planes(99),
            x as number,
            y as number,
            component as number,
            width as number,
            samples,
          ),
        TypeError,
      );
    }
    assertThrows(
      () => checkImageLine(READ, GRAY, planes(9), 0, 0, 0, 1, new Uint8Array(9) as never),
      TypeError,
      "dst is Uint8Array(9 bytes)",
    );
    assertThrows(
      () => checkImageLine(READ, GRAY, {} as never, 0, 0, 0, 1, samples),
      TypeError,
      "src is Object",
    );
    assertThrows(() => checkImageLine(READ, GRAY, [], 0, 0, 0, 1, samples), TypeError, "src[0] is undefined");
  });

  it("looks for a palette only where one is asked for", () => {
    const call = { ...READ, palette: true };
    const pal8 = format(PIXEL_FORMAT_FLAG.PAL, GRAY.comp[0]);
    const palette = { memory: new Uint8Array(1024), offset: 0, linesize: 0 };
    assertEquals(checkImageLine(call, pal8, [planes(9)[0]!, palette], 0, 0, 0, 9, samples), true);
    assertEquals(checkImageLine(READ, pal8, planes(9), 0, 0, 0, 9, samples), true);
    assertThrows(() => checkImageLine(call, pal8, planes(9), 0, 0, 0, 9, samples), MediaError, "palette");
    assertThrows(() => checkImageLine(call, GRAY, planes(9), 0, 0, 0, 9, samples), MediaError, "no palette");
  });
});
