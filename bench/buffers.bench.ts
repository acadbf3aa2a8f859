/**
 * The area buffers: what it costs to get a buffer of the size of a 1080p picture from a pool and to give it back, to allocate one and to refer to
 * it; in TypeScript, over FFI, and as a user without a pool does it. And how two workers get on with one shared pool.
 *
 * `bench/native/buffers.c` has the same pairs; `scripts/bench` runs both and prints the ratios.
 */
import { createCore } from "@mediamem/core-ts";
import { FramePool } from "@mediamem/core-ts/buffers";
import { loadAvutil } from "@mediamem/ffi-avutil";
import { type Buffers, MediaError } from "@mediamem/interface";
import { garbageFigure } from "./garbage.ts";
import { measureAll, type Work } from "./measure.ts";
import { checkedPair, FRAME_BYTES, unsafePair } from "./pool_pair.ts";
import { measureSharedPool } from "./shared_pool.ts";

const BYTES = 4096;

/** The buffers of the library; none where there is no library. */
function nativeBuffers(): Buffers[] {
  try {
    const { buffers } = loadAvutil();
    return buffers === undefined ? [] : [buffers];
  } catch (error) {
    if (!(error instanceof MediaError) || error.code !== "LIBRARY_MISSING") throw error;
    console.error(`No FFI: ${error.message}`);
    return [];
  }
}

/** The pairs that every backend has. */
function works(by: string, buffers: Buffers): Work[] {
  return [
    { name: "buffer alloc and unref", by, prepare: () => () => buffers.alloc(BYTES).unref() },
    {
      name: "buffer ref and unref",
      by,
      prepare: () => {
        const buffer = buffers.alloc(BYTES);
        return () => buffer.ref().unref();
      },
    },
  ];
}

/** Keeps what a pair without a pool makes, or an optimiser would leave it out. */
let kept: Uint8Array;

const POOL = "pool get and release";
await measureAll([
  { name: POOL, by: "core-ts, unsafe", prepare: unsafePair },
  { name: POOL, by: "core-ts", prepare: checkedPair },
  ...nativeBuffers().map((buffers): Work => ({
    name: POOL,
    by: "ffi",
    prepare: () => {
      const pool = buffers.poolInit(FRAME_BYTES);
      return () => pool.get().unref();
    },
  })),
  {
    name: POOL,
    by: "new Uint8Array",
    prepare: () => () => {
      kept = new Uint8Array(FRAME_BYTES);
    },
  },
  {
    name: "frame pool get and release",
    by: "core-ts",
    prepare: () => {
      const pool = new FramePool(createCore().buffers);
      return () => pool.get("yuv420p", 1920, 1080).release();
    },
  },
  ...works("core-ts", createCore().buffers),
  ...nativeBuffers().flatMap((buffers) => works("ffi", buffers)),
], {
  results: measureSharedPool,
  figures: () => [garbageFigure("garbage of a pool pair", "core-ts, unsafe", "pool")],
});
if (kept!.length !== FRAME_BYTES) throw new Error("The allocation was left out");
