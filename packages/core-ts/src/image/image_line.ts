import type { ComponentDescriptor, PixelFormatName, Planes } from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { checkBoolean, checkImageLine, READ_LINE, READ_PALETTE_LINE, WRITE_LINE } from "@mediamem/checks";
import { findFormat, type FormatRecord } from "./record.ts";

/**
 * Reads `width` samples of one component of a row.
 *
 * Samples are native integers of the component's depth, shifted down; floats come as their bits. Formats with the flag `BITSTREAM`
 * and steps above 8 (xv30be) are read from the start of the row whatever `x` is, as C does. A component that the format does
 * not have is nothing to do. Throws `EINVAL` for bytes outside the memory, a `dst` with too little room, and
 * `readPalComponent` for a format without a palette. C: `av_read_image_line2`.
 *
 * @param dst Where the samples go: 16 or 32 bits each.
 * @param src The picture; the component's plane must be there, and the palette for `readPalComponent`.
 * @param format Name or alias of a pixel format.
 * @param x First sample, in samples of that component.
 * @param y Row of its plane.
 * @param component 0 to 3.
 * @param width Samples.
 * @param readPalComponent Whether to give the first byte of the palette's entry in place of the index.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readImageLine } from "@mediamem/core-ts/image";
 *
 * const src = [{ memory: Uint8Array.of(0x00, 0xf8, 0xe0, 0x07), offset: 0, linesize: 4 }];
 * const green = new Uint16Array(2);
 * readImageLine(green, src, "rgb565le", 0, 0, 1, 2);
 * assertEquals([...green], [0, 63]);
 * ```
 */
export function readImageLine(
  dst: Uint16Array | Uint32Array,
  src: Planes,
  format: PixelFormatName,
  x: number,
  y: number,
  component: number,
  width: number,
  readPalComponent: boolean = false,
): void {
  const record = findFormat(READ_LINE.op, format);
  checkBoolean(READ_LINE.op, "readPalComponent", readPalComponent);
  const call = readPalComponent ? READ_PALETTE_LINE : READ_LINE;
  if (!checkImageLine(call, record.descriptor, src, x, y, component, width, dst)) return;
  const sample = record.descriptor.comp[component]!;
  const { memory, offset, linesize } = src[sample.plane]!;
  readLine(dst, memory, offset + y * linesize, record, sample, x, width);
  if (!readPalComponent) return;
  const palette = src[1]!;
  // Only component 0 comes so far: an index is all that the pixels of a palette format have.
  for (let i = 0; i < width; i++) dst[i] = palette.memory[palette.offset + 4 * dst[i]!]!;
}

/**
 * Writes `width` samples of one component of a row by OR: zero the row first.
 *
 * Bits above the component's depth are not cut off; they land in its neighbours, as in C. Formats with the flag `BITSTREAM` and
 * steps above 8 (xv30be) are written from the start of the row whatever `x` is, and their old bits are replaced. A component that
 * the format does not have is nothing to do. Throws `EINVAL` for bytes outside the memory and a `src` with too few samples.
 * C: `av_write_image_line2`.
 *
 * @param src The samples: 16 or 32 bits each.
 * @param dst The picture; the component's plane must be there.
 * @param format Name or alias of a pixel format.
 * @param x First sample, in samples of that component.
 * @param y Row of its plane.
 * @param component 0 to 3.
 * @param width Samples.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { writeImageLine } from "@mediamem/core-ts/image";
 *
 * const dst = [{ memory: new Uint8Array(4), offset: 0, linesize: 4 }];
 * writeImageLine(Uint16Array.of(31, 0), dst, "rgb565le", 0, 0, 0, 2);
 * writeImageLine(Uint16Array.of(0, 63), dst, "rgb565le", 0, 0, 1, 2);
 * assertEquals([...dst[0]!.memory], [0x00, 0xf8, 0xe0, 0x07]);
 * ```
 */
