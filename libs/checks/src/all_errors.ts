/** Collects what steps throw that must all run, and throws it afterwards. */
export class AllErrors {
  readonly #errors: unknown[] = [];

  /** Remembers one. */
  add(error: unknown): void {
    this.#errors.push(error);
  }

  /** Throws the error as it was thrown; several in an `AggregateError`, in order; nothing where there was none. */
  throwAny(op: string): void {
    if (this.#errors.length === 0) return;
    if (this.#errors.length === 1) throw this.#errors[0];
    throw new AggregateError(this.#errors, `Cannot call ${op}: ${this.#errors.length} free functions threw`);
  }
}
