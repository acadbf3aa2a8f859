import { imageLayout, pixelFormat, pixelFormats } from "@mediamem/core-ts/image";
import { layoutSvg } from "@mediamem/drawing";
import { MediaError } from "@mediamem/interface";
import { describe, it } from "@std/testing/bdd";
import { assert, assertStringIncludes } from "@std/assert";
import { RULE_SET_NAMES, ruleSet } from "./rule_sets.ts";

/** The layout, or null for a picture that the rule set does not lay out. */
function layoutOrNull(...args: Parameters<typeof imageLayout>): ReturnType<typeof imageLayout> | null {
  try {
    return imageLayout(...args);
  } catch (error) {
    if (error instanceof MediaError) return null;
    throw error;
  }
}

describe("the drawing of every format", () => {
  for (const name of RULE_SET_NAMES) {
    it(`shows the numbers of its layout under ${name}`, () => {
      let drawn = 0;
      for (const format of pixelFormats()) {
        const descriptor = pixelFormat(format);
        for (const [width, height] of [[1, 1], [99, 51], [16384, 16383]] as const) {
          const layout = layoutOrNull(format, width, height, ruleSet(name, undefined));
          if (layout === null) continue;
          const svg = layoutSvg(layout, { descriptor });
          assert(!/NaN|Infinity|undefined/.test(svg), svg);
          assertStringIncludes(svg, `>${format} ${width}x${height}<`);
          assertStringIncludes(svg, `size ${layout.size}`);
          for (const { offset, linesize, rowBytes, rows, extent } of layout.planes) {
            assertStringIncludes(svg, `offset ${offset} · linesize ${linesize} · rowBytes ${rowBytes}`);
            assertStringIncludes(svg, `rows ${rows} · extent ${extent}`);
          }
          drawn++;
        }
      }
      assert(drawn > 20, `${drawn} layouts drawn`);
    });
  }
});
