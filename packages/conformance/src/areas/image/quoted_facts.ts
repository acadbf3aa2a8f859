import type { AvutilMajor, Image, PixelFormatName, Plane } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import { pushPerPlane } from "./point.ts";

/** A number that FFmpeg's documentation and tutorials quote, or that was seen by running a program against the library. */
export interface QuotedFact {
  /** Asks a backend. */
  ask(image: Image, out: Answer): void;
  /** What it must answer. */
  readonly quoted: readonly (number | string)[];
  /** The only major for which it holds; undefined where it holds for all. */
  readonly major?: AvutilMajor;
  /** The format that the library must have; undefined where every library has those of the fact. */
  readonly format?: PixelFormatName;
}

type Ask = QuotedFact["ask"];

function bufferSize(...args: Parameters<Image["bufferSize"]>): Ask {
  return (image, out) => out.push(image.bufferSize(...args));
}

function linesizes(format: PixelFormatName, width: number): Ask {
  return (image, out) => pushPerPlane(image.linesizes(format, width), out);
}

function maxPixsteps(format: PixelFormatName): Ask {
  return (image, out) => pushPerPlane(image.fillMaxPixsteps(format).maxPixsteps, out);
}

function bits(format: PixelFormatName): Ask {
  return (image, out) => {
    out.push(image.bitsPerPixel(format));
    out.push(image.paddedBitsPerPixel(format));
  };
}

function losses(...pairs: readonly (readonly [PixelFormatName, PixelFormatName])[]): Ask {
  return (image, out) => {
    // What a conversion gives too much of (bits 64 and 128) is counted from libavutil 58 on.
    for (const [dst, src] of pairs) out.push(image.pixFmtLoss(dst, src, true) & 63);
  };
}

/** `ok` or the code of the error, for each value in turn. */
function outcomes(call: (image: Image, value: number) => void, ...values: readonly number[]): Ask {
  return (image, out) => {
    for (const value of values) {
      try {
        call(image, value);
        out.text("ok");
      } catch (error) {
        if (!(error instanceof MediaError)) throw error;
        out.text(error.code);
      }
    }
  };
}

function frame(align: number, major: AvutilMajor): Ask {
  return (image, out) => {
    const layout = image.imageLayout("yuv420p", 100, 50, { name: "ffmpegFrame", align, major });
    out.push(layout.size);
    for (const { offset, linesize } of layout.planes) {
      out.push(offset);
      out.push(linesize);
    }
  };
}

function numbers(major: AvutilMajor): Ask {
  return (image, out) => {
    for (
      const format of ["yuv420p", "bgr555le", "yuv420p10le", "p010le", "cuda", "drm_prime", "vulkan"] as const
    ) {
      out.push(image.pixelFormatNumber(format, major));
    }
  };
}

const UNLIMITED = Number.MAX_SAFE_INTEGER;

