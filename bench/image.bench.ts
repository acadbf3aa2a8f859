/**
 * The area image: the size functions and the copies, in TypeScript, over FFI, and as users write them by hand.
 *
 * `bench/native/image.c` has the same loops; `scripts/bench` runs both and prints the ratios.
 */
import { createCore, ffmpeg } from "@mediamem/core-ts";
import { loadAvutil } from "@mediamem/ffi-avutil";
import type { Image, Planes } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { measureAll, type Work } from "./measure.ts";

const WIDTH = 1920;
const HEIGHT = 1080;
/** Rows as a decoder leaves them: longer than the picture. */
const LINESIZES = [2048, 1024, 1024] as const;
const ROWS = [1080, 540, 540] as const;

function strided(): Planes {
  return LINESIZES.map((linesize, i) => ({
    memory: new Uint8Array(linesize * ROWS[i]!).fill(16 + i),
    offset: 0,
    linesize,
  }));
}

/** Rows without padding, the planes one after the other. */
function packed(): Planes {
  const memory = new Uint8Array(WIDTH * HEIGHT * 1.5);
  const luma = WIDTH * HEIGHT;
  return [
    { memory, offset: 0, linesize: WIDTH },
    { memory, offset: luma, linesize: WIDTH / 2 },
    { memory, offset: luma * 1.25, linesize: WIDTH / 2 },
  ];
}

/** The work of one backend. The numbers change from call to call, or an optimiser would fold the call away. */
function works(by: string, image: Image): Work[] {
  let i = 0;
  const source = strided();
  const target = packed();
  return [
    {
      name: "bufferSize",
      by,
      prepare: () => () => image.bufferSize("yuv420p", WIDTH, HEIGHT + (i++ & 7), 32),
    },
    {
      name: "bufferSize of ever new widths",
      by,
      prepare: () => () => image.bufferSize("yuv420p", WIDTH + (i++ & 1023), HEIGHT, 32),
    },
    { name: "linesizes", by, prepare: () => () => image.linesizes("yuv420p", WIDTH + (i++ & 7)) },
    {
      name: "fillArrays",
      by,
      prepare: () => () => image.fillArrays("yuv420p", WIDTH, HEIGHT + (i++ & 7), 32, 4096),
    },
    {
      name: "imageLayout",
      by,
      prepare: () => () => image.imageLayout("yuv420p", WIDTH, HEIGHT + (i++ & 7), RULES),
    },
    {
      name: "copyImage 1080p",
      by,
      prepare: () => () => image.copyImage(target, source, "yuv420p", WIDTH, HEIGHT),
    },
  ];
}

/** What people write who do not know better: right for this one format and these even sizes. */
function byHand(): Work[] {
  let i = 0;
  const source = strided();
  const target = new Uint8Array(WIDTH * HEIGHT * 1.5);
  return [
    { name: "bufferSize", by: "w*h*1.5", prepare: () => () => WIDTH * (HEIGHT + (i++ & 7)) * 1.5 },
    {
      name: "copyImage 1080p",
      by: "row loop",
      prepare: () => () => {
        let to = 0;
        for (const [plane, rowBytes] of [WIDTH, WIDTH / 2, WIDTH / 2].entries()) {
          const { memory, linesize } = source[plane]!;
          for (let y = 0; y < ROWS[plane]!; y++, to += rowBytes) {
            target.set(memory.subarray(y * linesize, y * linesize + rowBytes), to);
          }
        }
      },
    },
  ];
}

const RULES = ffmpeg(32);
const all = [...works("core-ts", createCore().image), ...byHand()];
try {
  all.push(...works("ffi", loadAvutil().image));
} catch (error) {
  if (!(error instanceof MediaError && error.code === "LIBRARY_MISSING")) throw error;
}
await measureAll(all);
