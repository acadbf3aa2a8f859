import {
  AVERROR,
  type FfmpegFrameRules,
  type FfmpegRules,
  type Image,
  type ImageLayout,
  MediaError,
  type PerPlane,
  type PlaneLayout,
} from "@mediamem/interface";
import { checkAlign, checkInt, checkRules, invalid } from "@mediamem/checks";
import { pointerArray } from "@mediamem/ffi";
import { fail } from "../failure.ts";
import type { AvutilLibrary } from "../library.ts";
import { withStruct } from "../struct.ts";
import { four, fourPointers, planeArrays } from "./c_arrays.ts";
import { checkOwnMajor } from "./descriptors.ts";
import { type Format, type FormatTable, planeRows } from "./format_table.ts";

/** Layouts as values. */
export type LayoutFunctions = Pick<Image, "imageLayout">;

const PALETTE_BYTES = 1024;

/** Any address will do: the functions reckon with it and do not look there. */
const SOME_ADDRESS = 65536;

/** Where the planes start and how their rows lie, as C gave them. */
interface Placement {
  readonly size: number;
  readonly offsets: PerPlane;
  readonly linesizes: PerPlane;
}

/** Binds the function to a library. */
export function layoutFunctions(library: AvutilLibrary, formats: FormatTable): LayoutFunctions {
  const { symbols, abi } = library;
  const arrays = planeArrays();
  const bytes = new Int32Array(4);

  function placeArrays(
    op: string,
    format: Format,
    width: number,
    height: number,
    align: number,
  ): Placement {
    const { data, linesizes } = arrays;
    const { name, number } = format;
    const size = symbols.av_image_fill_arrays(
      data.bytes,
      linesizes,
      SOME_ADDRESS,
      number,
      width,
      height,
      align,
    );
    if (size < 0) fail(op, size, `${name} ${width}x${height}, align ${align}`);
    return { size, offsets: offsetsFrom(SOME_ADDRESS, fourPointers(data)), linesizes: four(linesizes) };
  }

  /** Lets the library make a frame and looks where everything is. */
  function placeFrame(
    op: string,
    number: number,
    name: string,
    width: number,
    height: number,
    align: number,
  ): Placement {
    const frame = pointerArray(1);
    frame.set(0, symbols.av_frame_alloc());
    const address = frame.get(0);
    if (address === 0) fail(op, AVERROR.ENOMEM, "no memory for a frame");
    try {
      return withStruct(abi.structs.AVFrame, address, (fields) => {
        fields.setI32("format", number);
        fields.setI32("width", width);
        fields.setI32("height", height);
        const result = symbols.av_frame_get_buffer(address, align);
        if (result < 0) fail(op, result, `${name} ${width}x${height}, align ${align}`);
        if (fields.pointer("buf", 1) !== 0) manyBuffers(op);
        const at = (plane: number): number => fields.pointer("data", plane);
        const linesize = (plane: number): number => fields.i32("linesize", plane);
        const buffer = withStruct(abi.structs.AVBufferRef, fields.pointer("buf", 0), (reference) => ({
          data: reference.pointer("data"),
          size: reference.size("size"),
        }));
        return {
          size: buffer.size,
          offsets: offsetsFrom(buffer.data, [at(0), at(1), at(2), at(3)]),
          linesizes: [linesize(0), linesize(1), linesize(2), linesize(3)],
        };
      });
    } finally {
      symbols.av_frame_free(frame.bytes);
    }
  }

  /** What the library was built to align for: the linesize that it gives to a frame of one byte when it may choose. */
  function checkBuildAlign(op: string, buildAlign: number): void {
    // Older ones align for 32 always, and the rules say that the number counts from 59 on.
    if (library.version.major < 59) return;
    const gray = formats.find(op, "gray");
    const [found] = placeFrame(op, gray.number, gray.name, 1, 1, 0).linesizes;
    if (found === buildAlign) return;
    throw new MediaError(
      "ENOSYS",
      `Cannot call ${op}: buildAlign is ${buildAlign}, wanted ${found}, that of the loaded library`,
      { op, averror: AVERROR.ENOSYS },
    );
  }

  function place(
    op: string,
    format: Format,
    width: number,
    height: number,
    rules: FfmpegRules | FfmpegFrameRules,
  ): Placement {
    // A getter may give another number than the one that was checked, and there are some with which C never comes to an end.
    const { align } = rules;
    if (align !== 0) checkAlign(op, align);
    if (rules.name === "ffmpeg") return placeArrays(op, format, width, height, align);
    if (rules.major !== undefined) checkOwnMajor(op, library, rules.major);
    if (rules.buildAlign !== undefined) checkBuildAlign(op, rules.buildAlign);
    return placeFrame(op, format.number, format.name, width, height, align);
  }

  return {
    imageLayout(format, width, height, rules): ImageLayout {
      const op = checkRules(rules);
      const found = formats.find(op, format);
      const { name, number, planes: count, shiftH } = found;
      checkInt(op, "width", width);
      checkInt(op, "height", height);
      if (rules.name !== "ffmpeg" && rules.name !== "ffmpegFrame") {
        throw new MediaError(
          "ENOSYS",
          `Cannot lay out ${name}: the rules are ${rules.name}, wanted ffmpeg or ffmpegFrame, those of libavutil`,
          { op, averror: AVERROR.ENOSYS },
        );
      }
      if (width <= 0 || height <= 0) {
        invalid(op, `Cannot lay out ${name}: the picture is ${width}x${height}, wanted at least 1x1`);
      }
      const { size, offsets, linesizes } = place(op, found, width, height, rules);
      const result = symbols.av_image_fill_linesizes(bytes, number, width);
      if (result < 0) fail(op, AVERROR.EINVAL, `${name} ${width} wide`);
      const planes: PlaneLayout[] = [];
      for (let plane = 0; plane < count; plane++) {
        const linesize = linesizes[plane]!;
        const rowBytes = bytes[plane]!;
        const rows = planeRows(height, shiftH[plane]!);
        const extent = Math.abs(linesize) * (rows - 1) + rowBytes;
        planes.push({ plane, offset: offsets[plane]!, linesize, rowBytes, rows, extent });
      }
      if (found.palette) {
        const extent = PALETTE_BYTES;
        planes.push({ plane: 1, offset: offsets[1], linesize: 0, rowBytes: extent, rows: 1, extent });
      }
      return { format: name, width, height, rules, size, planes };
    },
  };
}

function offsetsFrom(base: number, [at0, at1, at2, at3]: PerPlane): PerPlane {
  return [at0 - base, at1 - base, at2 - base, at3 - base];
}

/** FFmpeg 4.0 gives each plane a buffer of its own, and then there is no one memory to lay out. */
function manyBuffers(op: string): never {
  throw new MediaError(
    "ENOSYS",
    `Cannot call ${op}: found a buffer for each plane, wanted one for the frame`,
    {
      op,
      averror: AVERROR.ENOSYS,
    },
  );
}
