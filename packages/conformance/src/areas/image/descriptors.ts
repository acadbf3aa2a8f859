import type { AvutilMajor, Image, PixelFormatDescriptor } from "@mediamem/interface";
import { AVUTIL_MAJORS } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { Point, Reference, VectorTest } from "../../model.ts";
import { BAD_INTEGERS } from "./axes.ts";
import { descriptorOf, FORMATS, lacksFormat, UNKNOWN_FORMAT } from "./formats.ts";
import { formatAt, imageOf, numberAt, textAt } from "./point.ts";
import { ofOtherMajor } from "./versions.ts";

/** Names that no format has, or only looks as if it had. */
const STRANGE_NAMES: readonly string[] = [
  UNKNOWN_FORMAT,
  "",
  "none",
  "YUV420P",
  " yuv420p",
  "yuv420p ",
  "yuv420",
  "yuv420p10l",
  "yuv420p10lele",
  "GRAY",
  "Gray8",
  "Y8",
  "gray8,",
  "gray8,y",
  "gray8,Y8",
  "y8,gray8",
  "le",
  "be",
  "rgb32",
  "bgr32",
  "0rgb32",
  "rgb48",
  "x".repeat(64),
];

/** Every name by which some library knows a format: its own, its aliases, all aliases at once, and those without byte order. */
function names(): readonly string[] {
  const found = new Set<string>(FORMATS);
  for (const format of FORMATS) {
    const alias = descriptorOf(format)!.alias;
    for (const name of [...alias, alias.join(",")]) found.add(name);
  }
  for (const name of [...found]) if (/[lb]e$/.test(name)) found.add(name.slice(0, -2));
  for (const name of STRANGE_NAMES) found.add(name);
  return [...found];
}

function pushDescriptor(descriptor: PixelFormatDescriptor, out: Answer): void {
  out.text(descriptor.name);
  out.push(descriptor.nbComponents);
  out.push(descriptor.log2ChromaW);
  out.push(descriptor.log2ChromaH);
  out.push(descriptor.flags);
  for (const { plane, step, offset, shift, depth } of descriptor.comp) {
    out.push(plane);
    out.push(step);
    out.push(offset);
    out.push(shift);
    out.push(depth);
  }
  out.text(descriptor.alias.join(","));
}

function skipName(reference: Reference, point: Point): string | null {
  const found = descriptorOf(textAt(point, 0));
  return found === null ? null : lacksFormat(reference, found.name);
}

function skipMajor(reference: Reference, point: Point): string | null {
  return ofOtherMajor(reference, point[1]) ? "a library knows the numbers of its own major only" : null;
}

const pixelFormatTest: VectorTest = {
  kind: "vector",
  id: "image/pixelFormat",
  op: "av_get_pix_fmt",
  parameters: ["name"],
  simplest: ["yuv420p"],
  grids: () => [[names()]],
  answer: (backend, point, out) => pushDescriptor(imageOf(backend).pixelFormat(textAt(point, 0)), out),
  skip: skipName,
};

const pixelFormatNumberTest: VectorTest = {
  kind: "vector",
  id: "image/pixelFormatNumber",
  op: "av_get_pix_fmt",
  parameters: ["format", "major"],
  simplest: ["yuv420p", 60],
  grids: () => [[[...FORMATS, UNKNOWN_FORMAT], AVUTIL_MAJORS]],
  answer(backend, point, out) {
    out.push(imageOf(backend).pixelFormatNumber(formatAt(point, 0), numberAt(point, 1) as AvutilMajor));
  },
  skip: skipMajor,
};

const pixelFormatByNumberTest: VectorTest = {
  kind: "vector",
  id: "image/pixelFormatByNumber",
  op: "av_pix_fmt_desc_get",
  parameters: ["number", "major"],
  simplest: [0, 60],
  grids: () => [
    // Well past the last number of the newest major: a format that we do not know yet shows here.
    [Array.from({ length: 322 }, (_, index) => index - 2), AVUTIL_MAJORS],
    [[-2147483648, 2147483647, ...BAD_INTEGERS], AVUTIL_MAJORS],
  ],
  answer(backend, point, out) {
    const major = numberAt(point, 1) as AvutilMajor;
    pushDescriptor(imageOf(backend).pixelFormatByNumber(numberAt(point, 0), major), out);
  },
  skip: skipMajor,
};

/** A lookup that has nothing but the format to go by. */
function lookup(
  name: string,
  op: string,
  answer: (image: Image, point: Point, out: Answer) => void,
): VectorTest {
  return {
    kind: "vector",
    id: `image/${name}`,
    op,
    parameters: ["format"],
    simplest: ["yuv420p"],
    grids: () => [[[...FORMATS, UNKNOWN_FORMAT]]],
    answer: (backend, point, out) => answer(imageOf(backend), point, out),
    skip: (reference, point) => lacksFormat(reference, point[0]),
  };
}

/** The lookups of `pixdesc.h`. */
export const descriptorTests: readonly VectorTest[] = [
  pixelFormatTest,
  pixelFormatNumberTest,
  pixelFormatByNumberTest,
  lookup("countPlanes", "av_pix_fmt_count_planes", (image, point, out) => {
    out.push(image.countPlanes(formatAt(point, 0)));
  }),
  lookup("bitsPerPixel", "av_get_bits_per_pixel", (image, point, out) => {
    out.push(image.bitsPerPixel(formatAt(point, 0)));
  }),
  lookup("paddedBitsPerPixel", "av_get_padded_bits_per_pixel", (image, point, out) => {
    out.push(image.paddedBitsPerPixel(formatAt(point, 0)));
  }),
  lookup("chromaSubSample", "av_pix_fmt_get_chroma_sub_sample", (image, point, out) => {
    for (const shift of image.chromaSubSample(formatAt(point, 0))) out.push(shift);
  }),
  lookup("swapEndianness", "av_pix_fmt_swap_endianness", (image, point, out) => {
    out.text(image.swapEndianness(formatAt(point, 0)) ?? "null");
  }),
  lookup("fillMaxPixsteps", "av_image_fill_max_pixsteps", (image, point, out) => {
    const { maxPixsteps, maxPixstepComps } = image.fillMaxPixsteps(formatAt(point, 0));
    for (const step of maxPixsteps) out.push(step);
    for (const component of maxPixstepComps) out.push(component);
  }),
];