/** The facts by name. */
export const QUOTED_FACTS: Readonly<Record<string, QuotedFact>> = {
  "yuv420p-300x300-packed": { ask: bufferSize("yuv420p", 300, 300, 1), quoted: [135000] },
  "yuv420p-300x300-at-align-16": { ask: bufferSize("yuv420p", 300, 300, 16), quoted: [139200] },
  "linesizes-of-yuv420p-300x300-at-align-16": {
    ask: (image, out) => pushPerPlane(image.fillArrays("yuv420p", 300, 300, 16).linesizes, out),
    quoted: [304, 160, 160, 0],
  },
  "linesize-of-uyvy422-300-wide": {
    ask: (image, out) => out.push(image.linesize("uyvy422", 300, 0)),
    quoted: [600],
  },
  "max-pixel-steps-of-yuv420p": { ask: maxPixsteps("yuv420p"), quoted: [1, 1, 1, 0] },
  "max-pixel-steps-of-rgba": { ask: maxPixsteps("rgba"), quoted: [4, 0, 0, 0] },
  "max-pixel-steps-of-cuda": { ask: maxPixsteps("cuda"), quoted: [0, 0, 0, 0] },
  "linesizes-of-yuv420p-17-wide": { ask: linesizes("yuv420p", 17), quoted: [17, 9, 9, 0] },
  "linesizes-of-nv12-17-wide": { ask: linesizes("nv12", 17), quoted: [17, 18, 0, 0] },
  "linesizes-of-yuv410p-17-wide": { ask: linesizes("yuv410p", 17), quoted: [17, 5, 5, 0] },
  "linesizes-of-uyyvyy411-17-wide": { ask: linesizes("uyyvyy411", 17), quoted: [30, 0, 0, 0] },
  "linesizes-of-yuyv422-17-wide": { ask: linesizes("yuyv422", 17), quoted: [36, 0, 0, 0] },
  "linesizes-of-rgb4-17-wide": { ask: linesizes("rgb4", 17), quoted: [9, 0, 0, 0] },
  "linesizes-of-y210le-17-wide": { ask: linesizes("y210le", 17), quoted: [72, 0, 0, 0] },
  "linesizes-of-p010le-17-wide": { ask: linesizes("p010le", 17), quoted: [34, 36, 0, 0] },
  "linesizes-of-monow-17-wide": { ask: linesizes("monow", 17), quoted: [3, 0, 0, 0] },
  "yuv420p-as-wide-as-an-int": {
    ask: outcomes((image, width) => image.linesize("yuv420p", width, 1), 2147483646, 2147483647),
    quoted: ["ok", "EINVAL"],
  },
  "linesizes-of-rgbaf32le-up-to-an-int": {
    ask: outcomes((image, width) => image.linesizes("rgbaf32le", width), 134217727, 134217728),
    quoted: ["ok", "EINVAL"],
    format: "rgbaf32le",
  },
  "linesize-of-a-plane-that-is-not-there": {
    ask: (image, out) => out.push(image.linesize("yuv420p", 17, 3)),
    quoted: [0],
  },
  "linesize-of-a-device-format": {
    ask: outcomes((image, width) => image.linesize("cuda", width, 0), 17),
    quoted: ["EINVAL"],
  },
  "planes-with-a-negative-linesize": {
    ask: outcomes((image, linesize) => image.planeSizes("gray", 5, [linesize, 0, 0, 0]), 16, -16),
    quoted: ["ok", "EINVAL"],
  },
  "planes-of-no-rows": {
    ask: (image, out) => pushPerPlane(image.planeSizes("yuv420p", 0, [304, 160, 160, 0]), out),
    quoted: [0, 0, 0, 0],
  },
  "planes-of-more-bytes-than-an-int-together": {
    ask: outcomes(
      (image, linesize) => image.fillPointers("nv12", 1, 65536, [2147483647, linesize, 0, 0]),
      0,
      1,
    ),
    quoted: ["ok", "EINVAL"],
  },
  "pal8-17x13-counts-its-palette": { ask: bufferSize("pal8", 17, 13, 1), quoted: [1245] },
  "yuv420p-17x13-at-align-8": {
    ask(image, out) {
      const { size, linesizes, data } = image.fillArrays("yuv420p", 17, 13, 8, 4096);
      out.push(size);
      pushPerPlane(linesizes, out);
      pushPerPlane(data, out);
    },
    quoted: [536, 24, 16, 16, 0, 4096, 4408, 4520, 0],
  },
  "17-rounded-to-alignments-that-are-no-powers-of-two": {
    ask(image, out) {
      for (const align of [0, 3, 6]) out.push(image.fillArrays("gray", 17, 1, align, 4096).linesizes[0]);
    },
    quoted: [0, 17, 18],
  },
  "rgb24-3x1-allocated-at-align-4-and-8": {
    ask(image, out) {
      for (const align of [4, 8]) {
        using picture = image.allocImage("rgb24", 3, 1, align);
        out.push(picture.planes[0]!.linesize);
      }
    },
    quoted: [12, 24],
  },
  "pal8-allocated-below-align-4": {
    ask: outcomes((image, align) => image.allocImage("pal8", 4, 4, align).free(), 1, 2, 4),
    quoted: ["EINVAL", "EINVAL", "ok"],
  },
  "align-that-leaves-no-room-to-allocate": {
    ask: outcomes((image, align) => image.allocImage("gray", 1, 1, align).free(), 1073741824),
    quoted: ["ENOMEM"],
  },
  "largest-square-without-a-format": {
    ask: outcomes((image, side) => image.checkSize(side, side), 16255, 16256),
    quoted: ["ok", "EINVAL"],
  },
  "widest-picture": {
    ask: outcomes((image, width) => image.checkSize(width, 1), 2080767, 2080768),
    quoted: ["ok", "EINVAL"],
  },
  "highest-picture": {
    ask: outcomes((image, height) => image.checkSize(1, height), 2080767, 2080768),
    quoted: ["ok", "EINVAL"],
  },
  "largest-square-of-rgba": {
    ask: outcomes((image, side) => image.checkSize2(side, side, UNLIMITED, "rgba"), 22978, 22979),
    quoted: ["ok", "EINVAL"],
  },
  "largest-square-of-yuv420p": {
    ask: outcomes((image, side) => image.checkSize2(side, side, UNLIMITED, "yuv420p"), 45767, 45768),
    quoted: ["ok", "EINVAL"],
  },
  "largest-square-of-rgba64le": {
    ask: outcomes((image, side) => image.checkSize2(side, side, UNLIMITED, "rgba64le"), 16255, 16256),
    quoted: ["ok", "EINVAL"],
  },
  "16x16-with-pixels-of-1_16-and-1_17": {
    ask: outcomes((image, den) => image.checkSar(16, 16, 1, den), 16, 17),
    quoted: ["ok", "EINVAL"],
  },
  "frame-of-yuv420p-100x50-in-libavutil-57": {
    ask: frame(0, 57),
    quoted: [12416, 0, 128, 8224, 64, 10304, 64],
    major: 57,
  },
  "frame-of-yuv420p-100x50-in-libavutil-58": {
    ask: frame(0, 58),
    quoted: [12416, 0, 128, 8224, 64, 10304, 64],
    major: 58,
  },
  "numbers-in-libavutil-56": { ask: numbers(56), quoted: [0, 43, 64, 161, 119, 181, 193], major: 56 },
  "numbers-in-libavutil-57": { ask: numbers(57), quoted: [0, 43, 62, 159, 117, 179, 191], major: 57 },
  "numbers-in-libavutil-58": { ask: numbers(58), quoted: [0, 43, 62, 159, 117, 179, 191], major: 58 },
  "numbers-in-libavutil-59": { ask: numbers(59), quoted: [0, 43, 62, 158, 117, 178, 190], major: 59 },
  "numbers-in-libavutil-60": { ask: numbers(60), quoted: [0, 43, 62, 158, 117, 178, 190], major: 60 },
  "names-that-are-short-or-many": {
    ask(image, out) {
      for (const name of ["yuv420p10", "gray8,y8", "y8", "rgb32", "bgr32"]) {
        out.text(image.pixelFormat(name).name);
      }
    },
    quoted: ["yuv420p10le", "gray", "gray", "bgra", "rgba"],
  },
  "the-other-byte-order": {
    ask(image, out) {
      for (const format of ["yuv420p10le", "rgb48be", "yuv420p"] as const) {
        out.text(image.swapEndianness(format) ?? "null");
      }
    },
    quoted: ["yuv420p10be", "rgb48le", "null"],
  },
  "bits-of-nv12": { ask: bits("nv12"), quoted: [12, 12] },
  "bits-of-p010le": { ask: bits("p010le"), quoted: [15, 24] },
  "bits-of-yuyv422": { ask: bits("yuyv422"), quoted: [16, 16] },
  "bits-of-rgb4_byte": { ask: bits("rgb4_byte"), quoted: [4, 8] },
  "bits-of-0rgb": { ask: bits("0rgb"), quoted: [24, 32] },
  "bits-of-x2rgb10le": { ask: bits("x2rgb10le"), quoted: [30, 32] },
  "bits-of-pal8": { ask: bits("pal8"), quoted: [8, 8] },
  "bits-of-xyz12le": { ask: bits("xyz12le"), quoted: [36, 48] },
  "bits-of-cuda": { ask: bits("cuda"), quoted: [0, 0] },
  "losses-of-size-colour-and-depth": {
    ask: losses(["yuv420p", "yuv444p"], ["yuv420p", "rgb24"], ["gray", "yuv420p"], ["pal8", "rgb24"]),
    quoted: [1, 5, 36, 18],
  },
  "losses-of-alpha-and-range": {
    ask: losses(["rgb24", "rgba"], ["yuv420p", "yuvj420p"], ["yuvj420p", "yuv420p"], ["yuv420p", "yuv420p"]),
    quoted: [8, 4, 0, 0],
  },
  "loss-of-alpha-that-nobody-considers": {
    ask: (image, out) => out.push(image.pixFmtLoss("rgb24", "rgba", false)),
    quoted: [0],
  },
  "loss-of-a-device-format": {
    ask: (image, out) => out.push(image.pixFmtLoss("cuda", "cuda", true)),
    quoted: [-1],
  },
  "yuvj420p-of-no-range-is-black-at-16": {
    ask(image, out) {
      const planes = [0, 1, 2].map((): Plane => ({ memory: new Uint8Array(1), offset: 0, linesize: 1 }));
      image.fillBlack(planes, "yuvj420p", "unspecified", 1, 1);
      for (const { memory } of planes) out.push(memory[0]!);
    },
    quoted: [16, 128, 128],
  },
  "writing-ORs": {
    ask(image, out) {
      const memory = new Uint8Array([0xf0]);
      image.writeImageLine(new Uint16Array([0x0f]), [{ memory, offset: 0, linesize: 1 }], "gray", 0, 0, 0, 1);
      out.push(memory[0]!);
    },
    quoted: [255],
  },
  "packed-words-ignore-x": {
    ask(image, out) {
      const memory = new Uint8Array(8);
      image.writeImageLine(new Uint16Array([1]), [{ memory, offset: 0, linesize: 8 }], "xv30be", 1, 0, 0, 1);
      for (const byte of memory) out.push(byte);
    },
    quoted: [0, 0, 4, 0, 0, 0, 0, 0],
    format: "xv30be",
  },
  "copy-of-a-device-format-does-nothing": {
    ask(image, out) {
      const planes = (byte: number): Plane[] => [{ memory: new Uint8Array([byte]), offset: 0, linesize: 1 }];
      const dst = planes(1);
      image.copyImage(dst, planes(2), "cuda", 1, 1);
      out.push(dst[0]!.memory[0]!);
    },
    quoted: [1],
  },
  "rows-of-one-memory-in-many-shapes": {
    ask(image, out) {
      const memory = Uint8Array.from({ length: 1200 }, (_, i) => i % 251);
      // What was copied before must not show in what is copied next.
      for (const [linesize, bytes] of [[300, 256], [300, 256], [400, 256], [300, 280], [300, 256]] as const) {
        const dst = { memory: new Uint8Array(900), offset: 0, linesize: 300 };
        image.copyPlane(dst, { memory, offset: 0, linesize }, bytes, 3);
        out.push(dst.memory[600]!);
        out.push(dst.memory[600 + bytes - 1]!);
        out.push(dst.memory[600 + bytes]!);
      }
    },
    quoted: [98, 102, 0, 98, 102, 0, 47, 51, 0, 98, 126, 0, 98, 102, 0],
  },
  "copy-to-a-buffer-of-one-byte-less": {
    ask: outcomes(
      (image, bytes) => {
        const src = [{ memory: new Uint8Array(6), offset: 0, linesize: 3 }];
        image.copyToBuffer(new Uint8Array(bytes), src, "gray", 3, 2, 1);
      },
      6,
      5,
    ),
    quoted: ["ok", "EINVAL"],
  },
  "padding-of-a-copy-stays-as-it-was": {
    ask(image, out) {
      const dst = new Uint8Array(8).fill(7);
      const src = [{ memory: new Uint8Array([1, 2, 3, 4, 5, 6]), offset: 0, linesize: 3 }];
      out.push(image.copyToBuffer(dst, src, "gray", 3, 2, 4));
      for (const byte of dst) out.push(byte);
    },
    quoted: [8, 1, 2, 3, 7, 4, 5, 6, 7],
  },
};
