import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { Plane } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import {
  checkCopyPlane,
  checkExtent,
  checkLiveBytes,
  checkPalette,
  checkPlane,
  checkPlanes,
  checkRange,
  checkRowsApart,
} from "@mediamem/checks";
import fc from "fast-check";

function plane(offset: number, linesize: number, memory: Uint8Array = new Uint8Array(100)): Plane {
  return { memory, offset, linesize };
}

function codeOf(check: () => void): string {
  try {
    check();
    return "fine";
  } catch (error) {
    return error instanceof MediaError ? error.code : String(error);
  }
}

describe("checkLiveBytes()", () => {
  it("throws for what are no bytes, and for bytes that were taken away", () => {
    checkLiveBytes("av_x", "bytes", new Uint8Array(3));
    checkLiveBytes("av_x", "bytes", new Uint8Array(0));
    const gone = new Uint8Array(3);
    gone.buffer.transfer();
    assertEquals(codeOf(() => checkLiveBytes("av_x", "bytes", gone)), "USE_AFTER_FREE");
    const wrong = new Uint16Array(3) as unknown as Uint8Array;
    assertThrows(() => checkLiveBytes("av_x", "bytes", wrong), TypeError, "bytes is Uint16Array(6 bytes)");
  });
});

describe("checkPlane()", () => {
  it("throws a TypeError for what is no plane", () => {
    for (const value of [null, undefined, 1, "x", {}, { ...plane(0, 1), memory: [1] }]) {
      assertThrows(() => checkPlane("av_x", "dst[0]", value as Plane), TypeError, "dst[0]");
    }
    assertThrows(() => checkPlane("av_x", "dst[0]", plane(0.5, 1)), TypeError, "dst[0].offset is 0.5");
    assertThrows(() => checkPlane("av_x", "dst[0]", plane(0, NaN)), TypeError, "dst[0].linesize is NaN");
  });

  it("throws EINVAL for a linesize that no int holds", () => {
    checkPlane("av_x", "dst[0]", plane(0, -2147483648));
    assertEquals(codeOf(() => checkPlane("av_x", "dst[0]", plane(0, 2147483648))), "EINVAL");
  });
});

describe("checkPlanes()", () => {
  it("looks at as many planes as it is told", () => {
    checkPlanes("av_x", "dst", [plane(0, 1)], 1);
    assertThrows(() => checkPlanes("av_x", "dst", [plane(0, 1)], 2), TypeError, "dst[1] is undefined");
    assertThrows(() => checkPlanes("av_x", "dst", null as never, 0), TypeError, "dst is null");
  });
});

describe("checkExtent()", () => {
  it("takes rows up to the last byte, in both directions", () => {
    checkExtent("av_x", "dst[0]", plane(0, 10), 10, 10);
    checkExtent("av_x", "dst[0]", plane(1, 11), 11, 9);
    checkExtent("av_x", "dst[0]", plane(90, -10), 10, 10);
    checkExtent("av_x", "dst[0]", plane(5000, 10), 10, 0);
    checkExtent("av_x", "dst[0]", plane(5000, 10), 0, 10);
  });

  it("refuses one byte more at either end", () => {
    for (const wrong of [plane(1, 10), plane(-1, 10), plane(91, -10), plane(89, -10), plane(0, 2147483647)]) {
      assertEquals(codeOf(() => checkExtent("av_x", "dst[0]", wrong, 10, 10)), "EINVAL");
    }
  });

  it("says USE_AFTER_FREE for memory that was taken away", () => {
    const memory = new Uint8Array(100);
    memory.buffer.transfer(0);
    assertEquals(codeOf(() => checkExtent("av_x", "dst[0]", plane(0, 10, memory), 10, 1)), "USE_AFTER_FREE");
    assertEquals(codeOf(() => checkRange("av_x", "dst", memory, 0, 1)), "USE_AFTER_FREE");
  });
});

