import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { type Difference, DifferenceLog } from "./difference.ts";

function difference(id: string, found: string): Difference {
  const verdicts = { id, actual: "1", expected: "2", quoted: null };
  return {
    ...verdicts,
    test: "tiny/x",
    op: "x",
    found: [{ ...verdicts, id: found }],
    pictures: { actual: null, expected: null },
  };
}

describe("DifferenceLog", () => {
  it("wants the first ten, then each whose number is a power of two, and counts all", () => {
    const log = new DifferenceLog();
    const wanted: number[] = [];
    for (let i = 1; i <= 2000; i++) if (log.wanted()) wanted.push(i);
    assertEquals(wanted, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 32, 64, 128, 256, 512, 1024]);
    assertEquals(log.count, 2000);
  });

  it("makes one of those with the same simplest case, and keeps ten of the cases that led there", () => {
    const log = new DifferenceLog();
    for (let i = 0; i < 20; i++) log.add(difference(i === 5 ? "b" : "a", String(i)));
    assertEquals(log.list().map(({ id, found }) => [id, found.map((each) => each.id).join(" ")]), [
      ["a", "0 1 2 3 4 6 7 8 9 10"],
      ["b", "5"],
    ]);
  });
});
