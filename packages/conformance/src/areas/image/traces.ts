import type { Operation, Reference, TraceTest } from "../../model.ts";
import { traceGenerator } from "../../trace_generator.ts";
import { lacksFormat } from "./formats.ts";
import { NO_IMAGE_LINE } from "./lines.ts";
import { imageOf } from "./point.ts";
import {
  alloc,
  copy,
  copyToBuffer,
  fillBlack,
  fillColor,
  free,
  readLine,
  traces,
  writeLine,
} from "./trace_operations.ts";
import { TracePlayer } from "./trace_player.ts";
import { PSEUDO_PALETTE_FORMATS } from "./known/older_descriptors.ts";
import { olderThan } from "./versions.ts";

/** Traces that say what they show. */
const NAMED: Readonly<Record<string, readonly Operation[]>> = {
  "alloc-and-free": [alloc(0, "yuv420p", 17, 5, 16), free(0)],
  "free-twice": [alloc(0, "yuv420p", 17, 5, 16), free(0), free(0)],
  "read-after-free": [alloc(0, "gray", 4, 4, 1), free(0), readLine(0, 0, 0, 0, 4)],
  "write-after-free": [alloc(0, "gray", 4, 4, 1), free(0), writeLine(0, 0, 0, 0, 4, 1)],
  "paint-after-free": [alloc(0, "gray", 4, 4, 1), free(0), fillBlack(0, "tv")],
  "copy-from-freed": [alloc(0, "gray", 4, 4, 1), alloc(1, "gray", 4, 4, 1), free(0), copy(0, 1, false)],
  "copy-to-freed": [alloc(0, "gray", 4, 4, 1), alloc(1, "gray", 4, 4, 1), free(1), copy(0, 1, false)],
  "copy-to-buffer-after-free": [alloc(0, "gray", 4, 4, 1), free(0), copyToBuffer(0, 1)],
  "one-freed-the-other-lives": [
    alloc(0, "nv12", 6, 4, 8),
    alloc(1, "nv12", 6, 4, 8),
    free(0),
    fillBlack(1, "tv"),
    readLine(1, 1, 0, 0, 3),
  ],
  "no-such-format-on-a-host": [alloc(0, "cuda", 16, 16, 1), free(0)],
  "palette-needs-align-4": [alloc(0, "pal8", 5, 5, 1), alloc(0, "pal8", 5, 5, 4), free(0)],
  "black-then-white-line": [
    alloc(0, "yuv420p", 17, 5, 16),
    fillBlack(0, "tv"),
    writeLine(0, 0, 3, 2, 7, 9),
    readLine(0, 0, 0, 2, 17),
    readLine(0, 2, 0, 1, 9),
  ],
  "copy-there-and-back": [
    alloc(0, "yuv420p", 17, 5, 16),
    alloc(1, "yuv420p", 17, 5, 1),
    copy(0, 1, false),
    copy(1, 0, false),
    copyToBuffer(0, 4),
    copyToBuffer(1, 4),
  ],
  "flip-twice": [
    alloc(0, "yuv422p", 7, 5, 16),
    alloc(1, "yuv422p", 7, 5, 8),
    copy(0, 1, true),
    copyToBuffer(1, 1),
    copy(1, 0, true),
    copyToBuffer(0, 1),
  ],
  "copy-a-palette": [
    alloc(0, "pal8", 5, 3, 4),
    alloc(1, "pal8", 5, 3, 16),
    copy(0, 1, false),
    copyToBuffer(1, 1),
  ],
  "copy-to-a-smaller-picture": [alloc(0, "gray", 9, 9, 1), alloc(1, "gray", 4, 4, 1), copy(0, 1, false)],
  "copy-onto-itself": [alloc(0, "gray", 9, 9, 1), copy(0, 0, false)],
  "line-beyond-the-picture": [alloc(0, "gray", 4, 4, 1), readLine(0, 0, 0, 4, 4), readLine(0, 0, 0, 3, 5)],
};

/** Traces that need a library with `av_image_fill_color`. */
const NAMED_COLOR: Readonly<Record<string, readonly Operation[]>> = {
  "one-colour": [alloc(0, "yuv420p", 17, 5, 16), fillColor(0, [1, 2, 3, 4]), readLine(0, 1, 0, 0, 9)],
  "colour-after-free": [alloc(0, "gray", 4, 4, 1), free(0), fillColor(0, [1, 2, 3, 4])],
  "colour-then-black": [alloc(0, "rgb565le", 5, 3, 8), fillColor(0, [31, 63, 31, 0]), fillBlack(0, "pc")],
};

function skipFormats(reference: Reference, operations: readonly Operation[]): string | null {
  const formats = new Set(operations.map((operation) => operation["format"]));
  if (olderThan(reference, 56, 21)) return NO_IMAGE_LINE;
  if (olderThan(reference, 59, 0) && formats.has("pal8") && operations.some(({ op }) => op === "fillBlack")) {
    return "libavutil before 59 paints pal8 in another colour";
  }
  if (reference.major === 56 && [...formats].some((format) => PSEUDO_PALETTE_FORMATS.has(String(format)))) {
    return "libavutil 56 gives gray and packed RGB a palette";
  }
  for (const format of formats) {
    const reason = format === undefined ? null : lacksFormat(reference, format);
    if (reason !== null) return reason;
  }
  return null;
}

const picturesTest: TraceTest = {
  kind: "trace",
  id: "image/pictures",
  op: "av_image_alloc",
  named: NAMED,
  random: traceGenerator(traces(false)),
  runs: (scope) => scope === "full" ? 20000 : 1500,
  play(backend, operations, out) {
    const player = new TracePlayer(imageOf(backend), out);
    try {
      for (const operation of operations) player.play(operation);
    } finally {
      player.end();
    }
  },
  skip: skipFormats,
};

const colorTest: TraceTest = {
  ...picturesTest,
  id: "image/pictures.color",
  op: "av_image_fill_color",
  named: NAMED_COLOR,
  random: traceGenerator(traces(true)),
  runs: (scope) => scope === "full" ? 5000 : 500,
  skip(reference, operations) {
    if (olderThan(reference, 58, 33)) return "libavutil before 58.33 has no av_image_fill_color";
    return skipFormats(reference, operations);
  },
};

/** Pictures that are allocated, painted, written, read, copied and freed in any order. */
export const traceTests: readonly TraceTest[] = [picturesTest, colorTest];
