import type { Backend, BufferRef, Frame, PixelFormatName, Planes } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { framesOf } from "../frames_of.ts";

/** What a mistake makes of a frame: some of its members answer wrong, the others as before. `inner` is the right frame. */
export type Mistake = new (inner: Frame, backend: Backend) => FrameProxy;

/** A frame that does what another one does. Mistakes extend it. */
export class FrameProxy implements Frame {
  protected readonly inner: Frame;
  protected readonly backend: Backend;

  /** Stands before `inner`. */
  constructor(inner: Frame, backend: Backend) {
    this.inner = inner;
    this.backend = backend;
  }

  /** Stands before another frame in the same way. */
  protected like(inner: Frame): Frame {
    return new (this.constructor as Mistake)(inner, this.backend);
  }

  /** The right frame behind another one. */
  protected behind(frame: Frame): Frame {
    return frame instanceof FrameProxy ? frame.inner : frame;
  }

  get address(): number {
    return this.inner.address;
  }
  get width(): number {
    return this.inner.width;
  }
  set width(value: number) {
    this.inner.width = value;
  }
  get height(): number {
    return this.inner.height;
  }
  set height(value: number) {
    this.inner.height = value;
  }
  get format(): PixelFormatName | null {
    return this.inner.format;
  }
  set format(value: PixelFormatName | null) {
    this.inner.format = value;
  }
  get pts(): number | null {
    return this.inner.pts;
  }
  set pts(value: number | null) {
    this.inner.pts = value;
  }
  get linesizes(): readonly number[] {
    return this.inner.linesizes;
  }
  get planes(): Planes {
    return this.inner.planes;
  }
  get isWritable(): boolean {
    return this.inner.isWritable;
  }
  get live(): boolean {
    return this.inner.live;
  }
  getBuffer(align?: number): void {
    this.inner.getBuffer(align);
  }
  clone(): Frame {
    return this.like(this.inner.clone());
  }
  ref(src: Frame): void {
    this.inner.ref(this.behind(src));
  }
  moveRef(src: Frame): void {
    this.inner.moveRef(this.behind(src));
  }
  unref(): void {
    this.inner.unref();
  }
  makeWritable(): void {
    this.inner.makeWritable();
  }
  copy(src: Frame): void {
    this.inner.copy(this.behind(src));
  }
  planeBuffer(plane: number): BufferRef {
    return this.inner.planeBuffer(plane);
  }
  free(): void {
    this.inner.free();
  }
  [Symbol.dispose](): void {
    this.inner[Symbol.dispose]();
  }
}

/** Makes a defect of the area frames: every frame of the backend has the mistake. */
export function defect(id: string, description: string, mistake: Mistake): Defect {
  return {
    id: `frames/${id}`,
    description,
    wrap(backend: Backend): Backend {
      const frames = framesOf(backend);
      return {
        ...backend,
        frames: { alloc: () => new mistake(frames.alloc(), backend) },
        // The wrapped backend is its maker's to close.
        [Symbol.dispose]: () => {},
      };
    },
  };
}
