import { AVERROR, type Image, type PerPlane } from "@mediamem/interface";
import { checkAddress, checkByteCount, checkFour, checkInt, checkInteger, invalid } from "@mediamem/checks";
import { getPointer } from "@mediamem/ffi";
import { fail, lacks } from "../failure.ts";
import type { AvutilLibrary } from "../library.ts";
import { four, fourPointers, planeArrays } from "./c_arrays.ts";
import { type Format, type FormatTable, planeRows } from "./format_table.ts";

/** Bytes and addresses of planes. */
export type PlanePointerFunctions = Pick<Image, "planeSizes" | "fillPointers" | "fillArrays">;

const PALETTE_BYTES = 1024;

/**
 * The bytes of each plane of a picture without rows, or with fewer than none.
 *
 * C divides by the rows of each plane, which kills the process where the compiler kept the division; where it did not, this is
 * what comes out.
 */
function sizesWithoutRows(op: string, format: Format, height: number, linesizes: PerPlane): PerPlane {
  if (format.hwaccel) fail(op, AVERROR.EINVAL, `${format.name}, whose pixels are on a device`);
  for (let plane = 0; plane < format.planes; plane++) {
    const rows = planeRows(height, format.shiftH[plane]!);
    if (linesizes[plane] === 0 || rows === 0) continue;
    invalid(op, `Cannot call ${op}: plane ${plane} has ${rows} rows, wanted no negative number`);
  }
  return [0, format.palette ? PALETTE_BYTES : 0, 0, 0];
}

/** Binds the functions to a library. */
export function planePointerFunctions(library: AvutilLibrary, formats: FormatTable): PlanePointerFunctions {
  const { symbols } = library;
  const arrays = planeArrays();
  const sizes = new DataView(new ArrayBuffer(32));
  const sizeBytes = new Uint8Array(sizes.buffer);

  function sizeAt(op: string, plane: number): number {
    const high = sizes.getUint32(8 * plane + 4, true);
    if (high > 0x1fffff) checkByteCount(op, `plane ${plane}`, Number(sizes.getBigUint64(8 * plane, true)));
    return getPointer(sizes, 8 * plane);
  }

  return {
    planeSizes(format, height, linesizes): PerPlane {
      const op = "av_image_fill_plane_sizes";
      const found = formats.find(op, format);
      checkInt(op, "height", height);
      checkFour(op, "linesizes", linesizes);
      for (let plane = 0; plane < 4; plane++) {
        checkInteger(op, `linesizes[${plane}]`, linesizes[plane]!);
        arrays.wideLinesizes[plane] = BigInt(linesizes[plane]!);
      }
      const fillPlaneSizes = symbols.av_image_fill_plane_sizes ?? lacks(library, op);
      if (height <= 0) return sizesWithoutRows(op, found, height, linesizes);
      const result = fillPlaneSizes(sizeBytes, found.number, height, arrays.wideLinesizes);
      if (result < 0) fail(op, result, `${found.name} ${height} high, linesizes ${linesizes.join(" ")}`);
      return [sizeAt(op, 0), sizeAt(op, 1), sizeAt(op, 2), sizeAt(op, 3)];
    },

    fillPointers(format, height, address, linesizes) {
      const op = "av_image_fill_pointers";
      const found = formats.find(op, format);
      checkInt(op, "height", height);
      checkAddress(op, "address", address);
      checkFour(op, "linesizes", linesizes);
      for (let plane = 0; plane < 4; plane++) {
        checkInt(op, `linesizes[${plane}]`, linesizes[plane]!);
        arrays.linesizes[plane] = linesizes[plane]!;
      }
      if (height <= 0) {
        const palette = sizesWithoutRows(op, found, height, linesizes)[1];
        const second = palette === 0 ? 0 : address;
        return { data: [address, second, 0, 0], size: palette };
      }
      const size = symbols.av_image_fill_pointers(
        arrays.data.bytes,
        found.number,
        height,
        address,
        arrays.linesizes,
      );
      if (size < 0) fail(op, size, `${found.name} ${height} high, linesizes ${linesizes.join(" ")}`);
      return { data: pointers(address), size };
    },

    fillArrays(format, width, height, align, address = 0) {
      const op = "av_image_fill_arrays";
      const { name, number } = formats.find(op, format);
      checkInt(op, "width", width);
      checkInt(op, "height", height);
      checkInt(op, "align", align);
      checkAddress(op, "address", address);
      const size = symbols.av_image_fill_arrays(
        arrays.data.bytes,
        arrays.linesizes,
        address,
        number,
        width,
        height,
        align,
      );
      if (size < 0) fail(op, size, `${name} ${width}x${height}, align ${align}`);
      return { data: pointers(address), size, linesizes: four(arrays.linesizes) };
    },
  };

  /** 56 adds the sizes to NULL too and gives small numbers that are no addresses; later majors give NULL, and so do we. */
  function pointers(address: number): PerPlane {
    return address === 0 ? [0, 0, 0, 0] : fourPointers(arrays.data);
  }
}
