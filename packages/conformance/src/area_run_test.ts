import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { type AreaResult, AreaRun } from "./area_run.ts";
import { ConformanceError } from "./conformance_error.ts";
import type { Area, KnownDifference } from "./model.ts";
import { parseQuery } from "./query.ts";
import { DEFAULT_SELECTION, type Selection } from "./selection.ts";
import { LiveSubject } from "./subject.ts";
import { sum } from "./reports/test_report.ts";
import { tinyArea, tinyBackend } from "./tiny_area.ts";
import type { Tiny } from "./tiny_area.ts";

const TOTAL = 4 * 100 * 6 + 4 + 6 + 4 + 52;
const { stride, check, describe: describeFormat, stack } = tinyBackend().tiny;

function compare(
  changes: Partial<Tiny>,
  { area = tinyArea, version = "2.0.0", query, ...rest }: Partial<Omit<Selection, "query">> & {
    area?: Area;
    version?: string;
    query?: string;
  } = {},
): AreaResult & { total: number; byTest(test: string): AreaResult["tests"][number] } {
  const run = new AreaRun(
    area,
    new LiveSubject(tinyBackend(changes)),
    new LiveSubject(tinyBackend({}, version)),
    { ...DEFAULT_SELECTION, ...rest, query: query === undefined ? null : parseQuery(query) },
  );
  while (run.step(5));
  assertEquals(run.done, run.total);
  const result = run.result();
  return { ...result, total: run.total, byTest: (id) => result.tests.find(({ test }) => test === id)! };
}

describe("AreaRun", () => {
  it("counts what is equal, and errors among it by their code", () => {
    const result = compare({});
    assertEquals(result.differences, []);
    assertEquals(result.total, TOTAL);
    assertEquals(result.tests.reduce((total, { equal }) => total + equal, 0), TOTAL);
    assertEquals(result.byTest("tiny/check").errors, { EINVAL: 2, TypeError: 2 });
    assertEquals(compare({}, { scope: "full" }).total, 4 * 1000 * 6 + 4 + 6 + 4 + 202);
  });

  it("finds a difference and shrinks it to the simplest case", () => {
    const result = compare({
      stride: (format, width, align) =>
        stride(format, width, align) + (format === "rgb24" && width >= 23 && align >= 4 ? align : 0),
    });
    assertEquals(result.byTest("tiny/stride").different, 78 * 4);
    assertEquals(result.byTest("tiny/stride").comparisons, 2404);
    assertEquals(result.differences.map(({ id, actual, expected }) => ({ id, actual, expected })), [
      { id: "tiny/stride:format=rgb24;width=23;align=4", actual: "76 23", expected: "72 23" },
    ]);
    assertEquals(result.differences[0]!.found.length, 10);
    assertEquals(result.differences[0]!.found[0]!.id, "tiny/stride:format=rgb24;width=23;align=4");
  });

  it("keeps few of many differences, and counts all", () => {
    const result = compare({ stride: (_format, width) => -width }, { scope: "full" });
    assertEquals(result.byTest("tiny/stride").different, 24004);
    assertEquals(result.differences.length, 1);
    assertEquals(result.differences[0]!.id, "tiny/stride:format=gray;width=1;align=1");
  });

  it("compares errors by their code, not by their wording", () => {
    const wording = compare({
      check(width) {
        if (width <= 0) throw new MediaError("EINVAL", "Other words", { op: "other" });
        check(width);
      },
    });
    assertEquals(wording.differences, []);
    const code = compare({
      check(width) {
        if (width <= 0) throw new MediaError("ENOMEM", "Cannot check", { op: "tiny_check" });
        check(width);
      },
    });
    assertEquals(code.differences.map(({ id, actual, expected }) => [id, actual, expected]), [
      ["tiny/check:width=0", "ENOMEM", "EINVAL"],
    ]);
  });

  it("never takes a crash for an answer", () => {
    const crash = (): never => {
      throw new RangeError("Out of range");
    };
    const result = compare({ check: crash });
    assertEquals(result.byTest("tiny/check").different, 6);
    assertEquals(result.differences[0]!.actual, "CRASH RangeError: Out of range");
    const run = new AreaRun(
      tinyArea,
      new LiveSubject(tinyBackend({ check: crash })),
      new LiveSubject(tinyBackend({ check: crash }, "2.0.0")),
      DEFAULT_SELECTION,
    );
    while (run.step(5));
    assertEquals(run.result().differences.length, 1);
  });

  it("does not shrink a wrong answer to a crash, nor the other way round", () => {
    const { differences } = compare({
      stride(format, width, align) {
        if (format === "rgb24" && width < 20) throw new RangeError("Out of range");
        return stride(format, width, align) + (format === "rgb24" && width >= 40 ? 1 : 0);
      },
    });
    assertEquals(differences.map(({ id, actual }) => [id, actual]), [
      ["tiny/stride:format=rgb24;width=1;align=1", "CRASH RangeError: Out of range"],
      ["tiny/stride:format=rgb24;width=40;align=1", "121 40"],
    ]);
  });

  it("does not mistake an answer for an error", () => {
    const result = compare({ check: () => {} });
    assertEquals(result.differences.map(({ id, actual, expected }) => [id, actual, expected]), [
      ["tiny/check:width=0", "", "EINVAL"],
    ]);
  });

  it("compares texts", () => {
    const result = compare({ describe: (format) => `${describeFormat(format)}!` });
    assertEquals(result.differences.map(({ id, actual, expected }) => [id, actual, expected]), [
      ["tiny/describe:format=gray", "gray, 1 bytes!", "gray, 1 bytes"],
    ]);
  });

  it("holds both sides to the answer that a case quotes", () => {
    const wrong = (format: string, width: number, align: number): number =>
      stride(format, width, align) + (width === 300 ? 16 : 0);
    const run = new AreaRun(
      tinyArea,
      new LiveSubject(tinyBackend({ stride: wrong })),
      new LiveSubject(tinyBackend({ stride: wrong }, "2.0.0")),
      DEFAULT_SELECTION,
    );
    while (run.step(5));
    assertEquals(
      run.result().differences.map(({ id, actual, expected, quoted }) => [id, actual, expected, quoted]),
      [
        ["tiny/stride:format=gray;width=300;align=16", "320 300", "320 300", "304 300"],
      ],
    );
  });

  it("lists and counts by reason what cannot be compared", () => {
    const result = compare({ describe: (format) => format === "p010le" ? "wrong" : describeFormat(format) }, {
      version: "1.4.0",
    });
    const { equal, comparisons, notComparable } = result.byTest("tiny/describe");
    assertEquals([equal, comparisons, notComparable], [3, 3, { "format not in this library": 1 }]);
    assertEquals(result.differences, []);
  });

  it("leaves the stack trace limit as it was", () => {
    const before = Error.stackTraceLimit;
    try {
      Error.stackTraceLimit = 7;
      compare({});
      assertEquals(Error.stackTraceLimit, 7);
    } finally {
      Error.stackTraceLimit = before;
    }
  });
});

