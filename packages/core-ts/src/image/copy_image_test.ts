import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { PixelFormatName, Plane, Planes } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import {
  allocImage,
  copyImage,
  copyImageUcFrom,
  copyToBuffer,
  linesizes,
  pixelFormat,
  pixelFormats,
} from "@mediamem/core-ts/image";
import fc from "fast-check";

const IN_MEMORY = pixelFormats().filter((name) => pixelFormat(name).nbComponents > 0);

function scramble(memory: Uint8Array): void {
  for (let i = 0, state = 1; i < memory.length; i++) {
    state = Math.imul(state, 1664525) + 1013904223 | 0;
    memory[i] = state >> 24;
  }
}

/** The picture without its padding. */
function content(planes: Planes, format: PixelFormatName, width: number, height: number): Uint8Array {
  const packed = new Uint8Array(100000);
  return packed.subarray(0, copyToBuffer(packed, planes, format, width, height, 1));
}

for (
  const [name, copy, op] of [
    ["copyImage()", copyImage, "av_image_copy"],
    ["copyImageUcFrom()", copyImageUcFrom, "av_image_copy_uc_from"],
  ] as const
) {
  describe(name, () => {
    it("copies every format, odd sizes too, and leaves the padding alone", () => {
      const side = fc.integer({ min: 1, max: 35 });
      const align = fc.constantFrom(4, 8, 16, 32, 64);
      fc.assert(
        fc.property(
          fc.constantFrom(...IN_MEMORY),
          side,
          side,
          align,
          align,
          (format, width, height, a, b) => {
            using src = allocImage(format, width, height, a);
            using dst = allocImage(format, width, height, b);
            scramble(src.memory);
            copy(dst.planes, src.planes, format, width, height);
            assertEquals(
              content(dst.planes, format, width, height),
              content(src.planes, format, width, height),
            );
            const bytes = linesizes(format, width);
            const { linesize } = dst.planes[0]!;
            assertEquals(dst.memory.subarray(bytes[0], linesize), new Uint8Array(linesize - bytes[0]));
          },
        ),
      );
    });

    it("turns a picture upside down by a negative linesize", () => {
      const src = [{ memory: Uint8Array.of(1, 2, 3, 4, 5, 6), offset: 4, linesize: -2 }];
      const dst = [{ memory: new Uint8Array(6), offset: 0, linesize: 2 }];
      copy(dst, src, "gray", 2, 3);
      assertEquals([...dst[0]!.memory], [5, 6, 3, 4, 1, 2]);
    });

    it("copies the palette even when there are no rows", () => {
      using src = allocImage("pal8", 4, 4, 4);
      using dst = allocImage("pal8", 4, 4, 4);
      src.memory.fill(7);
      copy(dst.planes, src.planes, "pal8", 4, 0);
      assertEquals([dst.memory[15], dst.memory[16], dst.memory[16 + 1023]], [0, 7, 7]);
    });

    it("has nothing to do for a device format", () => {
      copy([], [], "cuda", 16, 16);
    });

    it("refuses before it writes the first plane", () => {
      const size = { memory: new Uint8Array(64).fill(1), offset: 0 };
      const good =
        (): Plane[] => [{ ...size, linesize: 4 }, { ...size, linesize: 2 }, { ...size, linesize: 2 }];
      const shapes: [string, Partial<Plane>][] = [
        ["EINVAL", { linesize: 1 }],
        ["EINVAL", { offset: 61 }],
        ["EINVAL", { linesize: -2 }],
        ["EINVAL", { offset: -1 }],
      ];
      for (const [code, wrong] of shapes) {
        const target = new Uint8Array(64);
        const dst: Plane[] = good().map((plane) => ({ ...plane, memory: target }));
        dst[2] = { ...dst[2]!, ...wrong };
        const error = assertThrows(() => copy(dst, good(), "yuv420p", 4, 4), MediaError, "dst[2]");
        assertEquals([error.code, error.op, target], [code, op, new Uint8Array(64)]);
        const src = good();
        src[2] = { ...src[2]!, ...wrong };
        assertThrows(
          () => copy(good().map((plane) => ({ ...plane, memory: target })), src, "yuv420p", 4, 4),
          MediaError,
        );
        assertEquals(target, new Uint8Array(64));
      }
    });

    it("refuses a missing palette, where C crashes", () => {
      using image = allocImage("pal8", 4, 4, 4);
      const indices = [{ memory: new Uint8Array(16), offset: 0, linesize: 4 }];
      for (
        const call of [
          () => copy(indices, image.planes, "pal8", 4, 4),
          () => copy(image.planes, indices, "pal8", 4, 4),
        ]
      ) {
        const error = assertThrows(call, MediaError, "wanted the palette");
        assertEquals([error.code, error.op], ["EINVAL", op]);
      }
    });

    it("refuses rows and palettes that overlap in one memory", () => {
      using image = allocImage("pal8", 4, 4, 4);
      const error = assertThrows(() => copy(image.planes, image.planes, "pal8", 4, 4), MediaError);
      assertEquals(error.code, "OVERLAP");
      const moved = [{ ...image.planes[0]!, memory: new Uint8Array(16) }, image.planes[1]!];
      assertEquals(assertThrows(() => copy(moved, image.planes, "pal8", 4, 4), MediaError).code, "OVERLAP");
    });

    it("refuses bad numbers, names and planes", () => {
      const plane = [{ memory: new Uint8Array(16), offset: 0, linesize: 4 }];
      const other = [{ memory: new Uint8Array(16), offset: 0, linesize: 4 }];
      assertEquals(assertThrows(() => copy(other, plane, "gray", -1, 4), MediaError).code, "EINVAL");
      assertEquals(
        assertThrows(() => copy(other, plane, "grey" as PixelFormatName, 4, 4), MediaError).op,
        op,
      );
      assertThrows(() => copy(other, plane, "gray", 1.5, 4), TypeError, "width is 1.5");
      assertThrows(() => copy(other, plane, "yuv420p", 4, 4), TypeError, "dst[1] is undefined");
      assertThrows(() => copy(null as never, plane, "gray", 4, 4), TypeError, "dst is null");
    });
  });
}
