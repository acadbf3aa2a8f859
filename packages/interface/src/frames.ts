import type { BufferRef } from "./buffers.ts";
import type { Planes } from "./image.ts";
import type { PixelFormatName } from "./pixel_format_name.gen.ts";

/**
 * A picture and what belongs to it (`AVFrame`), and the duty to free it.
 *
 * The views of `planes` die with what the frame refers to: at `unref`, `free`, `moveRef`, and wherever the picture moves; where others
 * refer to the same memory they may live until the last of them lets go of it. A program that holds a view holds the frame. A frame that
 * was freed throws `USE_AFTER_FREE` from everything but dispose.
 */
export interface Frame extends Disposable {
  /** Address of the struct. */
  readonly address: number;
  /** Pixels of a row; 0 in an empty frame. A picture that has memory can only be cropped: 1 to what it is, or `EINVAL`. */
  width: number;
  /** Rows; 0 in an empty frame. A picture that has memory can only be cropped: 1 to what it is, or `EINVAL`. */
  height: number;
  /** Pixel format; null in an empty frame (`AV_PIX_FMT_NONE`). `EINVAL` for another one while the frame has memory. */
  format: PixelFormatName | null;
  /** Presentation time stamp in units of the stream's time base; null for none (`AV_NOPTS_VALUE`). */
  pts: number | null;
  /** Bytes from one row to the next of each plane, as many as the frame has memory for; empty without a buffer. */
  readonly linesizes: readonly number[];
  /** The planes of the picture, with a palette as plane 1; empty without a buffer. */
  readonly planes: Planes;
  /** Whether nobody else refers to any of its buffers; false without a buffer (`av_frame_is_writable`). */
  readonly isWritable: boolean;
  /** False once it was freed. */
  readonly live: boolean;

  /** Memory for width, height and format; `align` 0 is the library's choice. `EINVAL` for a frame that has some (`av_frame_get_buffer`). */
  getBuffer(align?: number): void;
  /** Another frame that refers to the same picture (`av_frame_clone`). */
  clone(): Frame;
  /** Refers to the picture of `src`; this frame must be empty (`av_frame_ref`). */
  ref(src: Frame): void;
  /** Moves everything out of `src`, which is empty afterwards; this frame must be empty (`av_frame_move_ref`). */
  moveRef(src: Frame): void;
  /** Gives everything back; the frame is empty afterwards (`av_frame_unref`). */
  unref(): void;
  /** Copies the picture into memory of its own where others refer to it (`av_frame_make_writable`). */
  makeWritable(): void;
  /** Copies the pixels of `src`, which has the same format and is no larger than this one. `OVERLAP` where both are the same memory (`av_frame_copy`). */
  copy(src: Frame): void;
  /** A reference of its own to the buffer that holds a plane; it outlives the frame. `EINVAL` for a plane that there is not (`av_frame_get_plane_buffer`). */
  planeBuffer(plane: number): BufferRef;
  /** Gives everything back, and the struct too. A second time is a `DOUBLE_FREE` (`av_frame_free`). */
  free(): void;
}

/** The area `frames`: the storage of `libavutil/frame.h`. */
export interface Frames {
  /** An empty frame (`av_frame_alloc`). */
  alloc(): Frame;
}
