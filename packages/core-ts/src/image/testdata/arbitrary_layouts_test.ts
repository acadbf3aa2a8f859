import fc from "fast-check";
import type { ImageLayout, PixelFormatName, RuleSet } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { imageLayout } from "../layout.ts";
import { FORMAT_RECORDS } from "../record.ts";

const side = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70 }));
const padding = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 9 }));
const align = fc.integer({ min: 0, max: 7 }).map((bit) => 2 ** bit);
const mask = align.map((power) => power - 1);

const rules: fc.Arbitrary<RuleSet> = fc.oneof(
  fc.record({ name: fc.constant("ffmpeg" as const), align }),
  fc.record({
    name: fc.constant("ffmpegFrame" as const),
    align: fc.oneof(fc.constant(0), align),
    major: fc.constantFrom(56 as const, 57 as const, 58 as const, 59 as const, 60 as const),
    buildAlign: fc.constantFrom(32 as const, 64 as const),
  }),
  fc.record({ name: fc.constant("gstreamer" as const) }),
  fc.record({
    name: fc.constant("gstreamer" as const),
    alignment: fc.record({
      paddingTop: padding,
      paddingBottom: padding,
      paddingLeft: padding,
      paddingRight: padding,
      strideAlign: fc.tuple(mask, mask, mask, mask),
    }),
  }),
  fc.record({ name: fc.constant("webcodecs" as const) }),
  fc.record({ name: fc.constant("webgpu" as const), align: fc.constantFrom(256, 512, 768) }),
);

function layoutOrNull(
  [format, width, height, rule]: readonly [PixelFormatName, number, number, RuleSet],
): ImageLayout | null {
  try {
    return imageLayout(format, width, height, rule);
  } catch (error) {
    // A format on a device or without a twin, a major without the format, a padding that splits a sample.
    if (error instanceof MediaError) return null;
    throw error;
  }
}

// Has no tests of its own: it is named as one because tests alone may import fast-check.

/** Layouts of small pictures, odd ones included, of every format under every rule set that has it. */
export const arbitraryLayout: fc.Arbitrary<ImageLayout> = fc
  .tuple(fc.constantFrom(...FORMAT_RECORDS.map((record) => record.name)), side, side, rules)
  .map(layoutOrNull)
  .filter((layout) => layout !== null);
