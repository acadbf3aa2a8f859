import type { Backend, Image, PerPlane, PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { Point } from "../../model.ts";

/** The area of a backend. Throws `ENOSYS` where it has none. */
export function imageOf(backend: Backend): Image {
  if (backend.image !== undefined) return backend.image;
  throw new MediaError("ENOSYS", `Cannot compare ${backend.id}: it has no area image, wanted one that has`, {
    op: "image",
  });
}

// The parameters of a point are looked up by position, and each test knows what stands there: grids are its own.

/** The format at a position. */
export function formatAt(point: Point, index: number): PixelFormatName {
  return point[index] as PixelFormatName;
}

/** The list of formats at a position: names with commas between. */
export function formatsAt(point: Point, index: number): readonly PixelFormatName[] {
  return textAt(point, index) === "" ? [] : textAt(point, index).split(",") as PixelFormatName[];
}

/** The number at a position. */
export function numberAt(point: Point, index: number): number {
  return point[index] as number;
}

/** The text at a position. */
export function textAt(point: Point, index: number): string {
  return point[index] as string;
}

/** The truth at a position. */
export function flagAt(point: Point, index: number): boolean {
  return point[index] as boolean;
}

/** Adds one number a plane to an answer. */
export function pushPerPlane(values: PerPlane, out: Answer): void {
  for (let i = 0; i < 4; i++) out.push(values[i]!);
}
