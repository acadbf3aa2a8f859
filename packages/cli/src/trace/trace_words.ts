import { didYouMean } from "../closest.ts";
import { UsageError } from "../command_error.ts";

const LONGEST_SHOWN = 40;

/** A word as messages show it: quoted, and not too much of it. */
export function quoted(word: string): string {
  return JSON.stringify(word.length > LONGEST_SHOWN ? `${word.slice(0, LONGEST_SHOWN)}…` : word);
}

/** The words of one line of a trace, and the errors that name it. */
export class TraceWords {
  /** The words, the operation first. */
  readonly words: readonly string[];

  /**
   * Splits a line.
   *
   * @param file What messages call the trace.
   * @param line The number of the line, from 1.
   * @param text The line; nothing behind `#` is looked at.
   */
  constructor(readonly file: string, readonly line: number, text: string) {
    const comment = text.indexOf("#");
    const operation = (comment < 0 ? text : text.slice(0, comment)).trim();
    this.words = operation === "" ? [] : operation.split(/\s+/);
  }

  /** Throws a `UsageError`: what is on the line, and what would be right. */
  refuse(found: string, wanted: string, hint?: string): never {
    throw new UsageError(`Cannot replay ${this.file}:${this.line}: ${found}, wanted ${wanted}`, hint);
  }

  /** Throws for a first word that is no operation. */
  refuseOperation(operations: readonly string[]): never {
    const word = this.words[0]!;
    const last = operations.at(-1)!;
    this.refuse(
      `the operation is ${quoted(word)}`,
      `${operations.slice(0, -1).join(", ")} or ${last}`,
      didYouMean(word, operations),
    );
  }

  /** Throws unless there are so many words behind the operation. */
  expect(usage: string, least: number, most: number): void {
    const count = this.words.length - 1;
    if (count >= least && count <= most) return;
    this.refuse(`there ${count === 1 ? "is 1 word" : `are ${count} words`} behind ${this.words[0]}`, usage);
  }

  /** Reads a word as an integer. */
  integer(index: number, name: string, least: number, most: number): number {
    const word = this.words[index]!;
    const value = /^-?\d{1,16}$/.test(word) ? Number(word) : NaN;
    if (value >= least && value <= most) return value;
    this.refuse(`${name} is ${quoted(word)}`, `an integer from ${least} to ${most}`);
  }
}
