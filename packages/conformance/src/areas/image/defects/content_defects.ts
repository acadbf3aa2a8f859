import type { Plane } from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { linesizes, pixelFormat } from "@mediamem/core-ts/image";
import type { Defect } from "../../../model.ts";
import { defect, hasFlag } from "./with_image.ts";

/** The plane from its last row up. */
function upsideDown({ memory, offset, linesize }: Plane, rows: number): Plane {
  return { memory, offset: offset + linesize * (rows - 1), linesize: -linesize };
}

/** Mistakes in what is copied, painted, read and written. */
export const contentDefects: readonly Defect[] = [
  defect("copy-padding", "A copy of a picture takes the padding of its rows along", (image) => ({
    copyImage(dst, src, format, width, height): void {
      image.copyImage(dst, src, format, width, height);
      const [to, from] = [dst[0], src[0]];
      if (to === undefined || from === undefined || hasFlag(format, PIXEL_FORMAT_FLAG.HWACCEL)) return;
      const rowBytes = linesizes(format, width)[0];
      if (to.linesize <= rowBytes || from.linesize <= rowBytes) return;
      for (let y = 0; y < height; y++) {
        to.memory[to.offset + y * to.linesize + rowBytes] = from
          .memory[from.offset + y * from.linesize + rowBytes]!;
      }
    },
  })),
  defect("copy-last-row", "A copy of a plane ends one row early", (image) => ({
    copyPlane: (dst, src, bytewidth, height) =>
      image.copyPlane(dst, src, bytewidth, height > 1 ? height - 1 : height),
  })),
  defect("copy-negative-linesize", "A copy ignores that a linesize is negative", (image) => ({
    copyPlane(dst, src, bytewidth, height): void {
      image.copyPlane(dst, src.linesize < 0 && height > 0 ? upsideDown(src, height) : src, bytewidth, height);
    },
  })),
  defect("copy-palette", "A copy of a picture leaves the palette out", (image) => ({
    copyImage(dst, src, format, width, height): void {
      const palette = format === "pal8" ? dst[1] : undefined;
      const before = palette?.memory.slice(palette.offset, palette.offset + 1024);
      image.copyImage(dst, src, format, width, height);
      if (palette !== undefined && before !== undefined) palette.memory.set(before, palette.offset);
    },
  })),
  defect("buffer-padding", "A copy to a buffer zeroes the padding of its rows", (image) => ({
    copyToBuffer(dst, src, format, width, height, align): number {
      const size = image.copyToBuffer(dst, src, format, width, height, align);
      const rowBytes = linesizes(format, width)[0];
      const pitch = (rowBytes + align - 1) & -align;
      for (let y = 0; y < height; y++) dst.fill(0, y * pitch + rowBytes, (y + 1) * pitch);
      return size;
    },
  })),
  defect("buffer-too-small", "A buffer that is one byte too small is taken", (image) => ({
    copyToBuffer(dst, src, format, width, height, align): number {
      const size = image.bufferSize(format, width, height, align);
      if (dst.length !== size - 1) return image.copyToBuffer(dst, src, format, width, height, align);
      const larger = new Uint8Array(size);
      image.copyToBuffer(larger, src, format, width, height, align);
      dst.set(larger.subarray(0, dst.length));
      return size;
    },
  })),
  defect("black-range", "Limited black is full black, and full black is limited", (image) => ({
    fillBlack: (dst, format, range, width, height) =>
      image.fillBlack(dst, format, range === "pc" ? "tv" : "pc", width, height),
  })),
  defect("black-padding", "Black is painted over the padding of the rows", (image) => ({
    fillBlack(dst, format, range, width, height): void {
      image.fillBlack(dst, format, range, width, height);
      const plane = dst?.[0];
      if (plane === undefined) return;
      const rowBytes = linesizes(format, width)[0];
      if (plane.linesize <= rowBytes) return;
      for (let y = 0; y < height; y++) plane.memory[plane.offset + y * plane.linesize + rowBytes] = 0;
    },
  })),
  defect("colour-planes", "The second and the third component of a colour are exchanged", (image) => ({
    fillColor: (dst, format, [first, second, third, fourth], width, height) =>
      image.fillColor(dst, format, [first, third, second, fourth], width, height),
  })),
  defect("write-overwrites", "Written samples replace what was there instead of an OR", (image) => ({
    writeImageLine(src, dst, format, x, y, component, width): void {
      const found = pixelFormat(format).comp[component];
      const plane = dst[found?.plane ?? 0];
      if (
        found === undefined || plane === undefined || found.depth !== 8 || !Number.isInteger(x + y + width)
      ) {
        return image.writeImageLine(src, dst, format, x, y, component, width);
      }
      const start = plane.offset + y * plane.linesize + x * found.step + found.offset;
      const length = plane.memory.length;
      for (let i = 0; i < width && start + i * found.step < length; i++) {
        plane.memory[start + i * found.step] = 0;
      }
      image.writeImageLine(src, dst, format, x, y, component, width);
    },
  })),
  defect("read-byte-order", "Big-endian samples are read as little-endian", (image) => ({
    readImageLine(dst, src, format, x, y, component, width, palette): void {
      const twin = hasFlag(format, PIXEL_FORMAT_FLAG.BE) ? image.swapEndianness(format) : null;
      image.readImageLine(dst, src, twin ?? format, x, y, component, width, palette);
    },
  })),
  defect("read-bits", "A line of a bitstream format is read from the start of a byte", (image) => ({
    readImageLine: (dst, src, format, x, y, component, width, palette) =>
      image.readImageLine(
        dst,
        src,
        format,
        hasFlag(format, PIXEL_FORMAT_FLAG.BITSTREAM) ? x & ~7 : x,
        y,
        component,
        width,
        palette,
      ),
  })),
  defect("read-element", "Samples are cut to 16 bits though 32 are asked for", (image) => ({
    readImageLine(dst, src, format, x, y, component, width, palette): void {
      image.readImageLine(dst, src, format, x, y, component, width, palette);
      for (let i = 0; i < width; i++) dst[i] = dst[i]! & 0xffff;
    },
  })),
  defect("read-palette", "The components of a palette are read from the other end", (image) => ({
    readImageLine(dst, src, format, x, y, component, width, palette): void {
      const read = palette === true && format === "pal8" ? 3 - component : component;
      image.readImageLine(dst, src, format, x, y, read, width, palette);
    },
  })),
];
