import { type Answer, type AnswerError, hashText } from "../answer.ts";
import { ConformanceError } from "../conformance_error.ts";
import type { Area, Operation, Point, Reference, Scope, Test, TraceTest, VectorTest } from "../model.ts";
import type { Subject } from "../subject.ts";
import { type Block, DIGEST, numbersOf, readBlock, SKIPPED } from "./block.ts";
import { type BlockPlan, planBlocks } from "./block_plan.ts";
import { ByteReader, corrupt } from "./byte_reader.ts";
import { hashCases } from "./case_hash.ts";
import type { RecordedTest, Recording } from "./recording.ts";

/** What a form says about an answer, taken apart once. */
interface Form {
  readonly skipped: boolean;
  readonly condensed: boolean;
  readonly error: AnswerError | null;
  readonly length: number;
  /** Which of the numbers are texts. */
  readonly texts: readonly number[];
}

interface Part extends BlockPlan {
  readonly block: number;
}

/** A library that answers from a recording. */
export class RecordedSubject implements Subject {
  readonly reference: Reference;
  readonly recorded = true;
  readonly absence = null;
  readonly #recording: Recording;
  readonly #parts: ReadonlyMap<string, readonly Part[]>;
  readonly #forms: readonly Form[];
  readonly #texts: ReadonlyMap<number, string>;
  readonly #blocks: Map<number, Block> = new Map();
  #part: Part = { start: 0, count: 0, row: 1, plane: 1, block: -1 };
  #partOf = "";

  private constructor(recording: Recording, tests: ReadonlyMap<RecordedTest, Test>) {
    const { name, library, major, formats, forms, texts, seed } = recording.header;
    this.#recording = recording;
    this.reference = {
      id: `recorded:${name}`,
      library: { ...library, path: null, abi: null },
      major,
      formats: new Set(Object.keys(formats)),
    };
    this.#parts = new Map([...tests].map(([recorded, test]) => [test.id, partsOf(recorded, test, seed)]));
    this.#forms = forms.map((form) => ({
      skipped: form === SKIPPED,
      condensed: form === DIGEST,
      error: /^[A-Z]/.test(form) ? form as AnswerError : null,
      length: numbersOf(form),
      texts: form.split(" ").slice(1).map(Number),
    }));
    this.#texts = new Map(texts.map((text) => [hashText(text), text]));
  }

  /**
   * Lets a recording answer the cases of those areas. Rejects with `RECORDING_STALE` unless they are the cases that were recorded.
   *
   * @param recording What `decodeRecording` gave.
   * @param areas The areas of the run.
   */
  static async open(recording: Recording, areas: readonly Area[]): Promise<RecordedSubject> {
    const { tests, seed } = recording.header;
    const known = new Map<RecordedTest, Test>();
    const stale = new Set<string>();
    for (const test of areas.flatMap((area) => area.tests)) {
      const recorded = tests.find(({ id }) => id === test.id);
      if (recorded === undefined || recorded.hash !== await hashCases(test, seed)) stale.add(test.id);
      else known.set(recorded, test);
    }
    for (const { id } of tests) {
      const gone = areas.some((area) =>
        id.startsWith(`${area.name}/`) && !area.tests.some((test) => test.id === id)
      );
      if (gone) stale.add(id);
    }
    const subject = new RecordedSubject(recording, known);
    return stale.size === 0 ? subject : subject.#stale([...stale]);
  }

  /** Throws `USAGE` unless the recording has the cases of that scope and seed. */
  check(scope: Scope, seed: number): void {
    const { header } = this.#recording;
    if (scope === "default" && seed === header.seed) return;
    throw new ConformanceError(
      "USAGE",
      `Cannot compare with ${this.reference.id}: found the ${scope} scope with the seed ${seed}, ` +
        `wanted the default scope with the seed ${header.seed}, which is what was recorded`,
    );
  }

  has(area: string): boolean {
    return this.#recording.header.tests.some(({ id }) => id.startsWith(`${area}/`));
  }

  answer(test: VectorTest, ordinal: number, _point: Point, out: Answer): void {
    this.#look(test.id, ordinal, out);
  }

  play(test: TraceTest, ordinal: number, _operations: readonly Operation[], out: Answer): void {
    this.#look(test.id, ordinal, out);
  }

  /** Throws `RECORDING_STALE` where the recording has an answer: a comparison must not vanish unseen. */
  leaveOut({ id }: Test, ordinal: number): void {
    if (ordinal >= 0 && !this.#formOf(id, ordinal).skipped) this.#stale([id]);
  }

  picture(): null {
    return null;
  }

  overview(): readonly never[] {
    return [];
  }

  #look(test: string, ordinal: number, out: Answer): void {
    const { skipped, condensed, error, length, texts } = this.#formOf(test, ordinal);
    if (skipped) this.#stale([test]);
    const { block, start } = this.#part;
    const { columns } = this.#blocks.get(block)!;
    out.clear();
    out.error = error;
    if (condensed) {
      out.digest = columns[0]![ordinal - start]!;
      return;
    }
    for (let i = 0; i < length; i++) out.push(columns[i]![ordinal - start]!);
    for (const i of texts) {
      out.texts.set(i, this.#texts.get(out.numbers[i]!) ?? corrupt(`no text for the hash ${out.numbers[i]}`));
    }
  }

  /** The form of an answer, whose part is the current one from then on. */
  #formOf(test: string, ordinal: number): Form {
    if (
      this.#partOf !== test || ordinal < this.#part.start || ordinal >= this.#part.start + this.#part.count
    ) {
      this.#part = this.#find(test, ordinal);
      this.#partOf = test;
    }
    const part = this.#part;
    let block = this.#blocks.get(part.block);
    if (block === undefined) {
      block = decodeBlock(this.#recording, part);
      this.#blocks.set(part.block, block);
    }
    return this.#forms[block.forms[ordinal - part.start]!]!;
  }

  #stale(tests: readonly string[]): never {
    const { name, library } = this.#recording.header;
    throw new ConformanceError(
      "RECORDING_STALE",
      `Cannot use the recording ${name}: the cases of ${
        tests.join(", ")
      } have changed since, wanted those that were recorded; ` +
        `record again where ${library.name} ${library.version} is installed: bun scripts/generators/record_answers.ts`,
    );
  }

  #find(test: string, ordinal: number): Part {
    const parts = this.#parts.get(test);
    if (parts === undefined) throw new TypeError(`Cannot answer ${test}: it is not in ${this.reference.id}`);
    let low = 0;
    for (let high = parts.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (parts[middle]!.start <= ordinal) low = middle;
      else high = middle;
    }
    return parts[low]!;
  }
}

function partsOf(recorded: RecordedTest, test: Test, seed: number): Part[] {
  const plans = test.kind === "vector"
    ? planBlocks(test.grids("default", seed))
    : [{ start: 0, count: recorded.count, row: 1, plane: 1 }];
  if (plans.length !== recorded.blocks.length) corrupt(`${recorded.blocks.length} blocks of ${test.id}`);
  return plans.map((plan, i) => ({ ...plan, block: recorded.blocks[i]! }));
}

function decodeBlock({ blocks, header }: Recording, part: Part): Block {
  const bytes = blocks[part.block] ?? corrupt(`no block ${part.block}`);
  const reader = new ByteReader(bytes);
  const block = readBlock(reader, part.count, part, header.forms.map(numbersOf));
  return reader.atEnd ? block : corrupt(`bytes after the answers of block ${part.block}`);
}
