import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertLess, assertRejects, assertThrows } from "@std/assert";
import { type AreaResult, AreaRun } from "../area_run.ts";
import { ConformanceError } from "../conformance_error.ts";
import type { Area, Grid, VectorTest } from "../model.ts";
import { parseQuery } from "../query.ts";
import { DEFAULT_SELECTION, type Selection } from "../selection.ts";
import { LiveSubject } from "../subject.ts";
import { checkTest, stackTest, strideTest, tinyArea, tinyBackend } from "../tiny_area.ts";
import type { Tiny } from "../tiny_area.ts";
import { recordAnswers } from "./record_answers.ts";
import { RecordedSubject } from "./recorded_subject.ts";
import { decodeRecording, encodeRecording, type Recording } from "./recording.ts";

const { stride, stack } = tinyBackend().tiny;

async function record(
  area: Area = tinyArea,
  changes: Partial<Tiny> = {},
  version = "1.2.3",
): Promise<Recording> {
  const recording = await recordAnswers("tiny-1", [area], tinyBackend(changes, version));
  return await decodeRecording(await encodeRecording(recording));
}

function replay(
  subject: RecordedSubject,
  changes: Partial<Tiny> = {},
  selection: Partial<Selection> = {},
): AreaResult {
  const run = new AreaRun(tinyArea, new LiveSubject(tinyBackend(changes)), subject, {
    ...DEFAULT_SELECTION,
    ...selection,
  });
  while (run.step(10));
  return run.result();
}

describe("encodeRecording() and decodeRecording()", () => {
  it("give back what was recorded", async () => {
    const recording = await recordAnswers("tiny-1", [tinyArea], tinyBackend({}, "1.2.3"));
    const again = await decodeRecording(await encodeRecording(recording));
    assertEquals(again.header, recording.header);
    assertEquals(again.blocks.map((block) => [...block]), recording.blocks.map((block) => [...block]));
    const { name, library, major, seed, texts, tests } = again.header;
    assertEquals({ name, library, major, seed }, {
      name: "tiny-1",
      library: { name: "libtiny", version: "1.2.3" },
      major: 1,
      seed: 1,
    });
    assertEquals(texts, ["EOF", "gray, 1 bytes", "nv12, 1 bytes", "rgb24, 3 bytes"]);
    assertEquals(tests.map(({ id, count }) => [id, count]), [
      ["tiny/stride", 2404],
      ["tiny/check", 6],
      ["tiny/describe", 4],
      ["tiny/stack", 52],
    ]);
  });

  it("keep of a random trace only the hash of its answer", async () => {
    const { header, blocks } = await record();
    assert(header.forms.includes("digest"));
    const runs = { ...stackTest, runs: () => 50_000 };
    const area = { ...tinyArea, tests: [runs] };
    const many = await encodeRecording(await recordAnswers("tiny-1", [area], tinyBackend({}, "1.2.3")));
    assertLess(many.length - (await encodeRecording({ header, blocks })).length, 50_000 * 4.1);
  });

  it("keep blocks with the same answers once", async () => {
    const { header, blocks } = await record();
    const [gray, nv12, rgb24] = header.tests[0]!.blocks;
    assertEquals(gray, nv12);
    assert(gray !== rgb24);
    assertLess((await encodeRecording({ header, blocks })).length, 2500);
  });

  it("refuse a file that is damaged anywhere, cut off, or something else", async () => {
    const file = await encodeRecording(await recordAnswers("tiny-1", [tinyArea], tinyBackend({}, "1.2.3")));
    const damaged = [
      file.slice(0, -1),
      file.slice(0, 100),
      file.slice(10),
      new Uint8Array(),
      new Uint8Array(1000),
    ];
    for (let at = 12; at < file.length; at += 97) {
      const copy = file.slice();
      copy[at]! ^= 255;
      damaged.push(copy);
    }
    for (const bytes of damaged) {
      const error = await assertRejects(
        () => decodeRecording(bytes),
        ConformanceError,
        "Cannot read the recording",
      );
      assertEquals(error.code, "RECORDING_CORRUPT");
    }
    const other = new Response(
      new Blob(["something else"]).stream().pipeThrough(new CompressionStream("gzip")),
    );
    const bytes = new Uint8Array(await other.arrayBuffer());
    await assertRejects(() => decodeRecording(bytes), ConformanceError, 'the beginning "something else"');
  });
});

