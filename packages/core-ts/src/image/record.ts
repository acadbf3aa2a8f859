import type {
  AvutilMajor,
  ComponentDescriptor,
  PerPlane,
  PixelFormatDescriptor,
  PixelFormatName,
} from "@mediamem/interface";
import { AVUTIL_MAJORS, PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { checkInt, invalid, show } from "@mediamem/checks";
import { PIXEL_FORMAT_ROWS, type PixelFormatHistoryRow } from "./pixel_format_table.gen.ts";

/**
 * A pixel format with everything that the size functions ask for, worked out once.
 *
 * The fields are plain integers on purpose: the size functions run a few nanoseconds each, and a lookup in the descriptor's
 * components would be most of that.
 */
export interface FormatRecord {
  readonly name: PixelFormatName;
  readonly descriptor: PixelFormatDescriptor;
  readonly flags: number;
  readonly hwaccel: boolean;
  readonly palette: boolean;
  readonly bitstream: boolean;
  /** How many planes have bytes, the palette not counted. */
  readonly planes: number;
  /** Largest step per plane: bytes, or bits in bitstream formats. 0: no such plane. */
  readonly step: PerPlane;
  /** The component that has it. */
  readonly stepComponent: PerPlane;
  /** How much a plane is narrower than the picture, as a shift. */
  readonly shiftW: PerPlane;
  /** How much a plane is lower than the picture, as a shift. */
  readonly shiftH: PerPlane;
  /** `step` again, a field each: the size functions would spend half their time on the array. */
  readonly step0: number;
  readonly step1: number;
  readonly step2: number;
  readonly step3: number;
  /** `shiftW` again. */
  readonly shiftW0: number;
  readonly shiftW1: number;
  readonly shiftW2: number;
  readonly shiftW3: number;
  /** How much planes 1 and 2 are lower than the picture, as a shift. */
  readonly log2ChromaH: number;
  /** 3 where steps are bits, 0 where they are bytes: `bytes = ceil(steps / 2^bitShift)`. */
  readonly bitShift: number;
  /** Bytes of the palette. */
  readonly paletteBytes: number;
  /** Bits of content per pixel, averaged over chroma. */
  readonly bits: number;
  /** Bits per pixel with padding bits. */
  readonly paddedBits: number;
  /** The number of the format in each of `AVUTIL_MAJORS`, -1 where it has none. */
  readonly numbers: readonly number[];
}

/** Makes a descriptor of the columns of a table row from the name on. */
export function descriptorOf(
  name: PixelFormatName,
  nbComponents: number,
  log2ChromaW: number,
  log2ChromaH: number,
  flags: number,
  values: PixelFormatHistoryRow[6],
  alias: string,
): PixelFormatDescriptor {
  const at = (c: number): ComponentDescriptor =>
    Object.freeze({
      plane: values[5 * c]!,
      step: values[5 * c + 1]!,
      offset: values[5 * c + 2]!,
      shift: values[5 * c + 3]!,
      depth: values[5 * c + 4]!,
    });
  return Object.freeze({
    name,
    nbComponents,
    log2ChromaW,
    log2ChromaH,
    flags,
    comp: Object.freeze([at(0), at(1), at(2), at(3)] as const),
    alias: Object.freeze(alias === "" ? [] : alias.split(",")),
  });
}

function record(row: (typeof PIXEL_FORMAT_ROWS)[number]): FormatRecord {
  const [name, nbComponents, log2ChromaW, log2ChromaH, flags, values, alias, numbers] = row;
  const descriptor = descriptorOf(name, nbComponents, log2ChromaW, log2ChromaH, flags, values, alias);
  const { comp } = descriptor;
  const step = [0, 0, 0, 0];
  const stepComponent = [0, 0, 0, 0];
  let planes = 0;
  for (const [c, { plane, step: componentStep }] of comp.entries()) {
    if (componentStep > step[plane]!) {
      step[plane] = componentStep;
      stepComponent[plane] = c;
    }
    if (c < nbComponents) planes = Math.max(planes, plane + 1);
  }
  // C asks the component for the width and the plane for the height; they differ in packed chroma (yuyv422).
  const shiftW = stepComponent.map((c) => (c === 1 || c === 2 ? log2ChromaW : 0));
  const palette = (flags & PIXEL_FORMAT_FLAG.PAL) !== 0;
  const bitstream = (flags & PIXEL_FORMAT_FLAG.BITSTREAM) !== 0;
  return Object.freeze({
    name,
    descriptor,
    flags,
    hwaccel: (flags & PIXEL_FORMAT_FLAG.HWACCEL) !== 0,
    palette,
    bitstream,
    planes,
    step: perPlane(step),
    stepComponent: perPlane(stepComponent),
    shiftW: perPlane(shiftW),
    shiftH: Object.freeze([0, log2ChromaH, log2ChromaH, 0] as const),
    step0: step[0]!,
    step1: step[1]!,
    step2: step[2]!,
    step3: step[3]!,
    shiftW0: shiftW[0]!,
    shiftW1: shiftW[1]!,
    shiftW2: shiftW[2]!,
    shiftW3: shiftW[3]!,
    log2ChromaH,
    bitShift: bitstream ? 3 : 0,
    paletteBytes: palette ? 1024 : 0,
    bits: bitsOf(descriptor),
    paddedBits: paddedBitsOf(descriptor),
    numbers,
  });
}

/** Chroma samples stand for a whole block of pixels: a block is summed up, then divided by its pixels. */
function bitsOf({ nbComponents, log2ChromaW, log2ChromaH, comp }: PixelFormatDescriptor): number {
  const log2Pixels = log2ChromaW + log2ChromaH;
  let bits = 0;
  for (let c = 0; c < nbComponents; c++) bits += comp[c]!.depth << (c === 1 || c === 2 ? 0 : log2Pixels);
  return bits >> log2Pixels;
}

function paddedBitsOf(descriptor: PixelFormatDescriptor): number {
  const { nbComponents, log2ChromaW, log2ChromaH, comp, flags } = descriptor;
  const log2Pixels = log2ChromaW + log2ChromaH;
  const steps = [0, 0, 0, 0];
  // The last component of a plane counts, not the widest.
  for (let c = 0; c < nbComponents; c++) {
    steps[comp[c]!.plane] = comp[c]!.step << (c === 1 || c === 2 ? 0 : log2Pixels);
  }
  const sum = steps[0]! + steps[1]! + steps[2]! + steps[3]!;
  return ((flags & PIXEL_FORMAT_FLAG.BITSTREAM) === 0 ? 8 * sum : sum) >> log2Pixels;
}

/** Makes a tuple of the first four numbers. */
export function perPlane(values: readonly number[]): PerPlane {
  return Object.freeze([values[0]!, values[1]!, values[2]!, values[3]!] as const);
}

/** Every format, in the order of the newest major. */
export const FORMAT_RECORDS: readonly FormatRecord[] = PIXEL_FORMAT_ROWS.map(record);

const byName = new Map<string, FormatRecord>(FORMAT_RECORDS.map((format) => [format.name, format]));
byName.set("rgb32", byName.get("bgra")!);
byName.set("bgr32", byName.get("rgba")!);

/** The aliases in lower case, and every longer part of the list of aliases that starts with one: C takes "gray8,y8" too. */
const byAlias = new Map<string, FormatRecord>();
for (const format of FORMAT_RECORDS) {
  const { alias } = format.descriptor;
  for (const first of alias.keys()) {
    const rest = alias.slice(first).join(",");
    for (let length = alias[first]!.length; length <= rest.length; length++) {
      byAlias.set(rest.slice(0, length), format);
    }
  }
}

/** Names are compared as they are, aliases without regard to case. */
function findExactly(name: string): FormatRecord | undefined {
  return byName.get(name) ?? byAlias.get(name.toLowerCase());
}

let lastName = "";
let last: FormatRecord | undefined;

/** Finds a format by any name that `av_get_pix_fmt` takes; throws the `EINVAL` of `op` for others. */
export function findFormat(op: string, name: string): FormatRecord {
  // Callers ask for the same format again and again, with the same string object.
  if (name === lastName && last !== undefined) return last;
  const found = byName.get(name) ?? lookUpFormat(op, name);
  if (found === undefined) {
    invalid(op, `Cannot call ${op}: format is ${show(name)}, wanted the name of a pixel format`);
  }
  lastName = name;
  last = found;
  return found;
}

/** Finds a format by any name that `av_get_pix_fmt` takes; undefined for others. */
export function lookUpFormat(op: string, name: string): FormatRecord | undefined {
  if (typeof name !== "string") {
    throw new TypeError(`Cannot call ${op}: format is ${show(name)}, wanted the name of a pixel format`);
  }
  // The native-endian names; every machine that runs us is little-endian.
  return findExactly(name) ?? findExactly(`${name}le`);
}

/** The position of a major in `FormatRecord.numbers`; throws the `EINVAL` of `op` for a major that is not supported. */
export function majorIndex(op: string, major: AvutilMajor): number {
  const index = AVUTIL_MAJORS.indexOf(major);
  if (index >= 0) return index;
  checkInt(op, "major", major);
  invalid(op, `Cannot call ${op}: major is ${show(major)}, wanted one of ${AVUTIL_MAJORS.join(", ")}`);
}
