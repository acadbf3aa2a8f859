import { AVERROR, type ColorRange, type Image, type Planes } from "@mediamem/interface";
import { checkExtent, checkFour, checkInt, checkPlanes, checkUnsigned, checkWord } from "@mediamem/checks";
import { fail, lacks } from "../failure.ts";
import type { AvutilLibrary } from "../library.ts";
import { holdPlanes, planeArrays, setPlanes } from "./c_arrays.ts";
import { type Format, type FormatTable, planeRows } from "./format_table.ts";

/** Pictures painted in one colour. */
export type FillFunctions = Pick<Image, "fillBlack" | "fillColor">;

/** `AVColorRange` by name. */
const RANGES: Readonly<Record<ColorRange, number>> = { unspecified: 0, tv: 1, pc: 2 };

/** Binds the functions to a library. */
export function fillFunctions(library: AvutilLibrary, formats: FormatTable): FillFunctions {
  const { symbols } = library;
  const arrays = planeArrays();
  const bytes = new Int32Array(4);
  const values = new Uint32Array(4);

  /** Throws unless every row lies in its plane, and puts the planes into `arrays`. */
  function take(op: string, dst: Planes, format: Format, width: number, height: number): void {
    const { name, number, planes, shiftH } = format;
    const held = holdPlanes(dst);
    checkPlanes(op, "dst", held, planes);
    const result = symbols.av_image_fill_linesizes(bytes, number, width);
    if (result < 0) fail(op, AVERROR.EINVAL, `${name} ${width} wide`);
    for (let plane = 0; plane < planes; plane++) {
      checkExtent(op, `dst[${plane}]`, held[plane]!, bytes[plane]!, planeRows(height, shiftH[plane]!));
    }
    setPlanes(arrays, held, planes);
  }

  return {
    fillBlack(dst, format, range, width, height): void {
      const op = "av_image_fill_black";
      const found = formats.find(op, format);
      checkWord(op, "range", range, Object.keys(RANGES));
      checkInt(op, "width", width);
      checkInt(op, "height", height);
      const number = RANGES[range];
      // Without planes C only tells whether it could.
      const can = symbols.av_image_fill_black(
        null,
        arrays.wideLinesizes,
        found.number,
        number,
        width,
        height,
      );
      if (can < 0) fail(op, can, `${found.name} ${width}x${height}, range ${range}`);
      if (dst === null) return;
      take(op, dst, found, width, height);
      // C walks through rows without bytes too: for seconds, where there are 2^31 of them.
      if (width === 0) return;
      symbols.av_image_fill_black(
        arrays.data.bytes,
        arrays.wideLinesizes,
        found.number,
        number,
        width,
        height,
      );
    },

    fillColor(dst, format, color, width, height): void {
      const op = "av_image_fill_color";
      const found = formats.find(op, format);
      checkFour(op, "color", color);
      for (let c = 0; c < 4; c++) {
        checkUnsigned(op, `color[${c}]`, color[c]!);
        values[c] = color[c]!;
      }
      checkInt(op, "width", width);
      checkInt(op, "height", height);
      const fillColor = symbols.av_image_fill_color ?? lacks(library, op);
      const can = fillColor(null, arrays.wideLinesizes, found.number, values, width, height, 0);
      if (can < 0) fail(op, can, `${found.name} ${width}x${height}`);
      if (dst === null) return;
      take(op, dst, found, width, height);
      // C walks through rows without bytes too: for seconds, where there are 2^31 of them.
      if (width === 0) return;
      fillColor(arrays.data.bytes, arrays.wideLinesizes, found.number, values, width, height, 0);
    },
  };
}
