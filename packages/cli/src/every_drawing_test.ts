import { imageLayout, pixelFormat, pixelFormats } from "@mediamem/core-ts/image";
import { Heap } from "@mediamem/core-ts/memory";
import { heapSvg, layoutSvg, mapHeap } from "@mediamem/drawing";
import { MediaError } from "@mediamem/interface";
import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { RULE_SET_NAMES, ruleSet } from "./rule_sets.ts";
import { HeapReplay } from "./trace/heap_replay.ts";
import { RandomHeapTrace } from "./trace/random_heap_trace.ts";

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

describe("the drawing of every kind of heap", () => {
  for (const checked of [false, true]) {
    for (const alignment of [16, 32, 64] as const) {
      it(`shows the numbers of its figures ${checked ? "with" : "without"} red zones, aligned to ${alignment}`, () => {
        const storage = new ArrayBuffer(65536, { maxByteLength: 2 ** 28 });
        const heap = Heap.create(storage, { checked, alignment, quarantineBytes: 20_000 });
        const source = new RandomHeapTrace(3000, alignment, 2000);
        const replay = new HeapReplay(heap, storage, (line) => source.where(line));
        const drawnAt = [0, 1, 2, 17, 200, 1999, 3000];
        for (let operation = source.next(); operation !== null; operation = source.next()) {
          replay.apply(operation);
          if (!drawnAt.includes(source.done)) continue;
          const map = mapHeap(heap);
          const { live, bytes, total, free, quarantined } = heap.stats();
          const { totals, stretches } = map;
          assertEquals([stretches.used, totals.used], [live, bytes]);
          // The figures count the headers of what is free and kept back.
          const reserved = totals.reserved + 16 * stretches.reserved;
          assertEquals(totals.free + reserved, free);
          assertEquals(totals.quarantined + 16 * stretches.quarantined, quarantined);
          assertEquals(
            map.end -
              (map.totals.header - 16 * (stretches.used + stretches.reserved + stretches.quarantined)),
            total,
          );
          const names = new Map([...replay.blocks.entries()].map(([name, { address }]) => [address, name]));
          const svg = heapSvg(map, { title: "a random trace", names });
          assert(!/NaN|Infinity|undefined/.test(svg), svg.slice(0, 1000));
          assert(svg.length < 1_000_000);
          assertStringIncludes(svg, `${live.toLocaleString("en-US")} blocks in use`);
          if (live > 0) assertMatch(svg, new RegExp(`in use: ${bytes} bytes?<`));
          assertEquals(svg.includes("red zones"), checked && live > 0);
        }
      });
    }
  }
});