describe("checkRowsApart()", () => {
  it("takes other memory, neighbours, and a row on another row", () => {
    const memory = new Uint8Array(100);
    checkRowsApart("av_x", plane(0, 10), plane(0, 10), 10, 10);
    checkRowsApart("av_x", plane(0, 20, memory), plane(10, 20, memory), 10, 5);
    checkRowsApart("av_x", plane(0, 10, memory), plane(10, 10, memory), 10, 9);
  });

  it("refuses rows that share a byte, through other views too", () => {
    const memory = new Uint8Array(100);
    assertEquals(
      codeOf(() => checkRowsApart("av_x", plane(9, 20, memory), plane(0, 20, memory), 10, 1)),
      "OVERLAP",
    );
    assertEquals(
      codeOf(() => checkRowsApart("av_x", plane(0, 10, memory), plane(0, 10, memory), 10, 1)),
      "OVERLAP",
    );
    const view = memory.subarray(9);
    assertEquals(
      codeOf(() => checkRowsApart("av_x", plane(0, 20, view), plane(0, 20, memory), 10, 1)),
      "OVERLAP",
    );
  });

  it("finds the one row that overlaps, whichever way the rows drift", () => {
    const small = fc.integer({ min: -40, max: 40 });
    fc.assert(fc.property(
      small,
      small,
      small,
      small,
      fc.nat(12),
      fc.nat(12),
      (dstOffset, dstLinesize, srcOffset, srcLinesize, rowBytes, rows) => {
        const memory = new Uint8Array(8);
        let shared = false;
        for (let row = 0; row < rows; row++) {
          const distance = dstOffset + row * dstLinesize - (srcOffset + row * srcLinesize);
          shared ||= Math.abs(distance) < rowBytes;
        }
        const found = codeOf(() =>
          checkRowsApart(
            "av_x",
            plane(dstOffset, dstLinesize, memory),
            plane(srcOffset, srcLinesize, memory),
            rowBytes,
            rows,
          )
        );
        assertEquals(found, shared ? "OVERLAP" : "fine");
      },
    ));
  });
});

describe("checkCopyPlane()", () => {
  const check = (dst: Plane, src: Plane, bytewidth: number, height: number) =>
    codeOf(() => checkCopyPlane("av_image_copy_plane", "dst", dst, "src", src, bytewidth, height));

  it("refuses a linesize shorter than the row, as C aborts, even for no rows", () => {
    assertEquals(check(plane(0, 9), plane(0, 10), 10, 0), "EINVAL");
    assertEquals(check(plane(0, 10), plane(0, -9), 10, 0), "EINVAL");
    assertEquals(check(plane(90, -10), plane(0, 10), 10, 10), "fine");
  });

  it("refuses rows of negative length unless there are none", () => {
    assertEquals(check(plane(0, 0), plane(0, 0), -1, 1), "EINVAL");
    assertEquals(check(plane(0, 0), plane(0, 0), -1, 0), "fine");
  });

  it("looks at both ends of the copy", () => {
    assertEquals(check(plane(1, 10), plane(0, 10), 10, 10), "EINVAL");
    assertEquals(check(plane(0, 10), plane(1, 10), 10, 10), "EINVAL");
  });
});

describe("checkPalette()", () => {
  it("wants 1024 bytes on plane 1", () => {
    const palette = plane(1, 0, new Uint8Array(1025));
    assertEquals(checkPalette("av_image_copy", "src", [plane(0, 1), palette]), palette);
    assertEquals(codeOf(() => checkPalette("av_image_copy", "src", [plane(0, 1)])), "EINVAL");
    assertEquals(
      codeOf(() => checkPalette("av_image_copy", "src", [plane(0, 1), { ...palette, offset: 2 }])),
      "EINVAL",
    );
    assertThrows(
      () => checkPalette("av_image_copy", "src", [plane(0, 1), null as never]),
      TypeError,
      "src[1]",
    );
  });
});
