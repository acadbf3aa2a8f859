import type { BufferRef, Frame } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import { lieInside, type Pixels, pixelsOf, readPixels } from "./pixels.ts";

/** Writes what can be seen of a frame and does not depend on the layout of its library. */
export function pushFrame(frame: Frame, out: Answer): void {
  out.text(frame.live ? "live" : "dead");
  if (!frame.live) return;
  const { width, height, format, pts, linesizes, planes, isWritable, address } = frame;
  out.push(width);
  out.push(height);
  out.text(format ?? "none");
  out.push(pts ?? 0.5);
  out.push(linesizes.length);
  out.push(planes.length);
  out.push(isWritable ? 1 : 0);
  out.push(address > 0 ? 1 : 0);
  const pixels = pixelsOf(frame);
  if (pixels === null) return;
  out.push(lieInside(pixels) ? 1 : 0);
  out.bytes(readPixels(pixels));
}

/** A reference to the buffer of a plane, and the picture that was in it. */
export interface HeldReference {
  readonly ref: BufferRef;
  readonly pixels: Pixels;
}

/** Writes what can be seen of a reference to a buffer. */
export function pushReference({ ref, pixels }: HeldReference, out: Answer): void {
  out.text(ref.live ? "live" : "dead");
  if (!ref.live) return;
  out.push(ref.refCount);
  out.push(ref.isWritable ? 1 : 0);
  const memory = ref.data;
  out.bytes(readPixels({ ...pixels, planes: pixels.planes.map((plane) => ({ ...plane, memory })) }));
}
