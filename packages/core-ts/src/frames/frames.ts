import type { Frame, Frames } from "@mediamem/interface";
import type { BufferHome } from "../buffers/buffer_home.ts";
import { CoreFrame } from "./core_frame.ts";

/** The area `frames` of the TypeScript backend: the storage of `libavutil/frame.h`, as libavutil 60 lays it out. */
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
