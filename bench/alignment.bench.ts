/**
 * What it costs that a buffer is off a 64-byte boundary, where the routine is called from TypeScript: the same copy of a plane in
 * `core-ts` and over FFI, in the same memory of the library.
 *
 * `bench/native/alignment.c` has that copy, a conversion, routines with vector instructions, and single accesses across lines and pages.
 */
import { createCore } from "@mediamem/core-ts";
import { loadAvutil } from "@mediamem/ffi-avutil";
import { type Image, MediaError, type Memory, type Plane } from "@mediamem/interface";
import { measureAll, type Work } from "./measure.ts";

const WIDTH = 1920;
const HEIGHT = 1080;
const OFFSETS = [0, 1, 16, 32];
const PAGE = 4096;

/** Bytes of native memory from a page's start on. */
function pages(memory: Memory): Uint8Array {
  const room = WIDTH * HEIGHT + PAGE;
  const address = memory.malloc(room + PAGE);
  const start = Math.ceil(address / PAGE) * PAGE;
  return memory.unsafeView(start, room).fill(1);
}

function copies(by: string, image: Image, from: Uint8Array, to: Uint8Array): Work[] {
  return OFFSETS.map((offset): Work => ({
    name: `copy plane 1080p, boundary + ${offset}`,
    by,
    prepare: () => {
      const source: Plane = { memory: from, offset, linesize: WIDTH };
      const target: Plane = { memory: to, offset: PAGE / 2 + offset, linesize: WIDTH };
      return () => image.copyPlane(target, source, WIDTH, HEIGHT);
    },
  }));
}

function works(): Work[] {
  try {
    const { image, memory } = loadAvutil();
    const [from, to] = [pages(memory), pages(memory)];
    return [...copies("core-ts", createCore().image, from, to), ...copies("ffi", image, from, to)];
  } catch (error) {
    if (!(error instanceof MediaError) || error.code !== "LIBRARY_MISSING") throw error;
    console.error(`No memory with an address to align: ${error.message}`);
    return [];
  }
}

await measureAll(works());
