import { type Image, type ImageAllocation, MediaError, type Plane, type Planes } from "@mediamem/interface";
import { checkInt, invalid } from "@mediamem/checks";
import { memory, type NativeMemory, type PointerArray, pointerArray, releaseMemory } from "@mediamem/ffi";
import { fail } from "../failure.ts";
import type { AvutilLibrary, AvutilSymbols } from "../library.ts";
import { planeArrays } from "./c_arrays.ts";
import type { FormatTable } from "./format_table.ts";

/** Memory for pictures. */
export type AllocationFunctions = Pick<Image, "allocImage">;

/**
 * A picture's memory from `av_malloc`. It may outlive its backend.
 *
 * Freeing detaches every view first. Where the runtime has pinned one for an asynchronous write, the memory is kept and freed at a
 * later free of any picture.
 */
class NativeImage implements ImageAllocation {
  readonly size: number;
  readonly memory: Uint8Array;
  readonly planes: Planes;
  readonly address: number;
  readonly #native: NativeMemory;
  readonly #pointer: PointerArray;
  readonly #symbols: AvutilSymbols;
  #freed = false;

  constructor(native: NativeMemory, planes: Planes, pointer: PointerArray, symbols: AvutilSymbols) {
    this.size = native.length;
    this.memory = native.bytes;
    this.planes = planes;
    this.address = native.address;
    this.#native = native;
    this.#pointer = pointer;
    this.#symbols = symbols;
  }

  free(): void {
    if (this.#freed) {
      throw new MediaError(
        "DOUBLE_FREE",
        "Cannot free a picture: it was freed before, wanted a live one",
        { op: "av_freep" },
      );
    }
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    if (this.#freed) return;
    this.#freed = true;
    releaseMemory(this.#native, () => this.#symbols.av_freep(this.#pointer.bytes));
  }
}

/** Binds the function to a library. */
export function allocationFunctions(library: AvutilLibrary, formats: FormatTable): AllocationFunctions {
  const { symbols, version } = library;
  const arrays = planeArrays();
  return {
    allocImage(format, width, height, align): ImageAllocation {
      const op = "av_image_alloc";
      const found = formats.find(op, format);
      checkInt(op, "width", width);
      checkInt(op, "height", height);
      checkInt(op, "align", align);
      // 56 adds it to the size as it is and allocates less than it says.
      if (align < 0 && version.major === 56) {
        invalid(op, `Cannot call ${op}: align is ${align}, wanted a power of two`);
      }
      const { data, linesizes } = arrays;
      const size = symbols.av_image_alloc(data.bytes, linesizes, width, height, found.number, align);
      // C may leave a dangling pointer in the array when it fails; nothing of it is used.
      if (size < 0) fail(op, size, `${found.name} ${width}x${height}, align ${align}`);
      const address = data.get(0);
      const pointer = pointerArray(1);
      pointer.set(0, address);
      const native = memory(address, size);
      const planes: Plane[] = [];
      for (let plane = 0; plane < (found.palette ? 2 : found.planes); plane++) {
        // C gives NULL for a plane without bytes, which only a picture without any has (align 0).
        const offset = Math.max(0, data.get(plane) - address);
        planes.push(Object.freeze({ memory: native.bytes, offset, linesize: linesizes[plane]! }));
      }
      return new NativeImage(native, Object.freeze(planes), pointer, symbols);
    },
  };
}
