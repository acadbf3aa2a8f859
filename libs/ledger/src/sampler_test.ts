import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { Sampler } from "./sampler.ts";

function picks(sampler: Sampler, count: number): number[] {
  const picked: number[] = [];
  for (let at = 0; at < count; at++) if (sampler.next()) picked.push(at);
  return picked;
}

describe("Sampler", () => {
  it("picks exactly one of every row", () => {
    for (const every of [1, 2, 7, 64]) {
      const sampler = new Sampler();
      sampler.reset(every);
      const rows = picks(sampler, every * 100).map((at) => Math.floor(at / every));
      assertEquals(rows, Array.from({ length: 100 }, (_, row) => row), String(every));
    }
  });

  it("does not fall into step with a program that repeats itself", () => {
    const sampler = new Sampler();
    sampler.reset(64);
    const seen = new Set(picks(sampler, 64 * 400).map((at) => at % 4));
    assert(seen.size === 4);
  });

  it("begins a new row when it is told to pick otherwise", () => {
    const sampler = new Sampler();
    sampler.reset(1_000_000);
    sampler.next();
    sampler.reset(1);
    assertEquals(picks(sampler, 3), [0, 1, 2]);
  });
});