describe("AreaRun with known differences", () => {
  const known: KnownDifference = {
    id: "tiny/rgb24",
    tests: ["tiny/stride"],
    majors: [1],
    reason: "Version 1 counts a byte too many for wide rgb24.",
    expected(_test, [format, width], _major, ours, out) {
      if (format !== "rgb24" || (width as number) < 50) return false;
      out.copyFrom(ours);
      out.numbers[0]! += 1;
      return true;
    },
  };
  const area: Area = { ...tinyArea, known: [known] };
  const fewer = (by: number): Partial<Tiny> => ({
    stride: (format, width, align) =>
      stride(format, width, align) - (format === "rgb24" && width >= 50 ? by : 0),
  });

  it("counts them where the library answers exactly as they say", () => {
    const result = compare(fewer(1), { area, version: "1.0.0" });
    assertEquals(result.differences, []);
    assertEquals(result.byTest("tiny/stride").known, { "tiny/rgb24": 51 * 6 });
    assertEquals(result.byTest("tiny/stride").comparisons, 2404);
    assertEquals(sum(result.byTest("tiny/stride").known) + result.byTest("tiny/stride").equal, 2404);
    assertEquals(result.known, [{ id: "tiny/rgb24", reason: known.reason, count: 51 * 6 }]);
  });

  it("are red where the library gives a third answer", () => {
    const result = compare(fewer(2), { area, version: "1.0.0" });
    assertEquals(result.byTest("tiny/stride").different, 51 * 6);
    assertEquals(result.differences[0]!.id, "tiny/stride:format=rgb24;width=50;align=1");
  });

  it("are red where another major shows them", () => {
    assertEquals(compare(fewer(1), { area, version: "2.0.0" }).byTest("tiny/stride").different, 51 * 6);
  });

  it("are listed with a count of 0 where nothing shows them, if they concern the library", () => {
    assertEquals(compare({}, { area, version: "1.0.0" }).known, [{
      id: "tiny/rgb24",
      reason: known.reason,
      count: 0,
    }]);
    assertEquals(compare({}, { area, version: "2.0.0" }).known, []);
  });
});

