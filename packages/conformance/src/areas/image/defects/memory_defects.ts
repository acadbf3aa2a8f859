import type { Image, ImageAllocation, Plane } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { defect } from "./with_image.ts";

/** An allocation of `image` with some of it otherwise. */
function changed(inner: ImageAllocation, change: Partial<ImageAllocation>): ImageAllocation {
  return {
    size: inner.size,
    address: inner.address,
    planes: inner.planes,
    get memory(): Uint8Array {
      return inner.memory;
    },
    free: () => inner.free(),
    [Symbol.dispose]: () => inner[Symbol.dispose](),
    ...change,
  };
}

/** Mistakes in the memory of pictures. */
export const memoryDefects: readonly Defect[] = [
  defect("alloc-width", "The width is not rounded up to 8 pixels before the rows are aligned", (image) => ({
    allocImage(format, width, height, align): ImageAllocation {
      const inner = image.allocImage(format, width, height, align);
      const { size, linesizes } = image.fillArrays(format, width, height, align);
      const planes = inner.planes.map((plane, i): Plane => ({ ...plane, linesize: linesizes[i]! }));
      return changed(inner, { size, planes });
    },
  })),
  defect("free-twice", "Freeing twice goes unnoticed", (image) => ({
    allocImage(...args: Parameters<Image["allocImage"]>): ImageAllocation {
      const inner = image.allocImage(...args);
      let live = true;
      return changed(inner, {
        free(): void {
          if (live) inner.free();
          live = false;
        },
      });
    },
  })),
  defect("use-after-free", "Views stay alive when their memory is freed", (image) => ({
    allocImage(...args: Parameters<Image["allocImage"]>): ImageAllocation {
      const inner = image.allocImage(...args);
      const memory = new Uint8Array(inner.memory.length);
      const planes = inner.planes.map((plane): Plane => ({ ...plane, memory }));
      return changed(inner, { memory, planes });
    },
  })),
];
