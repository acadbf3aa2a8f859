import type { Frame, Frames } from "@mediamem/interface";
import type { BufferHome } from "../buffers/buffer_home.ts";
import { CoreFrame } from "./core_frame.ts";

/**
 * The area `frames` of the TypeScript backend: the storage of `libavutil/frame.h`, as libavutil 60 lays it out.
 *
 * New memory is all zero. Views of memory that other frames or references share live until the last of them lets go of it: TypeScript
 * cannot take away one view of several.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createCore } from "@mediamem/core-ts";
 *
 * using core = createCore();
 * using frame = core.frames.alloc();
 * frame.format = "yuv420p";
 * frame.width = 99;
 * frame.height = 51;
 * frame.getBuffer();
 * assertEquals(frame.linesizes, [128, 64, 64]);
 *
 * // Who writes asks first: others may refer to the same picture.
 * using shared = frame.clone();
 * assertEquals(shared.isWritable, false);
 * shared.makeWritable();
 * const [luma] = shared.planes;
 * luma!.memory[luma!.offset] = 16;
 * assertEquals(frame.planes[0]!.memory[0], 0);
 * ```
 */
export class CoreFrames implements Frames {
  readonly #home: BufferHome;

  /** Makes the area. Programs get it from `createCore()`. */
  constructor(home: BufferHome) {
    this.#home = home;
  }

  /** An empty frame (`av_frame_alloc`). */
  alloc(): Frame {
    return new CoreFrame(this.#home, "av_frame_alloc");
  }
}
