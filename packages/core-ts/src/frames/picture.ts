import { MediaError, type Plane, type Planes } from "@mediamem/interface";
import type { BufferHome } from "../buffers/buffer_home.ts";
import { CoreBuffer } from "../buffers/core_buffer.ts";
import { frameLayout } from "../image/frame_layout.ts";
import { roundUp } from "../image/layout_plane.ts";
import type { FormatRecord } from "../image/record.ts";

/** Where a plane starts in the buffer, and how far its rows are apart. */
interface PlacedPlane {
  readonly offset: number;
  readonly linesize: number;
}

/** The memory that a frame refers to, and how a picture lies in it. Frames that refer to the same picture share one. */
export class Picture {
  readonly buffer: CoreBuffer;
  readonly linesizes: readonly number[];
  readonly #placed: readonly PlacedPlane[];

  /** Lays the planes into a buffer that counts one reference for them. */
  constructor(buffer: CoreBuffer, placed: readonly PlacedPlane[]) {
    this.buffer = buffer;
    this.linesizes = Object.freeze(placed.map(({ linesize }) => linesize));
    this.#placed = placed;
  }

  /** How many planes it has, the palette with them. */
  get planeCount(): number {
    return this.#placed.length;
  }

  /** Shows the planes, all in one view of the buffer. Throws `USE_AFTER_FREE` where somebody moved the memory away. */
  show(op: string): Planes {
    const { memory: whole } = this.buffer;
    let memory: Uint8Array;
    try {
      memory = whole.view(0, whole.size);
    } catch (cause) {
      throw new MediaError(
        "USE_AFTER_FREE",
        `Cannot use ${op}: the frame's memory was moved away, wanted memory that stays until it is freed`,
        { op, cause },
      );
    }
    return Object.freeze(
      this.#placed.map(({ offset, linesize }): Plane => Object.freeze({ memory, offset, linesize })),
    );
  }
}

/** Allocates the memory of a picture as libavutil 60 does for a frame. Errors: those of {@linkcode frameLayout}, `ENOMEM` and `OVER_BUDGET`. */
export function allocPicture(
  op: string,
  home: BufferHome,
  format: FormatRecord,
  width: number,
  height: number,
  align: number,
): Picture {
  const { size, planes } = frameLayout(op, format, width, height, { name: "ffmpegFrame", align });
  home.checkStruct(op, "AVBuffer");
  const memory = home.allocate(op, size);
  const { address } = memory;
  // The address of every plane but the first is rounded up; memory is aligned to 64 and no further.
  const placed = planes.map(({ plane, offset, linesize }) => ({
    offset: plane === 0 || align === 0 ? offset : roundUp(address + offset, align) - address,
    linesize,
  }));
  return new Picture(new CoreBuffer(memory, home, null, false, false), placed);
}
