import type { ImageLayout } from "@mediamem/interface";
import type { Regions } from "./regions.ts";

/** Pixels of the drawing, the same for every plane of a picture, so that planes can be compared. */
export interface Scale {
  /** Pixels per byte, horizontally. */
  readonly byte: number;
  /** Pixels per row, vertically. */
  readonly row: number;
  /** Whether single bytes are large enough to be drawn. */
  readonly cells: boolean;
}

/** The widest that a row may be drawn. */
export const PLANE_WIDTH = 480;
const PLANE_HEIGHT = 300;
const LOWEST = 16;
const LARGEST_CELL = 32;

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/**
 * Fits the planes into the drawing.
 *
 * Rows and columns of pixels get the same scale where that fits; a very wide or very high picture is stretched until its lower or
 * narrower planes can be seen.
 */
export function fitScale(layout: ImageLayout, regions: Regions): Scale {
  const planes = regions.planes.filter((region) => !region.palette);
  const widest = Math.max(1, ...planes.map((region) => region.padding + region.plane.rowBytes));
  const highest = Math.max(1, ...planes.map((region) => region.plane.rows));
  const byte = Math.min(PLANE_WIDTH / widest, LARGEST_CELL);
  const bytesPerPixel = (layout.planes[0]?.rowBytes ?? 1) / layout.width;
  const row = clamp(
    byte * bytesPerPixel,
    Math.min(LOWEST / highest, LARGEST_CELL),
    Math.min(PLANE_HEIGHT / highest, LARGEST_CELL),
  );
  return { byte, row, cells: byte >= 8 && row >= 6 };
}
