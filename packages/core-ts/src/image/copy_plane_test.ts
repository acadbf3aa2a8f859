import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { Plane } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { copyPlane, copyPlaneUcFrom } from "@mediamem/core-ts/image";

function plane(length: number, offset: number, linesize: number): Plane {
  return { memory: Uint8Array.from({ length }, (_, i) => i + 1), offset, linesize };
}

for (
  const [name, copy, op] of [
    ["copyPlane()", copyPlane, "av_image_copy_plane"],
    ["copyPlaneUcFrom()", copyPlaneUcFrom, "av_image_copy_plane_uc_from"],
  ] as const
) {
  describe(name, () => {
    it("leaves the bytes between the rows alone", () => {
      const dst = { memory: new Uint8Array(9), offset: 1, linesize: 4 };
      copy(dst, plane(9, 0, 3), 3, 2);
      assertEquals([...dst.memory], [0, 1, 2, 3, 0, 4, 5, 6, 0]);
    });

    it("reads and writes bottom up", () => {
      const dst = { memory: new Uint8Array(6), offset: 3, linesize: -3 };
      copy(dst, plane(6, 0, 3), 3, 2);
      assertEquals([...dst.memory], [4, 5, 6, 1, 2, 3]);
      copy({ ...dst, offset: 0, linesize: 3 }, plane(6, 3, -3), 3, 2);
      assertEquals([...dst.memory], [4, 5, 6, 1, 2, 3]);
    });

    it("has nothing to do without rows", () => {
      const dst = plane(6, 0, 3);
      for (const height of [0, -1, -2147483648]) copy(dst, plane(6, 0, 3), 3, height);
      copy(dst, plane(6, 0, 3), 0, 2);
      assertEquals([...dst.memory], [1, 2, 3, 4, 5, 6]);
    });

    it("refuses before it writes", () => {
      const calls: (readonly [Plane, Plane, number, number, string])[] = [
        [plane(6, 0, 2), plane(6, 0, 3), 3, 2, "EINVAL"],
        [plane(6, 0, 3), plane(6, 3, -2), 3, 2, "EINVAL"],
        [plane(6, 0, 3), plane(6, 1, 3), 3, 2, "EINVAL"],
        [plane(6, -1, 3), plane(6, 0, 3), 3, 1, "EINVAL"],
        [plane(5, 0, 3), plane(6, 0, 3), 3, 2, "EINVAL"],
        [plane(6, 0, 3), plane(6, 0, 3), -1, 2, "EINVAL"],
        [plane(6, 0, 2147483648), plane(6, 0, 3), 3, 2, "EINVAL"],
        [plane(6, 0, 3), plane(6, 0, 3), 3, 2147483648, "EINVAL"],
      ];
      for (const [dst, src, bytewidth, height, code] of calls) {
        const before = dst.memory.slice();
        const error = assertThrows(() => copy(dst, src, bytewidth, height), MediaError);
        assertEquals([error.code, error.op, dst.memory], [code, op, before]);
      }
    });

    it("refuses a row that would be copied onto itself, and takes neighbours in one memory", () => {
      const src = plane(12, 0, 3);
      const error = assertThrows(() => copy({ ...src, offset: 2 }, src, 3, 2), MediaError, "row 0");
      assertEquals([error.code, [...src.memory]], ["OVERLAP", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]]);
      copy({ ...src, offset: 6 }, src, 3, 2);
      assertEquals([...src.memory], [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
    });

    it("throws a TypeError for what is no plane or no integer", () => {
      const good = plane(6, 0, 3);
      assertThrows(() => copy(null as never, good, 3, 2), TypeError, "dst is null");
      assertThrows(
        () => copy(good, { ...good, memory: [1] as never }, 3, 2),
        TypeError,
        "src.memory is Array",
      );
      assertThrows(() => copy(good, good, 0.5, 2), TypeError, "bytewidth is 0.5");
      assertThrows(() => copy(good, good, 3, NaN), TypeError, "height is NaN");
    });
  });
}