export function writeImageLine(
  src: Uint16Array | Uint32Array,
  dst: Planes,
  format: PixelFormatName,
  x: number,
  y: number,
  component: number,
  width: number,
): void {
  const record = findFormat(WRITE_LINE.op, format);
  if (!checkImageLine(WRITE_LINE, record.descriptor, dst, x, y, component, width, src)) return;
  const sample = record.descriptor.comp[component]!;
  const { memory, offset, linesize } = dst[sample.plane]!;
  writeLine(src, memory, offset + y * linesize, record, sample, x, width);
}

/** Bytes of the word that holds a sample. */
function wordBytes({ shift, depth }: ComponentDescriptor): number {
  return shift + depth <= 8 ? 1 : shift + depth <= 16 ? 2 : 4;
}

/** Position of the first byte of the first sample; `row` is where the row starts. */
function firstByte(row: number, bigEndian: boolean, sample: ComponentDescriptor, x: number): number {
  // Big-endian formats name the first byte of the word that a narrow sample is the last byte of.
  return row + x * sample.step + sample.offset + (bigEndian && wordBytes(sample) === 1 ? 1 : 0);
}

function readLine(
  dst: Uint16Array | Uint32Array,
  memory: Uint8Array,
  row: number,
  { flags, bitstream }: FormatRecord,
  sample: ComponentDescriptor,
  x: number,
  width: number,
): void {
  const { step, offset, shift, depth } = sample;
  const mask = 2 ** depth - 1;
  if (bitstream && step > 8) {
    for (let i = 0, at = row; i < width; i++, at += 4) {
      dst[i] = readWord(memory, at, 4, true) >>> offset & mask;
    }
    return;
  }
  if (bitstream) {
    for (let i = 0, bit = x * step + offset; i < width; i++, bit += step) {
      dst[i] = memory[row + Math.floor(bit / 8)]! >> 8 - depth - (bit & 7) & mask;
    }
    return;
  }
  const bytes = wordBytes(sample);
  const bigEndian = (flags & PIXEL_FORMAT_FLAG.BE) !== 0;
  for (let i = 0, at = firstByte(row, bigEndian, sample, x); i < width; i++, at += step) {
    dst[i] = readWord(memory, at, bytes, bigEndian) >>> shift & mask;
  }
}

/** Writes samples into a row that starts at `row`; every byte that it touches lies inside `memory`. */
export function writeLine(
  src: Uint16Array | Uint32Array,
  memory: Uint8Array,
  row: number,
  { flags, bitstream }: FormatRecord,
  sample: ComponentDescriptor,
  x: number,
  width: number,
): void {
  const { step, offset, shift, depth } = sample;
  if (bitstream && step > 8) {
    const keep = ~((2 ** depth - 1) << offset);
    for (let i = 0, at = row; i < width; i++, at += 4) {
      const word = readWord(memory, at, 4, true) & keep;
      writeWord(memory, at, 4, true, word | src[i]! << offset);
    }
    return;
  }
  if (bitstream) {
    for (let i = 0, bit = x * step + offset; i < width; i++, bit += step) {
      memory[row + Math.floor(bit / 8)]! |= src[i]! << 8 - depth - (bit & 7);
    }
    return;
  }
  const bytes = wordBytes(sample);
  const bigEndian = (flags & PIXEL_FORMAT_FLAG.BE) !== 0;
  for (let i = 0, at = firstByte(row, bigEndian, sample, x); i < width; i++, at += step) {
    const word = readWord(memory, at, bytes, bigEndian);
    writeWord(memory, at, bytes, bigEndian, word | src[i]! << shift);
  }
}

function readWord(memory: Uint8Array, at: number, bytes: number, bigEndian: boolean): number {
  let word = 0;
  for (let i = 0; i < bytes; i++) {
    word |= memory[at + i]! << 8 * (bigEndian ? bytes - 1 - i : i);
  }
  return word;
}

function writeWord(memory: Uint8Array, at: number, bytes: number, bigEndian: boolean, word: number): void {
  for (let i = 0; i < bytes; i++) {
    memory[at + i] = word >> 8 * (bigEndian ? bytes - 1 - i : i);
  }
}
