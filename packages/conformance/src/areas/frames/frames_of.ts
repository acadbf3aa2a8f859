import type { Backend, Frame, Frames } from "@mediamem/interface";
import { MediaError, type PixelFormatName } from "@mediamem/interface";

/** The area of a backend. Throws `ENOSYS` where it has none. */
export function framesOf(backend: Backend): Frames {
  if (backend.frames !== undefined) return backend.frames;
  throw new MediaError("ENOSYS", `Cannot compare ${backend.id}: it has no area frames, wanted one that has`, {
    op: "frames",
  });
}

/** A frame with memory for a picture, which the caller frees. */
export function pictureFrame(
  backend: Backend,
  format: PixelFormatName,
  width: number,
  height: number,
  align: number,
): Frame {
  const frame = framesOf(backend).alloc();
  try {
    frame.format = format;
    frame.width = width;
    frame.height = height;
    frame.getBuffer(align);
    return frame;
  } catch (error) {
    frame.free();
    throw error;
  }
}
