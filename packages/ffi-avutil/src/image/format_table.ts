import type {
  ComponentDescriptor,
  PerPlane,
  PixelFormatDescriptor,
  PixelFormatName,
} from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { invalid, show } from "@mediamem/checks";
import { cString, readCString } from "@mediamem/ffi";
import type { AvutilAbi } from "../abi.ts";
import type { AvutilSymbols } from "../library.ts";
import { type StructReader, withStruct } from "../struct.ts";

/** A pixel format of the loaded library. */
export interface Format {
  readonly name: PixelFormatName;
  /** The number that this library has for it. */
  readonly number: number;
  /** Address of its `AVPixFmtDescriptor`. */
  readonly address: number;
  readonly descriptor: PixelFormatDescriptor;
  readonly hwaccel: boolean;
  readonly palette: boolean;
  /** Planes with pixels: 0 where they are on a device; the palette is not counted. */
  readonly planes: number;
  /** How much a plane is lower than the picture, as a shift. */
  readonly shiftH: PerPlane;
}

/** The pixel formats of the loaded library, read once. */
export class FormatTable {
  /** In the library's order. */
  readonly all: readonly Format[];
  readonly #symbols: AvutilSymbols;
  readonly #byName: Map<string, Format> = new Map();
  readonly #byNumber: Map<number, Format> = new Map();

  constructor(symbols: AvutilSymbols, abi: AvutilAbi) {
    this.#symbols = symbols;
    const all: Format[] = [];
    for (let at = symbols.av_pix_fmt_desc_next(0); at !== 0; at = symbols.av_pix_fmt_desc_next(at)) {
      const format = readFormat(abi, at, symbols.av_pix_fmt_desc_get_id(at));
      all.push(format);
      this.#byName.set(format.name, format);
      this.#byNumber.set(format.number, format);
    }
    this.all = all;
  }

  /** Finds a format by any name that `av_get_pix_fmt` takes; throws the `EINVAL` of `op` for others. */
  find(op: string, name: string): Format {
    const found = this.#byName.get(name) ?? this.lookUp(op, name);
    if (found !== null) return found;
    invalid(op, `Cannot call ${op}: format is ${show(name)}, wanted the name of a pixel format`);
  }

  /** Asks the library for a name; null where it does not know it. */
  lookUp(op: string, name: string): Format | null {
    if (typeof name !== "string") {
      throw new TypeError(`Cannot call ${op}: format is ${show(name)}, wanted the name of a pixel format`);
    }
    // No name has a NUL, and C would not see what is behind one.
    if (name.includes("\0")) return null;
    const found = this.byNumber(this.#symbols.av_get_pix_fmt(cString(name)));
    // Only names that exist are kept: there is no end to the others.
    if (found !== null) this.#byName.set(name, found);
    return found;
  }

  /** The format with a number of this library; null where it has none. */
  byNumber(number: number): Format | null {
    return this.#byNumber.get(number) ?? null;
  }
}

function readFormat(abi: AvutilAbi, address: number, number: number): Format {
  const { AVPixFmtDescriptor, AVComponentDescriptor } = abi.structs;
  const descriptor = withStruct(AVPixFmtDescriptor, address, (fields): PixelFormatDescriptor => {
    const component = (index: number): ComponentDescriptor =>
      readComponent(fields.nested("comp", index, AVComponentDescriptor));
    const alias = readCString(fields.pointer("alias"));
    return Object.freeze({
      // The union of names has those of the versions that we know; a newer minor may have more.
      name: readCString(fields.pointer("name")) as PixelFormatName,
      nbComponents: fields.u8("nb_components"),
      log2ChromaW: fields.u8("log2_chroma_w"),
      log2ChromaH: fields.u8("log2_chroma_h"),
      flags: fields.pointer("flags"),
      comp: Object.freeze([component(0), component(1), component(2), component(3)] as const),
      alias: Object.freeze(alias === null ? [] : alias.split(",")),
    });
  });
  const { name, nbComponents, log2ChromaH, flags, comp } = descriptor;
  let planes = 0;
  for (let c = 0; c < nbComponents; c++) planes = Math.max(planes, comp[c]!.plane + 1);
  const hwaccel = (flags & PIXEL_FORMAT_FLAG.HWACCEL) !== 0;
  return Object.freeze({
    name,
    number,
    address,
    descriptor,
    hwaccel,
    palette: (flags & PIXEL_FORMAT_FLAG.PAL) !== 0,
    planes: hwaccel ? 0 : planes,
    shiftH: Object.freeze([0, log2ChromaH, log2ChromaH, 0] as const),
  });
}

function readComponent(
  fields: StructReader<"plane" | "step" | "offset" | "shift" | "depth">,
): ComponentDescriptor {
  return Object.freeze({
    plane: fields.i32("plane"),
    step: fields.i32("step"),
    offset: fields.i32("offset"),
    shift: fields.i32("shift"),
    depth: fields.i32("depth"),
  });
}

/** How many rows of a plane a picture of `height` rows has: `AV_CEIL_RSHIFT`, in 32 bits as in C. */
export function planeRows(height: number, shift: number): number {
  return ((height + (1 << shift) - 1) | 0) >> shift;
}
