import type { Image, Planes } from "@mediamem/interface";
import {
  checkBoolean,
  checkImageLine,
  invalid,
  kindOf,
  READ_LINE,
  READ_PALETTE_LINE,
  WRITE_LINE,
} from "@mediamem/checks";
import { lacks } from "../failure.ts";
import type { AvutilLibrary } from "../library.ts";
import { holdPlanes, planeArrays, setPlane } from "./c_arrays.ts";
import type { Format, FormatTable } from "./format_table.ts";

/** Samples read and written one component at a time. */
export type LineFunctions = Pick<Image, "readImageLine" | "writeImageLine">;

const INT_MAX = 2147483647;

/** Throws `EINVAL` where C would multiply beyond an `int`, though the line is inside the plane's memory. */
function checkProducts(
  op: string,
  format: Format,
  planes: Planes,
  x: number,
  y: number,
  component: number,
): void {
  const { plane, step, offset } = format.descriptor.comp[component]!;
  const { linesize } = planes[plane]!;
  if (Math.abs(y * linesize) <= INT_MAX && Math.abs(x * step + offset) <= INT_MAX) return;
  invalid(
    op,
    `Cannot call ${op}: sample ${x} of row ${y} is too far away, wanted one within 2147483647 bytes`,
  );
}

/** Bytes of an element, which `BYTES_PER_ELEMENT` only claims to tell. */
function elementBytes(samples: Uint16Array | Uint32Array): number {
  return kindOf(samples) === "Uint16Array" ? 2 : 4;
}

/** Binds the functions to a library. */
export function lineFunctions(library: AvutilLibrary, formats: FormatTable): LineFunctions {
  const { symbols } = library;
  const arrays = planeArrays();

  /** Puts the plane of the component, and the palette where it is asked for, into `arrays`; the others may be missing. */
  function take(format: Format, planes: Planes, component: number, palette: boolean): void {
    const { plane } = format.descriptor.comp[component]!;
    for (let i = 0; i < 4; i++) {
      setPlane(arrays, i, i === plane || (palette && i === 1) ? planes[i]! : null);
    }
  }

  return {
    readImageLine(dst, src, format, x, y, component, width, readPalComponent = false): void {
      const { op } = READ_LINE;
      const found = formats.find(op, format);
      checkBoolean(op, "readPalComponent", readPalComponent);
      const call = readPalComponent ? READ_PALETTE_LINE : READ_LINE;
      const readLine = symbols.av_read_image_line2 ?? lacks(library, "av_read_image_line2");
      const held = holdPlanes(src);
      if (!checkImageLine(call, found.descriptor, held, x, y, component, width, dst)) return;
      checkProducts(op, found, held, x, y, component);
      take(found, held, component, readPalComponent);
      readLine(
        dst,
        arrays.data.bytes,
        arrays.linesizes,
        found.address,
        x,
        y,
        component,
        width,
        readPalComponent ? 1 : 0,
        elementBytes(dst),
      );
    },

    writeImageLine(src, dst, format, x, y, component, width): void {
      const { op } = WRITE_LINE;
      const found = formats.find(op, format);
      const writeLine = symbols.av_write_image_line2 ?? lacks(library, "av_write_image_line2");
      const held = holdPlanes(dst);
      if (!checkImageLine(WRITE_LINE, found.descriptor, held, x, y, component, width, src)) return;
      checkProducts(op, found, held, x, y, component);
      take(found, held, component, false);
      writeLine(
        src,
        arrays.data.bytes,
        arrays.linesizes,
        found.address,
        x,
        y,
        component,
        width,
        elementBytes(src),
      );
    },
  };
}
