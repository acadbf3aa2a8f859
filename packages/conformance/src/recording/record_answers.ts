import type { Backend } from "@mediamem/interface";
import { Answer } from "../answer.ts";
import { formatCaseId } from "../case_id.ts";
import type { Area, Test, TraceTest, VectorTest } from "../model.ts";
import { DEFAULT_SEED } from "../selection.ts";
import { LiveSubject } from "../subject.ts";
import { traceCases } from "../trace_cases.ts";
import { Walk } from "../walk.ts";
import { BlockWriter, formOf, numbersOf, SKIPPED } from "./block.ts";
import { type BlockPlan, planBlocks } from "./block_plan.ts";
import { hashCases } from "./case_hash.ts";
import type { RecordedTest, Recording } from "./recording.ts";

/**
 * Asks a library every case of the default scope and keeps the answers.
 *
 * @param name Name of the recording: `avutil-57`.
 * @param areas The areas to record.
 * @param backend The library. It stays the caller's.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 * import { createCore } from "@mediamem/core-ts";
 * import { recordAnswers } from "@mediamem/conformance";
 *
 * using core = createCore();
 * await assertRejects(() => recordAnswers("core-0", [], core), TypeError, "wanted a library");
 * ```
 */
export async function recordAnswers(
  name: string,
  areas: readonly Area[],
  backend: Backend,
): Promise<Recording> {
  const recorder = new Recorder(backend);
  const tests: RecordedTest[] = [];
  for (const test of areas.flatMap((area) => area.tests)) {
    const hash = await hashCases(test, DEFAULT_SEED);
    tests.push({ id: test.id, hash, ...recorder.record(test) });
  }
  const { library, major } = recorder.subject.reference;
  if (major === null) throw new TypeError(`Cannot record ${backend.id}: found TypeScript, wanted a library`);
  const { image } = backend;
  return {
    header: {
      name,
      library: { name: library.name, version: library.version },
      major,
      seed: DEFAULT_SEED,
      formats: Object.fromEntries((image?.pixelFormats() ?? []).map((f) => [f, image!.pixelFormatNumber(f)])),
      forms: [...recorder.forms.keys()],
      texts: [...recorder.texts].sort(),
      tests,
    },
    blocks: recorder.blocks,
  };
}

class Recorder {
  readonly subject: LiveSubject;
  /** Each form, in the order of its number. */
  readonly forms: Map<string, number> = new Map();
  readonly texts: Set<string> = new Set();
  readonly blocks: Uint8Array[] = [];
  readonly #places: Map<string, number> = new Map();
  readonly #answer: Answer = new Answer();

  constructor(backend: Backend) {
    this.subject = new LiveSubject(backend);
  }

  record(test: Test): Pick<RecordedTest, "count" | "blocks"> {
    return test.kind === "vector" ? this.#vector(test) : this.#traces(test);
  }

  #vector(test: VectorTest): Pick<RecordedTest, "count" | "blocks"> {
    const grids = test.grids("default", DEFAULT_SEED);
    const walk = new Walk(grids);
    walk.range(0, walk.count);
    const blocks = planBlocks(grids).map((plan) =>
      this.#block(plan, (writer) => {
        walk.next();
        const skipped = (test.skip?.(this.subject.reference, walk.point) ?? null) !== null;
        if (!skipped) this.subject.answer(test, walk.ordinal, walk.point, this.#answer);
        this.#add(writer, skipped, () => formatCaseId(test.id, test.parameters, walk.point));
      })
    );
    return { count: walk.count, blocks };
  }

  #traces(test: TraceTest): Pick<RecordedTest, "count" | "blocks"> {
    const cases = traceCases(test, { scope: "default", seed: DEFAULT_SEED, query: null });
    let at = 0;
    const block = this.#block({ start: 0, count: cases.length, row: 1, plane: 1 }, (writer) => {
      const { ordinal, names, values, operations: make } = cases[at++]!;
      const operations = make();
      const skipped = (test.skip?.(this.subject.reference, operations) ?? null) !== null;
      if (!skipped) this.subject.play(test, ordinal, operations, this.#answer);
      // A random trace answers with hundreds of numbers that nothing foretells.
      if (names[0] === "seed") this.#answer.condense();
      this.#add(writer, skipped, () => formatCaseId(test.id, names, values));
    });
    return { count: cases.length, blocks: [block] };
  }

  #add(writer: BlockWriter, skipped: boolean, id: () => string): void {
    const answer = this.#answer;
    if (skipped) answer.clear();
    if (answer.error === "CRASH") throw new Error(`Cannot record ${id()}: found ${answer}, wanted an answer`);
    for (const text of answer.texts.values()) this.texts.add(text);
    const form = skipped ? SKIPPED : formOf(answer);
    let number = this.forms.get(form);
    if (number === undefined) this.forms.set(form, number = this.forms.size);
    writer.add(number, answer);
  }

  /** Writes a block, and gives the number under which it or its equal is kept. */
  #block(plan: BlockPlan, addNext: (writer: BlockWriter) => void): number {
    const writer = new BlockWriter();
    for (let i = 0; i < plan.count; i++) addNext(writer);
    const bytes = writer.finish(plan, [...this.forms.keys()].map(numbersOf));
    const key = `${plan.count} ${plan.row} ${plan.plane} ${bytes.join(" ")}`;
    const same = this.#places.get(key);
    if (same !== undefined) return same;
    this.#places.set(key, this.blocks.length);
    return this.blocks.push(bytes) - 1;
  }
}
