import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ConformanceError } from "./conformance_error.ts";
import { parseShard, shardRange } from "./shard.ts";

describe("parseShard()", () => {
  it("counts from 1", () => {
    assertEquals(parseShard("1/1"), { index: 1, count: 1 });
    for (const text of ["0/2", "3/2", "1", "1/0", "1/2/3", "-1/2", "1.5/2", " 1/2", ""]) {
      assertEquals(assertThrows(() => parseShard(text), ConformanceError, "wanted 1/").code, "USAGE");
    }
  });
});

describe("shardRange()", () => {
  it("puts every case of every test into exactly one shard, and the shards differ by one case at most", () => {
    const counts = fc.array(fc.nat(40), { minLength: 1, maxLength: 12 });
    fc.assert(fc.property(counts, fc.integer({ min: 1, max: 9 }), (tests, count) => {
      const sizes = new Array<number>(count).fill(0);
      let start = 0;
      for (const cases of tests) {
        let end = 0;
        for (let index = 1; index <= count; index++) {
          const { from, to } = shardRange(cases, start, { index, count });
          assertEquals(from, end);
          assert(to >= from);
          sizes[index - 1]! += to - from;
          end = to;
        }
        assertEquals(end, cases);
        start += cases;
      }
      assert(Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join(" "));
    }));
  });

  it("gives everything to a run without shards", () => {
    assertEquals(shardRange(7, 3, null), { from: 0, to: 7 });
  });
});