describe("AreaRun with traces", () => {
  const leaky: Partial<Tiny> = {
    stack() {
      const right = stack();
      let most = 0;
      return {
        push(value) {
          const size = right.push(value);
          most = Math.max(most, size);
          return size;
        },
        pop: () => right.pop() + (most >= 3 ? 1 : 0),
      };
    },
  };

  it("shrinks random traces and traces with a name", () => {
    const { differences } = compare(leaky);
    assertEquals(differences.map(({ test }) => test), differences.map(() => "tiny/stack"));
    const named = differences.find(({ found }) => found[0]!.id === "tiny/stack:name=deep")!;
    assertEquals(named.id, 'tiny/stack:trace="push value=4; push value=4; push value=5; pop"');
    assertEquals([named.actual, named.expected], ["1 2 3 3", "1 2 3 2"]);
    const random = differences.filter(({ found }) => found[0]!.id.startsWith("tiny/stack:seed="));
    assert(random.length > 0);
    assertEquals(
      new Set(random.map(({ id }) => id)),
      new Set(['tiny/stack:trace="push value=0; push value=0; push value=0; pop"']),
    );
  });

  it("runs one of them again by its id", () => {
    const { differences } = compare(leaky);
    for (const { id, found } of differences) {
      for (const one of [id, ...found.map((each) => each.id)]) {
        const again = compare(leaky, { query: one });
        assertEquals(again.total, 1, one);
        assertEquals(again.differences.length, 1, one);
        assertEquals(again.differences[0]!.found[0]!.id, one);
      }
    }
  });

  it("makes the same random traces from the same seed, and others from another", () => {
    const ids = (seed: number): string[] =>
      compare(leaky, { seed }).differences.flatMap(({ found }) => found.map(({ id }) => id));
    assertEquals(ids(5), ids(5));
    assert(JSON.stringify(ids(5).map((id) => id.replace(/seed=\d+/, ""))) !== JSON.stringify(ids(6)));
  });
});

describe("AreaRun with a selection", () => {
  it("gives every case to exactly one shard", () => {
    const changes: Partial<Tiny> = { stride: (format, width, align) => stride(format, width, align) + 1 };
    const whole = compare(changes);
    for (const count of [2, 3, 7]) {
      const shards = Array.from(
        { length: count },
        (_, i) => compare(changes, { shard: { index: i + 1, count } }),
      );
      const totals = shards.map(({ total }) => total);
      assertEquals(totals.reduce((a, b) => a + b), TOTAL);
      assert(Math.max(...totals) - Math.min(...totals) <= 1);
      assertEquals(
        shards.reduce((total, shard) => total + shard.byTest("tiny/stride").different, 0),
        whole.byTest("tiny/stride").different,
      );
    }
  });

  it("compares one test, a part of it, or one case", () => {
    assertEquals(compare({}, { query: "tiny/check" }).total, 6);
    assertEquals(compare({}, { query: "tiny/stride:format=nv12;align=4;*" }).total, 100);
    assertEquals(compare({}, { query: "tiny/stride:format=nv12;align=4;width=7" }).total, 1);
    assertEquals(compare({}, { query: "tiny/stride:format=none" }).total, 0);
    assertEquals(compare({}, { query: "image/*" }).total, 0);
    assertThrows(() => compare({}, { query: "tiny/stride:form=none" }), ConformanceError, "form");
  });

  it("compares a case that is in no grid", () => {
    const changes: Partial<Tiny> = { stride: (format, width, align) => stride(format, width, align) + 1 };
    const result = compare(changes, { query: "tiny/stride:format=nv12;align=4;width=123456" });
    assertEquals(result.byTest("tiny/stride").different, 1);
    assertEquals(result.differences[0]!.found[0]!.id, "tiny/stride:format=nv12;width=123456;align=4");
  });
});
