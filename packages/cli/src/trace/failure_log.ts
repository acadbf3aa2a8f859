import type { ErrorCode } from "@mediamem/interface";

/** An operation of a trace that failed. */
export interface TraceFailure {
  /** Where it stands: `trace.txt:12`. */
  readonly where: string;
  /** The operation as the trace has it. */
  readonly operation: string;
  readonly code: ErrorCode;
  readonly message: string;
}

const KEPT = 20;

/** Counts failures and keeps the first of them. */
export class FailureLog {
  readonly #first: TraceFailure[] = [];
  readonly #codes = new Map<ErrorCode, number>();
  #count = 0;

  /** Adds one. */
  add(failure: TraceFailure): void {
    this.#count++;
    this.#codes.set(failure.code, (this.#codes.get(failure.code) ?? 0) + 1);
    if (this.#first.length < KEPT) this.#first.push(failure);
  }

  /** How many there were. */
  get count(): number {
    return this.#count;
  }

  /** The first of them. */
  get first(): readonly TraceFailure[] {
    return this.#first;
  }

  /** How many of each code. */
  get codes(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#codes);
  }
}
