import type {
  AvutilMajor,
  ComponentDescriptor,
  PerPlane,
  PixelFormatDescriptor,
  PixelFormatName,
} from "@mediamem/interface";
import { AVUTIL_MAJORS, PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { invalid, show } from "@mediamem/checks";
import { PIXEL_FORMAT_ROWS } from "./pixel_format_table.gen.ts";

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
  /** The number of the format in each of `AVUTIL_MAJORS`, -1 where it has none. */
  readonly numbers: readonly number[];
}

function components(values: readonly number[]): PixelFormatDescriptor["comp"] {
  const at = (c: number): ComponentDescriptor => ({
    plane: values[5 * c]!,
    step: values[5 * c + 1]!,
    offset: values[5 * c + 2]!,
    shift: values[5 * c + 3]!,
    depth: values[5 * c + 4]!,
  });
  return [at(0), at(1), at(2), at(3)];
}

function record(row: (typeof PIXEL_FORMAT_ROWS)[number]): FormatRecord {
  const [name, nbComponents, log2ChromaW, log2ChromaH, flags, values, alias, numbers] = row;
  const comp = components(values);
  const step = [0, 0, 0, 0];
  const stepComponent = [0, 0, 0, 0];
  const used = [false, false, false, false];
  for (const [c, { plane, step: componentStep }] of comp.entries()) {
    used[plane] = true;
    if (componentStep > step[plane]!) {
      step[plane] = componentStep;
      stepComponent[plane] = c;
    }
  }
  const hwaccel = (flags & PIXEL_FORMAT_FLAG.HWACCEL) !== 0;
  // C asks the component for the width and the plane for the height; they differ in packed chroma (yuyv422).
  const shiftW = stepComponent.map((c) => (c === 1 || c === 2 ? log2ChromaW : 0));
  return Object.freeze({
    name,
    descriptor: Object.freeze({
      name,
      nbComponents,
      log2ChromaW,
      log2ChromaH,
      flags,
      comp,
      alias: alias === "" ? [] : alias.split(","),
    }),
    flags,
    hwaccel,
    palette: (flags & PIXEL_FORMAT_FLAG.PAL) !== 0,
    bitstream: (flags & PIXEL_FORMAT_FLAG.BITSTREAM) !== 0,
    planes: hwaccel ? 0 : used.lastIndexOf(true) + 1,
    step: perPlane(step),
    stepComponent: perPlane(stepComponent),
    shiftW: perPlane(shiftW),
    shiftH: [0, log2ChromaH, log2ChromaH, 0] as const,
    numbers,
  });
}

/** Makes a tuple of the first four numbers. */
export function perPlane(values: readonly number[]): PerPlane {
  return [values[0]!, values[1]!, values[2]!, values[3]!];
}

/** Every format, in the order of the newest major. */
export const FORMAT_RECORDS: readonly FormatRecord[] = PIXEL_FORMAT_ROWS.map(record);

const byName = new Map<string, FormatRecord>();
for (const format of FORMAT_RECORDS) byName.set(format.name, format);
for (const format of FORMAT_RECORDS) {
  const { alias } = format.descriptor;
  // C compares a name with the whole alias text too, so "gray8,y8" is a name.
  for (const name of [...alias, alias.join(",")]) if (name !== "" && !byName.has(name)) byName.set(name, format);
}
// The native-endian names; every machine that runs us is little-endian.
for (const [name, format] of [...byName]) {
  if (name.endsWith("le") && !byName.has(name.slice(0, -2))) byName.set(name.slice(0, -2), format);
}
byName.set("rgb32", byName.get("bgra")!);
byName.set("bgr32", byName.get("rgba")!);

let lastName = "";
let last: FormatRecord | undefined;

/** Finds a format by any name that `av_get_pix_fmt` takes; throws the `EINVAL` of `op` for others. */
export function findFormat(op: string, name: string): FormatRecord {
  // Callers ask for the same format again and again, with the same string object.
  if (name === lastName && last !== undefined) return last;
  const found = byName.get(name);
  if (found === undefined) return unknownFormat(op, name);
  lastName = name;
  last = found;
  return found;
}

function unknownFormat(op: string, name: string): never {
  if (typeof name !== "string") {
    throw new TypeError(`Cannot call ${op}: format is ${show(name)}, wanted the name of a pixel format`);
  }
  invalid(op, `Cannot call ${op}: format is ${show(name)}, wanted the name of a pixel format`);
}

/** The position of a major in `FormatRecord.numbers`; throws the `EINVAL` of `op` for a major that is not supported. */
export function majorIndex(op: string, major: AvutilMajor): number {
  const index = AVUTIL_MAJORS.indexOf(major);
  if (index >= 0) return index;
  invalid(op, `Cannot call ${op}: major is ${show(major)}, wanted one of ${AVUTIL_MAJORS.join(", ")}`);
}
