import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import type { LeakGroup } from "@mediamem/interface";
import { leakText } from "./leak_text.ts";

function group(op: string, count: number, bytes: number, site: readonly string[] | null): LeakGroup {
  return { op, site, count, bytes, oldest: 12 };
}

describe("leakText()", () => {
  it("tells of nothing", () => {
    assertEquals(
      leakText({ count: 0, bytes: 0, groups: [], unknown: 0, found: 0, abandoned: [] }),
      "Nothing is alive",
    );
  });

  it("tells of every group with its calls, one and many", () => {
    const groups = [
      group("av_malloc", 2, 300, ["f (/a.ts:1:2)", "main (/a.ts:3:4)"]),
      group("av_calloc", 1, 1, null),
    ];
    assertEquals(
      leakText({ count: 3, bytes: 301, groups, unknown: 0, found: 0, abandoned: [] }),
      [
        "3 alive, 301 bytes:",
        "  2 of av_malloc, 300 bytes, oldest 12 ms",
        "    at f (/a.ts:1:2)",
        "    at main (/a.ts:3:4)",
        "  1 of av_calloc, 1 byte, oldest 12 ms",
        '    no stack was kept (tracing "all" keeps every one)',
      ].join("\n"),
    );
  });

  it("tells what it does not know, and what the garbage collector found", () => {
    const abandoned = [
      group("av_frame_alloc", 2, 0, ["f (/a.ts:1:2)"]),
      group("av_malloc", 1, 9, ["g (/a.ts:1:2)"]),
    ];
    assertEquals(
      leakText({ count: 0, bytes: 0, groups: [], unknown: 2, found: 3, abandoned }),
      [
        "Nothing is alive that was traced",
        "2 more alive, taken while tracing was off",
        "3 never given back, found by the garbage collector:",
        "  2 of av_frame_alloc, 0 bytes",
        "    at f (/a.ts:1:2)",
        "  1 of av_malloc, 9 bytes",
        "    at g (/a.ts:1:2)",
      ].join("\n"),
    );
  });

  it("tells how many of those are known", () => {
    const abandoned = [group("av_malloc", 1, 9, null)];
    const facts = { count: 0, bytes: 0, groups: [], unknown: 0, found: 3 };
    assertEquals(
      leakText({ ...facts, abandoned }).split("\n")[1],
      "3 never given back, found by the garbage collector, 1 of them known:",
    );
    assertEquals(
      leakText({ ...facts, abandoned: [] }),
      "Nothing is alive\n3 never given back, found by the garbage collector",
    );
  });
});
