import type { ImageAllocation, PixelFormatName, Plane, Planes } from "@mediamem/interface";
import { AVERROR, MediaError } from "@mediamem/interface";
import { checkInt, invalid } from "@mediamem/checks";
import { reserveAddresses } from "../address_space.ts";
import { alignUp } from "./buffer_size.ts";
import { pictureFits, refuseSize } from "./check_size.ts";
import { alignAll } from "./fill_arrays.ts";
import { linesizesOf } from "./linesize.ts";
import { planeSizesOf } from "./plane_sizes.ts";
import { findFormat } from "./record.ts";

const INT_MAX = 2147483647;
const OP = "av_image_alloc";
const FREE = "av_freep";

class Allocation implements ImageAllocation {
  readonly size: number;
  readonly memory: Uint8Array<ArrayBuffer>;
  readonly planes: Planes;
  readonly address: number;
  #freed = false;

  constructor(memory: Uint8Array<ArrayBuffer>, planes: Planes, address: number) {
    this.size = memory.length;
    this.memory = memory;
    this.planes = planes;
    this.address = address;
  }

  free(): void {
    if (this.#freed) {
      throw new MediaError("DOUBLE_FREE", "Cannot free a picture: it was freed before, wanted a live one", {
        op: FREE,
      });
    }
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    if (this.#freed) return;
    this.#freed = true;
    // Somebody may have moved the buffer away (`transfer`, `postMessage`): then it is theirs.
    if (!this.memory.buffer.detached) this.memory.buffer.transfer(0);
  }
}

/**
 * Allocates the memory of a picture; the caller owns it and frees it with `free()` or `using`.
 *
 * Rows are rounded up to `align` after the width was rounded up to 8 where `align` is 8 or more. The memory is zeroed, and
 * detached when it is freed: views of it then have length 0. `address` is a number of its own kind, a multiple of 64 that no
 * other allocation of this process has.
 *
 * Throws `EINVAL` for a format on a device, a size that `checkSize` refuses, and a palette format with an `align` below 4; `ENOMEM`
 * for more than 2^31 - 1 bytes, `align` more than the picture, and where the runtime has no memory left. C: `av_image_alloc`.
 *
 * @param format Name or alias of a pixel format.
 * @param width Pixels.
 * @param height Pixels.
 * @param align Power of two; 1 packs the rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { allocImage } from "@mediamem/core-ts/image";
 *
 * const image = allocImage("yuv420p", 17, 13, 16);
 * assertEquals(image.planes.map((plane) => plane.linesize), [32, 16, 16]);
 * assertEquals(image.memory.length, 32 * 13 + 2 * 16 * 7);
 * image.free();
 * assertEquals(image.memory.length, 0);
 * ```
 */
export function allocImage(
  format: PixelFormatName,
  width: number,
  height: number,
  align: number,
): ImageAllocation {
  const record = findFormat(OP, format);
  checkInt(OP, "width", width);
  checkInt(OP, "height", height);
  checkInt(OP, "align", align);
  if (!pictureFits(width, height)) refuseSize(OP, width, height);
  const linesizes = alignAll(linesizesOf(OP, record, align > 7 ? alignUp(width, 8) : width), align);
  const sizes = planeSizesOf(OP, record, height, linesizes);
  const size = sizes[0] + sizes[1] + sizes[2] + sizes[3];
  // C adds a negative align as a size_t near 2^64: the sum wraps around, or is more than there is.
  if (align < 0 && size + align >= 0) {
    invalid(OP, `Cannot call ${OP}: align is ${align}, wanted a power of two`);
  }
  if (align < 0 || size + align > INT_MAX) noMemory(size, align);
  if (record.palette && align < 4) {
    invalid(OP, `Cannot call ${OP}: align is ${align}, wanted at least 4 for the palette of ${record.name}`);
  }
  const memory = zeroed(size, align);
  const planes: Plane[] = [];
  let offset = 0;
  for (let plane = 0; plane < (record.palette ? 2 : record.planes); plane++) {
    planes.push(Object.freeze({ memory, offset, linesize: linesizes[plane]! }));
    offset += sizes[plane]!;
  }
  return new Allocation(memory, Object.freeze(planes), reserveAddresses(size));
}

function zeroed(size: number, align: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(size);
  } catch (cause) {
    noMemory(size, align, cause);
  }
}

function noMemory(size: number, align: number, cause?: unknown): never {
  throw new MediaError(
    "ENOMEM",
    `Cannot call ${OP}: the picture takes ${size} bytes and ${align} to align them, wanted at most ${INT_MAX} and what is free`,
    { op: OP, averror: AVERROR.ENOMEM, cause },
  );
}
