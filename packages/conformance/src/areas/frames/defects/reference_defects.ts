import type { BufferRef, Frame } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { defect, FrameProxy } from "./frame_proxy.ts";

class SharedIsWritable extends FrameProxy {
  override get isWritable(): boolean {
    return this.inner.linesizes.length > 0;
  }
}

class BufferIsNoReference extends FrameProxy {
  override planeBuffer(plane: number): BufferRef {
    using right = this.inner.planeBuffer(plane);
    const copy = this.backend.buffers!.alloc(right.size);
    copy.data.set(right.data);
    return copy;
  }
}

class CloneCopies extends FrameProxy {
  override clone(): Frame {
    const clone = this.inner.clone();
    clone.makeWritable();
    return this.like(clone);
  }
}

class CloneLosesTime extends FrameProxy {
  override clone(): Frame {
    const clone = this.inner.clone();
    clone.pts = null;
    return this.like(clone);
  }
}

class RefDropsPicture extends FrameProxy {
  override ref(src: Frame): void {
    if (this.inner.live && this.behind(src) !== this.inner && this.behind(src).linesizes.length > 0) {
      this.inner.unref();
    }
    super.ref(src);
  }
}

class MoveLeavesSource extends FrameProxy {
  override moveRef(src: Frame): void {
    const source = this.behind(src);
    if (source.live && source.linesizes.length > 0) this.inner.ref(source);
    else this.inner.moveRef(source);
  }
}

class MoveLosesTime extends FrameProxy {
  override moveRef(src: Frame): void {
    super.moveRef(src);
    this.inner.pts = null;
  }
}

class MoveOntoItself extends FrameProxy {
  override moveRef(src: Frame): void {
    if (src !== this || !this.inner.live) super.moveRef(src);
  }
}

class UnrefKeepsPicture extends FrameProxy {
  readonly #kept: Frame[] = [];

  override unref(): void {
    if (this.inner.live && this.inner.linesizes.length > 0) this.#kept.push(this.inner.clone());
    super.unref();
  }
}

class UnrefKeepsSize extends FrameProxy {
  override unref(): void {
    const { width, height } = this.inner;
    super.unref();
    this.inner.width = width;
    this.inner.height = height;
  }
}

class FreeTwice extends FrameProxy {
  override free(): void {
    this.inner[Symbol.dispose]();
  }
}

class FreeLeaks extends FrameProxy {
  override free(): void {
    if (this.inner.live) this.backend.frames!.alloc();
    super.free();
  }
}

class UseAfterFree extends FrameProxy {
  override get width(): number {
    return this.inner.live ? this.inner.width : 0;
  }
  override set width(value: number) {
    if (this.inner.live) this.inner.width = value;
  }
}

/** Mistakes in who refers to what. */
export const referenceDefects: readonly Defect[] = [
  defect("shared-is-writable", "A frame is writable although others refer to its picture", SharedIsWritable),
  defect(
    "buffer-is-no-reference",
    "The buffer of a plane is a copy and not a reference",
    BufferIsNoReference,
  ),
  defect("clone-copies", "A clone has memory of its own", CloneCopies),
  defect("clone-loses-time", "A clone has no time stamp", CloneLosesTime),
  defect(
    "ref-drops-picture",
    "A frame that refers to a picture may refer to another at once",
    RefDropsPicture,
  ),
  defect("move-leaves-source", "A frame keeps the picture that was moved out of it", MoveLeavesSource),
  defect("move-loses-time", "Moving a picture loses its time stamp", MoveLosesTime),
  defect("move-onto-itself", "A frame may be moved onto itself", MoveOntoItself),
  defect(
    "unref-keeps-picture",
    "Memory and views stay alive when a frame lets go of them",
    UnrefKeepsPicture,
  ),
  defect("unref-keeps-size", "A frame keeps its size when it lets go of its picture", UnrefKeepsSize),
  defect("free-twice", "Freeing twice goes unnoticed", FreeTwice),
  defect("free-leaks", "A frame that was freed is counted on", FreeLeaks),
  defect("use-after-free", "A freed frame has a width", UseAfterFree),
];
