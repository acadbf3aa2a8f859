import type { Frame, Plane, Planes } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { pixelsOf, readPixels } from "../pixels.ts";
import { defect, FrameProxy } from "./frame_proxy.ts";

/** Lets go of the picture of a frame and takes memory for another of the same kind. */
function renew(frame: Frame, align = 0): void {
  const { format, width, height, pts } = frame;
  frame.unref();
  frame.format = format;
  frame.width = width;
  frame.height = height;
  frame.pts = pts;
  frame.getBuffer(align);
}

class WritableWithoutCopy extends FrameProxy {
  override makeWritable(): void {
    if (!this.inner.live || this.inner.linesizes.length === 0 || this.inner.isWritable) super.makeWritable();
    else renew(this.inner);
  }
}

class WritableDoesNothing extends FrameProxy {
  override makeWritable(): void {
    if (this.inner.linesizes.length === 0) super.makeWritable();
  }
}

class WritableAlwaysCopies extends FrameProxy {
  override makeWritable(): void {
    const inner = this.inner;
    if (inner.live && inner.isWritable) {
      using _other = inner.clone();
      inner.makeWritable();
    } else inner.makeWritable();
  }
}

class WritableAlignsToOne extends FrameProxy {
  override makeWritable(): void {
    const inner = this.inner;
    if (!inner.live || inner.linesizes.length === 0 || inner.isWritable) return inner.makeWritable();
    using source = inner.clone();
    renew(inner, 1);
    inner.copy(source);
  }
}

class BufferTwice extends FrameProxy {
  override getBuffer(align?: number): void {
    if (this.inner.live && this.inner.linesizes.length > 0) renew(this.inner, align);
    else super.getBuffer(align);
  }
}

class DeviceHasMemory extends FrameProxy {
  override getBuffer(align?: number): void {
    if (this.inner.live && this.inner.format === "cuda") this.inner.format = "gray";
    super.getBuffer(align);
  }
}

class CopyCutsOff extends FrameProxy {
  override copy(src: Frame): void {
    const source = this.behind(src);
    if (!source.live || source.linesizes.length === 0 || this.inner.linesizes.length === 0) {
      return super.copy(src);
    }
    using part = source.clone();
    part.width = Math.min(source.width, this.inner.width);
    part.height = Math.min(source.height, this.inner.height);
    this.inner.copy(part);
  }
}

class CopyOntoItself extends FrameProxy {
  override copy(src: Frame): void {
    try {
      super.copy(src);
    } catch (error) {
      if (!(error instanceof MediaError && error.code === "OVERLAP")) throw error;
    }
  }
}

class CopyForgetsPalette extends FrameProxy {
  override copy(src: Frame): void {
    const [, palette] = this.inner.live && this.inner.format === "pal8" ? this.inner.planes : [];
    const before = palette?.memory.slice(palette.offset, palette.offset + 1024);
    super.copy(src);
    if (before !== undefined) palette!.memory.set(before, palette!.offset);
  }
}

class ChromaRowsFloor extends FrameProxy {
  override copy(src: Frame): void {
    const [, chroma] = this.inner.live ? this.inner.planes : [];
    const pixels = pixelsOf(this.inner);
    const isOdd = pixels !== null && pixels.format === "yuv420p" && pixels.height % 2 === 1;
    const at = isOdd ? chroma!.offset + chroma!.linesize * (pixels.height >> 1) : 0;
    const before = isOdd ? chroma!.memory.slice(at, at + (pixels.width + 1 >> 1)) : null;
    super.copy(src);
    if (before !== null) chroma!.memory.set(before, at);
  }
}

class CropGrowsInSilence extends FrameProxy {
  override get width(): number {
    return this.inner.width;
  }
  override set width(value: number) {
    if (this.inner.linesizes.length > 0 && value > this.inner.width) return;
    this.inner.width = value;
  }
}

class FormatChanges extends FrameProxy {
  override get format(): Frame["format"] {
    return this.inner.format;
  }
  override set format(value: Frame["format"]) {
    if (this.inner.live && this.inner.linesizes.length > 0 && value === null) this.inner.unref();
    this.inner.format = value;
  }
}

class PlanesAreCopies extends FrameProxy {
  override get planes(): Planes {
    const memory = this.inner.planes[0]?.memory.slice();
    return this.inner.planes.map((plane): Plane => ({ ...plane, memory: memory! }));
  }
}

class PlanesTouch extends FrameProxy {
  override get planes(): Planes {
    const { planes } = this.inner;
    if (planes.length < 2) return planes;
    return planes.map((plane, i): Plane => ({ ...plane, offset: plane.offset - (i > 0 ? 16 : 0) }));
  }
}

class FailureResets extends FrameProxy {
  override getBuffer(align?: number): void {
    try {
      super.getBuffer(align);
    } catch (error) {
      const isEmpty = this.inner.live && this.inner.linesizes.length === 0;
      if (isEmpty && error instanceof MediaError) this.inner.unref();
      throw error;
    }
  }
}

class LooksChange extends FrameProxy {
  override get isWritable(): boolean {
    const { isWritable } = this.inner;
    const pixels = pixelsOf(this.inner);
    if (pixels !== null && readPixels(pixels).length > 0) {
      pixels.planes[0]!.memory[pixels.planes[0]!.offset]! ^= 1;
    }
    return isWritable;
  }
}

/** Mistakes in the memory of pictures. */
export const memoryDefects: readonly Defect[] = [
  defect(
    "writable-without-copy",
    "Making a frame writable gives it memory without the picture",
    WritableWithoutCopy,
  ),
  defect("writable-does-nothing", "Making a frame writable leaves its picture shared", WritableDoesNothing),
  defect(
    "writable-always-copies",
    "Making a writable frame writable moves its picture",
    WritableAlwaysCopies,
  ),
  defect("writable-aligns-to-one", "Making a frame writable packs the rows of its copy", WritableAlignsToOne),
  defect("buffer-twice", "A frame that has memory takes more and loses its picture", BufferTwice),
  defect("device-has-memory", "A picture on a device gets memory on the host", DeviceHasMemory),
  defect("copy-cuts-off", "A picture that is too large is copied as far as it fits", CopyCutsOff),
  defect("copy-onto-itself", "A picture may be copied onto itself", CopyOntoItself),
  defect("copy-forgets-palette", "The palette is not copied", CopyForgetsPalette),
  defect("copy-chroma-floor", "The last row of chroma of an odd height is not copied", ChromaRowsFloor),
  defect("crop-grows-in-silence", "A width beyond the memory goes unnoticed", CropGrowsInSilence),
  defect("format-changes", "A frame without a format loses its memory", FormatChanges),
  defect("planes-are-copies", "What is written to a plane is lost", PlanesAreCopies),
  defect("planes-touch", "The planes start 16 bytes early", PlanesTouch),
  defect("failure-resets", "A frame that got no memory forgets what it was told", FailureResets),
  defect("looking-changes", "Asking whether a frame is writable changes its first byte", LooksChange),
];
