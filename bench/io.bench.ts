/**
 * The area io: 64 KiB read by 32-bit numbers and by blocks, and written byte by byte, through a buffer of 32 KiB; in TypeScript, over FFI, and by the
 * loops over a DataView that a user would write instead. What a number leaves for the garbage collector.
 *
 * `bench/native/io.c` has the same loops; `scripts/bench` runs both and prints the ratios.
 */
import { createCore } from "@mediamem/core-ts";
import { loadAvformat } from "@mediamem/ffi-avformat";
import { type Io, MediaError } from "@mediamem/interface";
import { garbageFigure } from "./garbage.ts";
import {
  blocks,
  bytes,
  callbackReader,
  coreReader,
  FILE,
  FILE_BYTES,
  kept,
  rb32,
  rl32,
  ViewReader,
  writer,
} from "./io_work.ts";
import { measureAll, type Work } from "./measure.ts";

const BLOCK = 4096;
const RB32 = "rb32, 64 KiB";
const RL32 = "rl32, 64 KiB";
const READ = "read 4 KiB blocks, 64 KiB";
const W8 = "w8, 64 KiB";

/** The io of libavformat; none where there is no library. */
function nativeIo(): Io[] {
  try {
    return [loadAvformat().io];
  } catch (error) {
    if (!(error instanceof MediaError) || error.code !== "LIBRARY_MISSING") throw error;
    console.error(`No FFI: ${error.message}`);
    return [];
  }
}

/** The works that every backend has. */
function works(by: string, io: Io): Work[] {
  return [
    {
      name: W8,
      by,
      prepare: () => {
        const context = writer(io);
        return () => bytes(context);
      },
    },
    {
      name: READ,
      by,
      prepare: () => {
        const context = callbackReader(io);
        const into = new Uint8Array(BLOCK);
        return () => blocks(context, into);
      },
    },
  ];
}

const view = new DataView(FILE.buffer);
await measureAll([
  {
    name: RB32,
    by: "core-ts",
    prepare: () => {
      const io = coreReader();
      return () => rb32(io);
    },
  },
  {
    name: RB32,
    by: "DataView",
    prepare: () => () => {
      let sum = 0;
      for (let i = 0; i < FILE_BYTES; i += 4) sum ^= view.getUint32(i);
      kept[0] = sum;
    },
  },
  {
    name: RB32,
    by: "DataView with a position",
    prepare: () => {
      const reader = new ViewReader();
      return () => {
        reader.reset();
        let sum = 0;
        for (let i = 0; i < FILE_BYTES; i += 4) sum ^= reader.rb32();
        kept[0] = sum;
      };
    },
  },
  {
    name: RL32,
    by: "core-ts",
    prepare: () => {
      const io = coreReader();
      return () => rl32(io);
    },
  },
  {
    name: RL32,
    by: "DataView",
    prepare: () => () => {
      let sum = 0;
      for (let i = 0; i < FILE_BYTES; i += 4) sum ^= view.getUint32(i, true);
      kept[0] = sum;
    },
  },
  ...works("core-ts", createCore().io),
  {
    name: READ,
    by: "subarray and set",
    prepare: () => {
      const into = new Uint8Array(BLOCK);
      return () => {
        for (let i = 0; i < FILE_BYTES; i += BLOCK) into.set(FILE.subarray(i, i + BLOCK));
      };
    },
  },
  // Last: what both backends have run is slower for both.
  ...nativeIo().flatMap((io): Work[] => [
    {
      name: RB32,
      by: "ffi",
      prepare: () => {
        const context = callbackReader(io);
        return () => rb32(context);
      },
    },
    {
      name: RL32,
      by: "ffi",
      prepare: () => {
        const context = callbackReader(io);
        return () => rl32(context);
      },
    },
    ...works("ffi", io),
  ]),
], { figures: () => [garbageFigure("garbage of an rb32", "core-ts", "rb32")] });