describe("RecordedSubject", () => {
  it("answers like the library that was recorded", async () => {
    const subject = await RecordedSubject.open(await record(), [tinyArea]);
    assertEquals(subject.reference.id, "recorded:tiny-1");
    assertEquals([subject.reference.major, subject.reference.library.version], [1, "1.2.3"]);
    const { tests, differences } = replay(subject);
    assertEquals(differences, []);
    assertEquals(tests.map(({ comparisons, equal }) => [comparisons, equal]), [[2404, 2404], [6, 6], [3, 3], [
      52,
      52,
    ]]);
    assertEquals(tests[2]!.notComparable, { "format not in this library": 1 });
    assertEquals(tests[1]!.errors, { EINVAL: 2, TypeError: 2 });
  });

  it("answers every shard of a run", async () => {
    const subject = await RecordedSubject.open(await record(), [tinyArea]);
    const count = 5;
    let equal = 0;
    for (let index = 1; index <= count; index++) {
      for (const test of replay(subject, {}, { shard: { index, count } }).tests) equal += test.equal;
    }
    assertEquals(equal, 2404 + 6 + 3 + 52);
  });

  it("finds differences, and shrinks them as far as the grid goes", async () => {
    const subject = await RecordedSubject.open(await record(), [tinyArea]);
    const { differences } = replay(subject, {
      stride: (format, width, align) => stride(format, width, align) + (width >= 23 && align > 2 ? 1 : 0),
      describe: (format) => format,
      stack() {
        const right = stack();
        return { push: () => -1, pop: () => right.pop() };
      },
    });
    assertEquals(differences.slice(0, 2).map(({ id, actual, expected }) => [id, actual, expected]), [
      ["tiny/stride:format=gray;width=23;align=4", "25 23", "24 23"],
      ["tiny/describe:format=gray", "gray", "gray, 1 bytes"],
    ]);
    assertEquals(differences[2]!.id, "tiny/stack:name=deep");
    const random = differences.find(({ id }) => id.startsWith("tiny/stack:seed=1;run="))!;
    assert(random.actual.startsWith("-1 ") || random.actual.startsWith("EOF"), random.actual);
    assertEquals(/^an answer with the hash [0-9a-f]{8}$/.test(random.expected), true, random.expected);
  });

  it("answers a case by its id, where it was recorded", async () => {
    const subject = await RecordedSubject.open(await record(), [tinyArea]);
    const one = (query: string): AreaResult["tests"][number] =>
      replay(subject, {}, { query: parseQuery(query) }).tests[0]!;
    assertEquals(one("tiny/stride:format=nv12;width=17;align=8").equal, 1);
    assertEquals(one("tiny/stack:seed=1;run=7").equal, 1);
    for (
      const id of [
        "tiny/stride:format=nv12;width=1234;align=8",
        "tiny/stack:seed=2;run=7",
        "tiny/stack:trace=pop",
      ]
    ) {
      assertEquals(one(id).notComparable, { "not among the recorded cases": 1 });
    }
  });

  it("keeps every kind of number", async () => {
    const values = [
      0,
      -0,
      1,
      -1,
      0.1,
      NaN,
      Infinity,
      -Infinity,
      2 ** 32 - 1,
      2 ** 53 - 1,
      -(2 ** 53 - 1),
      2 ** 60,
      5e-324,
    ];
    const grid: Grid = [values.map((_, i) => i), [...values.keys()], [0, 1]];
    const odd: VectorTest = {
      ...checkTest,
      id: "tiny/odd",
      parameters: ["a", "b", "length"],
      grids: () => [grid],
      answer(_backend, [a, b, length], out) {
        out.push(values[a as number]!);
        if (length === 1) out.push(values[b as number]!);
        if (b === 3) out.fail("EINVAL");
      },
    };
    const area = { ...tinyArea, tests: [odd] };
    const subject = await RecordedSubject.open(await record(area), [area]);
    const run = new AreaRun(area, new LiveSubject(tinyBackend()), subject, DEFAULT_SELECTION);
    while (run.step(10));
    assertEquals(run.result().tests[0]!.equal, 2 * values.length ** 2);
  });

  it("is red once the cases are others", async () => {
    const recording = await record();
    const changed: VectorTest = {
      ...strideTest,
      grids: (scope, seed) =>
        strideTest.grids(scope, seed).map((grid) => [...grid.slice(0, 2), [1, 2, 4, 8, 16, 64]]),
    };
    const renamed: VectorTest = { ...checkTest, id: "tiny/newCheck" };
    const areas: Area[] = [
      { ...tinyArea, tests: [changed, ...tinyArea.tests.slice(1)] },
      { ...tinyArea, tests: [...tinyArea.tests, renamed] },
      { ...tinyArea, tests: tinyArea.tests.slice(1) },
    ];
    for (const [i, stale] of ["tiny/stride", "tiny/newCheck", "tiny/stride"].entries()) {
      const open = (): Promise<RecordedSubject> => RecordedSubject.open(recording, [areas[i]!]);
      const error = await assertRejects(open, ConformanceError, `the cases of ${stale} have changed`);
      assertEquals(error.code, "RECORDING_STALE");
      assert(error.message.includes("bun scripts/generators/record_answers.ts"), error.message);
    }
  });

  it("is red once a case is compared that was left out when it was recorded", async () => {
    const subject = await RecordedSubject.open(await record(), [tinyArea]);
    const describeTest = { ...(tinyArea.tests[2] as VectorTest), skip: (): null => null };
    const run = new AreaRun(
      { ...tinyArea, tests: [describeTest] },
      new LiveSubject(tinyBackend()),
      subject,
      DEFAULT_SELECTION,
    );
    assertThrows(() => run.step(10), ConformanceError, "tiny/describe");
  });

  it("is red once a case is left out that was compared when it was recorded", async () => {
    const subject = await RecordedSubject.open(await record(), [tinyArea]);
    const left: VectorTest = { ...strideTest, skip: (_, [format]) => format === "nv12" ? "too broad" : null };
    const run = new AreaRun(
      { ...tinyArea, tests: [left] },
      new LiveSubject(tinyBackend()),
      subject,
      DEFAULT_SELECTION,
    );
    const error = assertThrows(() => run.step(10), ConformanceError, "tiny/stride");
    assertEquals(error.code, "RECORDING_STALE");
  });

  it("has the default scope and one seed only", async () => {
    const subject = await RecordedSubject.open(await record(), [tinyArea]);
    subject.check("default", 1);
    assertThrows(() => subject.check("full", 1), ConformanceError, "the full scope with the seed 1");
    assertThrows(() => subject.check("default", 2), ConformanceError, "the seed 2");
  });
});

describe("recordAnswers()", () => {
  it("refuses a library that crashes, and naming TypeScript a library", async () => {
    const crashing = tinyBackend({
      check() {
        throw new RangeError("Out");
      },
    }, "1.0.0");
    await assertRejects(
      () => recordAnswers("tiny-1", [tinyArea], crashing),
      Error,
      "tiny/check:width=1: found CRASH",
    );
    await assertRejects(
      () => recordAnswers("tiny-1", [tinyArea], tinyBackend()),
      TypeError,
      "found TypeScript",
    );
  });
});
