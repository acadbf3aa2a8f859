import type { ImageLayout, PixelFormatDescriptor, RuleSet } from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import type { Regions } from "./regions.ts";

/**
 * Names a rule set with its parameters, as captions and titles do.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ruleSetInWords } from "@mediamem/drawing";
 *
 * assertEquals(ruleSetInWords({ name: "ffmpeg", align: 16 }), "ffmpeg, align 16");
 * ```
 */
export function ruleSetInWords(rules: RuleSet): string {
  switch (rules.name) {
    case "ffmpeg":
    case "webgpu":
      return `${rules.name}, align ${rules.align}`;
    case "ffmpegFrame": {
      const built = rules.buildAlign === undefined ? "" : ` built to align for ${rules.buildAlign}`;
      const major = rules.major === undefined ? built : ` of libavutil ${rules.major}${built}`;
      return `${rules.name}${major}, align ${rules.align === 0 ? "0 (the library chooses)" : rules.align}`;
    }
    case "gstreamer": {
      if (rules.alignment === undefined) return rules.name;
      const { paddingTop, paddingRight, paddingBottom, paddingLeft, strideAlign } = rules.alignment;
      const padding = [paddingTop, paddingRight, paddingBottom, paddingLeft].join("/");
      return `${rules.name}, padding ${padding}, stride masks ${strideAlign.join("/")}`;
    }
    default:
      return rules.name;
  }
}

/** `1 byte`, `4 bytes`. */
export function bytes(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}

/** Names what a plane holds, in the order of memory: `Y`, `U V`, `B G R A`; empty where the descriptor does not say. */
export function planeContent(descriptor: PixelFormatDescriptor | undefined, plane: number): string {
  if (descriptor === undefined) return "";
  const { flags, nbComponents, comp } = descriptor;
  if (flags & PIXEL_FORMAT_FLAG.PAL) return plane === 0 ? "palette indices" : "palette";
  if (flags & PIXEL_FORMAT_FLAG.BAYER) return "colour mosaic";
  const letters = flags & PIXEL_FORMAT_FLAG.XYZ ? "XYZA" : flags & PIXEL_FORMAT_FLAG.RGB ? "RGBA" : "YUVA";
  return comp
    .map((component, index) => ({
      ...component,
      letter: nbComponents <= 2 && index === 1 ? "A" : letters[index],
    }))
    .slice(0, nbComponents)
    .filter((component) => component.plane === plane)
    .sort((a, b) => a.offset - b.offset)
    .map((component) => component.letter)
    .join(" ");
}

/** One sentence on where the bytes go. */
export function summary(layout: ImageLayout, regions: Regions): string {
  const { visible, padding, gaps, planes } = regions;
  if (planes.some((region) => region.shared)) return `${bytes(layout.size)}, planes share their rows`;
  const parts = [`${visible} visible`];
  if (padding > 0) parts.push(`${padding} padding at the end of rows`);
  if (gaps > 0) parts.push(`${gaps} outside the planes`);
  return `${bytes(layout.size)}: ${parts.join(", ")}`;
}

/** Everything that the picture shows as text, for who cannot see it. */
export function description(layout: ImageLayout, regions: Regions): string {
  const planes = layout.planes.map((plane) => {
    const padding = regions.planes.find((region) => region.plane === plane)!.padding;
    const upwards = plane.linesize < 0 ? ", stored bottom up" : "";
    return `Plane ${plane.plane}: offset ${plane.offset}, linesize ${plane.linesize}, rowBytes ${plane.rowBytes}, ` +
      `rows ${plane.rows}, extent ${plane.extent}, ${bytes(padding)} after each row${upwards}.`;
  });
  return [`${summary(layout, regions)}.`, ...planes].join(" ");
}

/** Replaces what XML 1.0 cannot hold: control characters, lone surrogates, and the mark that ends a CDATA section. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("]]>", "]] >");
}

/** Groups the digits of a number by threes: `1,048,576`. */
export function grouped(value: number): string {
  return value.toLocaleString("en-US");
}

/** At most so many characters of a name: the middle of a longer one is left out, because names differ at their ends. Empty where not even three fit. */
export function shorten(name: string, most: number): string {
  const letters = [...name];
  if (letters.length <= most) return name;
  if (most < 3) return "";
  const tail = Math.floor((most - 1) / 2);
  return `${letters.slice(0, most - 1 - tail).join("")}…${letters.slice(letters.length - tail).join("")}`;
}

const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** Three digits of a number of bytes with their unit: `1.5 MiB`. */
export function bytesInShort(count: number): string {
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  if (unit === 0) return bytes(Math.round(count * 10) / 10);
  return `${value >= 1000 ? Math.round(value) : Number(value.toPrecision(3))} ${UNITS[unit]}`;
}
