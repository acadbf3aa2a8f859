import type { PixelFormatName } from "@mediamem/interface";
import type { Operation } from "../../model.ts";

// The words of a trace. `at` is a place that holds one frame, live or freed; `reference` a place for a reference to a buffer.

/** Takes an empty frame. */
export function alloc(at: number): Operation {
  return { op: "alloc", at };
}

/** Takes a frame with memory for a picture in yuv420p, painted with what follows from the step. */
export function picture(at: number, width: number, height: number): Operation {
  return { op: "picture", at, size: [width, height] };
}

/** Sets format, width and height, one after the other, as far as that goes. */
export function setUp(at: number, format: PixelFormatName | null, width: number, height: number): Operation {
  return { op: "setUp", at, format, size: [width, height] };
}

/** Sets one side. */
export function setSide(at: number, side: "width" | "height", value: number): Operation {
  return { op: "setSide", at, side, value };
}

/** Sets the format. */
export function setFormat(at: number, format: PixelFormatName | null): Operation {
  return { op: "setFormat", at, format };
}

/** Sets the time stamp. */
export function setPts(at: number, value: number | null): Operation {
  return { op: "setPts", at, value };
}

/** Takes memory, and paints it with what follows from the step. */
export function getBuffer(at: number, align: number): Operation {
  return { op: "getBuffer", at, align };
}

/** Puts a clone into another place. */
export function clone(at: number, to: number): Operation {
  return { op: "clone", at, to };
}

/** Lets the frame refer to the picture of another. */
export function ref(at: number, from: number): Operation {
  return { op: "ref", at, from };
}

/** Moves everything out of another frame. */
export function moveRef(at: number, from: number): Operation {
  return { op: "moveRef", at, from };
}

/** Gives everything back. */
export function unref(at: number): Operation {
  return { op: "unref", at };
}

/** Copies the picture where others refer to it. */
export function makeWritable(at: number): Operation {
  return { op: "makeWritable", at };
}

/** Copies the pixels of another frame. */
export function copy(at: number, from: number): Operation {
  return { op: "copy", at, from };
}

/** Paints the picture with what follows from a seed. */
export function paint(at: number, seed: number): Operation {
  return { op: "paint", at, seed };
}

/** Takes a reference to the buffer of a plane; what was in its place before stays until the end. */
export function planeBuffer(at: number, plane: number, reference: number): Operation {
  return { op: "planeBuffer", at, plane, reference };
}

/** Gives a reference to a buffer back. */
export function unrefBuffer(reference: number): Operation {
  return { op: "unrefBuffer", reference };
}

/** Gives the frame back. */
export function free(at: number): Operation {
  return { op: "free", at };
}

/** Leaves the scope that owns the frame. */
export function dispose(at: number): Operation {
  return { op: "dispose", at };
}

/** Limits the bytes that may be alive to so many more than before the trace; null for no limit. */
export function limit(bytes: number | null): Operation {
  return { op: "limit", bytes };
}

/** Caps one request of the allocator. */
export function maxAlloc(max: number): Operation {
  return { op: "maxAlloc", max };
}
