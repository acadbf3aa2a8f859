import type { PixelFormatName, Plane } from "@mediamem/interface";
import { linesizes, planeSizes } from "@mediamem/core-ts/image";
import { isHardware } from "./formats.ts";
import { fillSeeded } from "./seeded.ts";

/** Bytes around and between planes that nobody may touch. */
const GUARD = 64;

const PALETTE_BYTES = 1024;

/** How the rows of a test picture lie. */
interface RowShape {
  /** Bytes after each row that are no pixels. */
  readonly padding: number;
  /** Bottom row first: the linesizes are negative. */
  readonly flip: boolean;
  /** How far the planes are from an aligned address. */
  readonly shift: number;
}

/** A way for rows to lie, as it stands in a case's id. */
export type Rows = "packed" | "padded" | "uneven" | "flipped" | "flipped-uneven";

const ROW_SHAPES: Readonly<Record<Rows, RowShape>> = {
  packed: { padding: 0, flip: false, shift: 0 },
  padded: { padding: 16, flip: false, shift: 0 },
  uneven: { padding: 7, flip: false, shift: 3 },
  flipped: { padding: 16, flip: true, shift: 0 },
  "flipped-uneven": { padding: 7, flip: true, shift: 3 },
};

/** All of them, simplest first. */
export const ROWS: readonly Rows[] = Object.keys(ROW_SHAPES) as Rows[];

/** A picture in one piece of memory whose every byte, guards included, follows from a seed. */
export interface Picture {
  readonly memory: Uint8Array;
  readonly planes: readonly Plane[];
}

/** A side for the memory of a case: the one asked for, or `instead` where no test picture has such a side. */
export function sideOr(side: number, instead: number): number {
  return Number.isInteger(side) && side > 0 && side <= 4096 ? side : instead;
}

/** One plane and what surrounds it. */
export function makePlane(
  rowBytes: number,
  rows: number,
  linesize: number,
  shift: number,
  seed: number,
): Plane {
  const pitch = Math.abs(linesize);
  const memory = new Uint8Array(GUARD + shift + Math.max(0, rows) * Math.max(pitch, rowBytes) + GUARD);
  fillSeeded(memory, seed);
  return { memory, offset: GUARD + shift + (linesize < 0 ? pitch * (rows - 1) : 0), linesize };
}

/** A picture with random contents. Formats without a layout get planes that a copy must leave alone. */
export function makePicture(
  format: PixelFormatName,
  width: number,
  height: number,
  rowShape: Rows,
  seed: number,
): Picture {
  const { padding, flip, shift } = ROW_SHAPES[rowShape];
  const hardware = isHardware(format);
  const rowBytes = hardware ? [16, 16, 16, 16] : linesizes(format, width);
  const rows = hardware ? [1, 1, 1, 1] : planeSizes(format, height, [1, 1, 1, 1]);
  const palette = format === "pal8";
  const sizes: number[] = [];
  for (let i = 0; i < 4; i++) {
    sizes.push(
      palette && i === 1 ? PALETTE_BYTES : rowBytes[i] === 0 ? 0 : (rowBytes[i]! + padding) * rows[i]!,
    );
  }
  const used = sizes.filter((size) => size > 0).length;
  const memory = new Uint8Array(sizes.reduce((sum, size) => sum + GUARD + size, GUARD + shift));
  fillSeeded(memory, seed);
  const planes: Plane[] = [];
  let start = GUARD + shift;
  for (let i = 0; i < used; i++) {
    const pitch = palette && i === 1 ? 0 : rowBytes[i]! + padding;
    const turned = flip && pitch > 0;
    planes.push({
      memory,
      offset: turned ? start + pitch * (rows[i]! - 1) : start,
      linesize: turned ? -pitch : pitch,
    });
    start += sizes[i]! + GUARD;
  }
  return { memory, planes };
}
