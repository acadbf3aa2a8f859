import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { imageLayout } from "./layout.ts";
import { webgpu } from "./rules.ts";

describe("webgpu()", () => {
  it("rounds rows up to 256 bytes or a multiple of that", () => {
    assertEquals(imageLayout("rgba", 10, 10, webgpu()).size, 2560);
    assertEquals(imageLayout("rgba", 64, 1, webgpu()).planes[0]!.linesize, 256);
    assertEquals(imageLayout("rgba", 65, 1, webgpu()).planes[0]!.linesize, 512);
    assertEquals(imageLayout("rgba", 65, 1, webgpu(768)).planes[0]!.linesize, 768);
  });

  it("puts planes one after the other and keeps every chroma sample", () => {
    assertEquals(imageLayout("nv12", 99, 51, webgpu()).planes, [
      { plane: 0, offset: 0, linesize: 256, rowBytes: 99, rows: 51, extent: 256 * 50 + 99 },
      { plane: 1, offset: 256 * 51, linesize: 256, rowBytes: 100, rows: 26, extent: 256 * 25 + 100 },
    ]);
  });

  it("refuses what no texture takes", () => {
    for (
      const [format, why] of [["pal8", "palette"], ["monow", "whole bytes"], ["cuda", "device"]] as const
    ) {
      assertEquals(assertThrows(() => imageLayout(format, 16, 16, webgpu()), MediaError, why).code, "ENOSYS");
    }
  });

  it("refuses other row alignments", () => {
    for (const align of [0, -256, 1, 64, 128, 300, 2147483648]) {
      assertEquals(assertThrows(() => webgpu(align), MediaError, String(align)).code, "EINVAL");
    }
    assertThrows(() => webgpu(256.5), TypeError, "align is 256.5");
  });

  it("refuses rows beyond an int and sizes that are no safe integer", () => {
    assertEquals(imageLayout("gray", 2147483392, 4194304, webgpu()).size, 2147483392 * 4194304);
    assertThrows(() => imageLayout("gray", 2147483647, 1, webgpu()), MediaError, "at most 2147483647");
    assertThrows(
      () => imageLayout("gray", 2147483392, 4194306, webgpu()),
      MediaError,
      "at most 9007199254740991",
    );
  });
});
