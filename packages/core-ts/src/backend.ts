import type { Backend, Image, Ledger, LedgerOptions, Memory } from "@mediamem/interface";
import { show } from "@mediamem/checks";
import { AllocationLedger } from "@mediamem/ledger";
import { CoreBuffers, homeOf } from "./buffers/buffers.ts";
import { CoreFrames } from "./frames/frames.ts";
import { allocImage } from "./image/alloc_image.ts";
import { bufferSize } from "./image/buffer_size.ts";
import { checkSar, checkSize, checkSize2 } from "./image/check_size.ts";
import { copyImage, copyImageUcFrom } from "./image/copy_image.ts";
import { copyPlane, copyPlaneUcFrom } from "./image/copy_plane.ts";
import { copyToBuffer } from "./image/copy_to_buffer.ts";
import { fillArrays, fillPointers } from "./image/fill_arrays.ts";
import { fillBlack } from "./image/fill_black.ts";
import { fillColor } from "./image/fill_color.ts";
import { readImageLine, writeImageLine } from "./image/image_line.ts";
import { imageLayout } from "./image/layout.ts";
import { fillMaxPixsteps, linesize, linesizes } from "./image/linesize.ts";
import { findBestPixFmtOf2, findBestPixFmtOfList, pixFmtLoss } from "./image/loss.ts";
import {
  bitsPerPixel,
  chromaSubSample,
  countPlanes,
  paddedBitsPerPixel,
  swapEndianness,
} from "./image/pixel_bits.ts";
import { pixelFormat, pixelFormatByNumber, pixelFormatNumber, pixelFormats } from "./image/pixel_format.ts";
import { planeSizes } from "./image/plane_sizes.ts";
import { type CoreIo, io } from "./io/io.ts";
import { type AllocationLimit, DEFAULT_MAX_ALLOC } from "./memory/allocation_limit.ts";
import { createMemory } from "./memory/create_memory.ts";
import { Heap } from "./memory/heap.ts";

const image: Image = Object.freeze({
  pixelFormats,
  pixelFormat,
  pixelFormatNumber,
  pixelFormatByNumber,
  countPlanes,
  bitsPerPixel,
  paddedBitsPerPixel,
  chromaSubSample,
  swapEndianness,
  pixFmtLoss,
  findBestPixFmtOf2,
  findBestPixFmtOfList,
  checkSize,
  checkSize2,
  checkSar,
  fillMaxPixsteps,
  linesize,
  linesizes,
  planeSizes,
  fillPointers,
  fillArrays,
  bufferSize,
  allocImage,
  copyPlane,
  copyPlaneUcFrom,
  copyImage,
  copyImageUcFrom,
  copyToBuffer,
  fillBlack,
  fillColor,
  readImageLine,
  writeImageLine,
  imageLayout,
});

/** How the TypeScript backend is made. */
export interface CoreOptions extends LedgerOptions {
  /**
   * Where the blocks of `memory` lie; undefined: in a heap of the backend's own, which grows up to 4 GiB. What the caller takes from it
   * directly is not the backend's, which refuses it (`WRONG_OWNER`): it must be given back directly.
   */
  readonly heap?: Heap;
}

/** The areas of the TypeScript backend. */
export interface CoreBackend extends Backend {
  /** Always `core-ts`. */
  readonly id: "core-ts";
  /** What was handed out and not given back. */
  readonly ledger: Ledger;
  /** Reference-counted buffers and their pools. */
  readonly buffers: CoreBuffers;
  /** The `av_malloc` family. Addresses are byte offsets in the heap's storage. */
  readonly memory: Memory;
  /** Pixel formats and picture layout. */
  readonly image: Image;
  /** Pictures with their memory. */
  readonly frames: CoreFrames;
  /** Buffered reading and writing through callbacks. */
  readonly io: CoreIo;
}

/**
 * Gives the TypeScript backend: the functions of `@mediamem/core-ts/image` behind the interface that every backend has.
 *
 * It has nothing to close; disposing it does nothing.
 *
 * @param options How it keeps account, and where its blocks lie.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createCore } from "@mediamem/core-ts";
 *
 * using core = createCore();
 * assertEquals(core.id, "core-ts");
 * const size = core.image.bufferSize("yuv420p", 300, 300, 16);
 * const address = core.memory.malloc(size);
 * assertEquals([size, address % 64], [139200, 0]);
 * core.memory.free(address);
 * assertEquals(core.ledger.bytes, 0);
 * ```
 */
export function createCore(options: CoreOptions = {}): CoreBackend {
  const ledger = new AllocationLedger(options);
  const { heap } = options;
  if (heap !== undefined && !(heap instanceof Heap)) {
    throw new TypeError(`Cannot make a backend: heap is ${show(heap)}, wanted a Heap`);
  }
  const limit: AllocationLimit = { maxAlloc: DEFAULT_MAX_ALLOC };
  const buffers = new CoreBuffers(ledger, limit);
  return {
    id: "core-ts",
    library: { name: "core-ts", version: "0.1.0", path: null, abi: null },
    ledger,
    memory: createMemory(ledger, limit, heap),
    buffers,
    image,
    frames: new CoreFrames(homeOf(buffers)),
    io,
    [Symbol.dispose](): void {},
  };
}
