import type { Answer } from "../answer.ts";
import { type ByteReader, corrupt } from "./byte_reader.ts";
import { ByteWriter } from "./byte_writer.ts";
import { readColumn, writeColumn } from "./column.ts";
import type { BlockShape } from "./prediction.ts";

/**
 * What answers look like, numbers aside: `EINVAL`, or how many numbers and which of them are texts (`5`, `5 0 2`), or that only the hash of
 * the answer is kept (`digest`), or that the library could not be asked (`skipped`).
 */
export type AnswerForm = string;

/** The form of a case that cannot be compared with the library. */
export const SKIPPED: AnswerForm = "skipped";

/** The form of an answer of which only the hash is kept. */
export const DIGEST: AnswerForm = "digest";

/** The form of an answer. */
export function formOf(answer: Answer): AnswerForm {
  if (answer.error !== null) return answer.error;
  if (answer.digest !== null) return DIGEST;
  return answer.texts.size === 0 ? String(answer.length) : [answer.length, ...answer.texts.keys()].join(" ");
}

/** How many numbers are kept of an answer of that form. */
export function numbersOf(form: AnswerForm): number {
  if (form === DIGEST) return 1;
  return /^\d/.test(form) ? Number.parseInt(form) : 0;
}

/** The answers of a block: the form of each by its place in the table of forms, and the numbers, column by column. */
export interface Block {
  readonly forms: Uint16Array;
  readonly columns: readonly Float64Array[];
}

/** Collects the answers of one block. */
export class BlockWriter {
  readonly #forms: number[] = [];
  readonly #columns: number[][] = [];

  /** Adds an answer; `form` is the place of its form in the table. */
  add(form: number, answer: Answer): void {
    const at = this.#forms.push(form) - 1;
    if (answer.digest !== null) (this.#columns[0] ??= [])[at] = answer.digest;
    for (let i = 0; i < answer.length; i++) (this.#columns[i] ??= [])[at] = answer.numbers[i]!;
  }

  /** The block as bytes. `lengths` is how many numbers each form has. */
  finish(shape: BlockShape, lengths: readonly number[]): Uint8Array {
    const writer = new ByteWriter();
    for (let from = 0, to = 0; from < this.#forms.length; from = to) {
      while (this.#forms[to] === this.#forms[from]) to++;
      writer.unsigned(this.#forms[from]!);
      writer.unsigned(to - from);
    }
    let left: Float64Array | null = null;
    for (const [i, numbers] of this.#columns.entries()) {
      const column = Float64Array.from(this.#forms, (_, at) => numbers[at] ?? 0);
      writeColumn(
        writer,
        column,
        Uint8Array.from(this.#forms, (form) => i < lengths[form]! ? 1 : 0),
        left,
        shape,
      );
      left = column;
    }
    return writer.finish();
  }
}

/** Reads a block of `count` answers. */
export function readBlock(
  reader: ByteReader,
  count: number,
  shape: BlockShape,
  lengths: readonly number[],
): Block {
  const forms = new Uint16Array(count);
  for (let from = 0; from < count;) {
    const form = reader.unsigned();
    const to = from + reader.unsigned();
    if (form >= lengths.length || to === from || to > count) {
      corrupt(`a run of the form ${form} to ${to} of ${count}`);
    }
    forms.fill(form, from, to);
    from = to;
  }
  const columns: Float64Array[] = [];
  const most = forms.reduce((longest, form) => Math.max(longest, lengths[form]!), 0);
  for (let i = 0; i < most; i++) {
    const present = Uint8Array.from(forms, (form) => i < lengths[form]! ? 1 : 0);
    columns.push(readColumn(reader, present, columns[i - 1] ?? null, shape));
  }
  return { forms, columns };
}
