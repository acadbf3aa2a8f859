/**
 * Deliberate mistakes, each of which must be caught by its own error on every backend that this machine has, before any byte moves.
 */
import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import { loadAvutil } from "@mediamem/ffi-avutil";
import { type Backend, type Image, MediaError, type PixelFormatName, type Plane } from "@mediamem/interface";

interface Mistake {
  readonly name: string;
  /** The code of the `MediaError`, or `TypeError`. */
  readonly caught: string;
  readonly make: (image: Image) => void;
}

const plane = (length: number, linesize: number, offset = 0): Plane => ({
  memory: new Uint8Array(length).fill(7),
  offset,
  linesize,
});

const MISTAKES: readonly Mistake[] = [
  {
    name: "reading a picture after it was freed",
    caught: "USE_AFTER_FREE",
    make: (image) => {
      const picture = image.allocImage("yuv420p", 33, 17, 32);
      const { planes } = picture;
      picture.free();
      assertEquals(planes[0]!.memory.length, 0);
      image.copyToBuffer(new Uint8Array(10_000), planes, "yuv420p", 33, 17, 1);
    },
  },
  {
    name: "freeing a picture twice",
    caught: "DOUBLE_FREE",
    make: (image) => {
      const picture = image.allocImage("yuv420p", 33, 17, 32);
      picture.free();
      picture.free();
    },
  },
  {
    name: "a buffer that is one byte short",
    caught: "EINVAL",
    make: (image) => {
      const source = [plane(33 * 17, 33), plane(17 * 9, 17), plane(17 * 9, 17)];
      const size = image.bufferSize("yuv420p", 33, 17, 1);
      image.copyToBuffer(new Uint8Array(size - 1), source, "yuv420p", 33, 17, 1);
    },
  },
  {
    name: "a chroma plane with floor instead of ceil rows",
    caught: "EINVAL",
    make: (image) => {
      const source = [plane(33 * 17, 33), plane(17 * 8, 17), plane(17 * 8, 17)];
      image.copyToBuffer(new Uint8Array(10_000), source, "yuv420p", 33, 17, 1);
    },
  },
  {
    name: "a stride shorter than the row",
    caught: "EINVAL",
    make: (image) => image.copyPlane(plane(1000, 64), plane(1000, 32), 33, 10),
  },
  {
    name: "a negative linesize without the rows before it",
    caught: "EINVAL",
    make: (image) => image.copyPlane(plane(1000, 64), plane(1000, -64), 33, 10),
  },
  {
    name: "a palette picture without its palette",
    caught: "EINVAL",
    make: (image) => image.copyToBuffer(new Uint8Array(10_000), [plane(17 * 13, 17)], "pal8", 17, 13, 1),
  },
  {
    name: "a hardware format where bytes are wanted",
    caught: "EINVAL",
    make: (image) => void image.bufferSize("vaapi", 64, 64, 1),
  },
  {
    name: "a format that nobody knows",
    caught: "EINVAL",
    make: (image) => void image.bufferSize("yuv420q" as PixelFormatName, 64, 64, 1),
  },
  {
    name: "a number where the name of a format is wanted",
    caught: "TypeError",
    make: (image) => void image.bufferSize(0 as unknown as PixelFormatName, 64, 64, 1),
  },
  { name: "half a pixel", caught: "TypeError", make: (image) => void image.bufferSize("nv12", 64.5, 64, 1) },
  { name: "no number", caught: "TypeError", make: (image) => void image.linesize("nv12", NaN, 0) },
  { name: "no pixel", caught: "EINVAL", make: (image) => void image.bufferSize("nv12", 0, 64, 1) },
  { name: "a negative size", caught: "EINVAL", make: (image) => void image.bufferSize("nv12", -64, 64, 1) },
  { name: "2^31 pixels", caught: "EINVAL", make: (image) => void image.bufferSize("nv12", 2 ** 31, 1, 1) },
  {
    name: "a picture that wraps 32 bits",
    caught: "EINVAL",
    make: (image) => void image.bufferSize("rgba", 65536, 65536, 1),
  },
  {
    name: "a plain array where bytes are wanted",
    caught: "TypeError",
    make: (image) => void image.copyToBuffer([] as unknown as Uint8Array, [plane(4096, 64)], "gray", 8, 8, 1),
  },
  {
    name: "16-bit samples where bytes are wanted",
    caught: "TypeError",
    make: (image) =>
      void image.copyToBuffer(
        new Uint16Array(4096) as unknown as Uint8Array,
        [plane(4096, 64)],
        "gray",
        8,
        8,
        1,
      ),
  },
  {
    name: "bytes where samples are wanted",
    caught: "TypeError",
    make: (image) =>
      image.readImageLine(new Uint8Array(8) as unknown as Uint16Array, [plane(64, 8)], "gray", 0, 0, 0, 8),
  },
  {
    name: "a line below the picture's memory",
    caught: "EINVAL",
    make: (image) => image.readImageLine(new Uint16Array(8), [plane(64, 8)], "gray", 0, 8, 0, 8),
  },
  {
    name: "a component that the format does not have",
    caught: "EINVAL",
    make: (image) => image.readImageLine(new Uint16Array(8), [plane(64, 8)], "gray", 0, 0, 4, 8),
  },
];

function backends(): Backend[] {
  const found: Backend[] = [createCore()];
  try {
    found.push(loadAvutil());
  } catch (error) {
    if (!(error instanceof MediaError && error.code === "LIBRARY_MISSING")) throw error;
  }
  return found;
}

for (const backend of backends()) {
  describe(`mistakes on ${backend.id}`, () => {
    for (const { name, caught, make } of MISTAKES) {
      it(`catches ${name} with ${caught}`, () => {
        const error = assertThrows(() => make(backend.image!));
        assertEquals(
          error instanceof MediaError ? error.code : error.constructor.name,
          caught,
          error.message,
        );
      });
    }
  });
}
