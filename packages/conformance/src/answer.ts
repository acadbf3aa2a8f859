import type { ErrorCode } from "@mediamem/interface";

/** How a call ended that did not return: a code, `TypeError`, or `CRASH` for an error that no backend may throw. */
export type AnswerError = ErrorCode | "TypeError" | "CRASH";

/** FNV-1a over the UTF-16 units of a text, as an unsigned 32-bit integer. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** FNV-1a over bytes, as an unsigned 32-bit integer. */
export function hashBytes(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
}

/**
 * What a backend answered to one case: numbers, or the code of an error.
 *
 * One object is filled again and again, because the grids have millions of points. Texts and bytes are kept as their hash, so that
 * two answers are equal exactly when their numbers are; the text itself stays beside it for people.
 */
export class Answer {
  /** The numbers; the first `length` count. */
  numbers: Float64Array = new Float64Array(256);
  /** How many numbers there are. */
  length = 0;
  /** How the call ended when it threw; null when it returned. */
  error: AnswerError | null = null;
  /** The hash of the numbers, of an answer of which nothing else was kept; else null. */
  digest: number | null = null;
  /** The texts among the numbers, by their position. */
  readonly texts: Map<number, string> = new Map();

  /** Empties the answer. */
  clear(): void {
    this.length = 0;
    this.error = null;
    this.digest = null;
    if (this.texts.size > 0) this.texts.clear();
  }

  /** Adds a number. */
  push(value: number): void {
    if (this.length === this.numbers.length) {
      const grown = new Float64Array(2 * this.length);
      grown.set(this.numbers);
      this.numbers = grown;
    }
    this.numbers[this.length++] = value;
  }

  /** Adds a text as its hash. */
  text(value: string): void {
    this.texts.set(this.length, value);
    this.push(hashText(value));
  }

  /** Adds bytes as their hash and length. */
  bytes(value: Uint8Array): void {
    this.push(hashBytes(value));
    this.push(value.length);
  }

  /** Makes this answer the error. Other numbers are dropped. */
  fail(code: ErrorCode | "TypeError"): void {
    this.clear();
    this.error = code;
  }

  /** Makes this answer a crash: an error that is neither a `MediaError` nor a `TypeError`. */
  crash(error: unknown): void {
    this.clear();
    this.error = "CRASH";
    this.texts.set(0, error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }

  /** Makes this answer the same as another. */
  copyFrom(other: Answer): void {
    this.clear();
    this.error = other.error;
    this.digest = other.digest;
    for (let i = 0; i < other.length; i++) this.push(other.numbers[i]!);
    for (const [at, text] of other.texts) this.texts.set(at, text);
  }

  /** FNV-1a over the numbers, as an unsigned 32-bit integer. */
  hash(): number {
    return this.digest ?? hashBytes(new Uint8Array(this.numbers.buffer, 0, 8 * this.length));
  }

  /** Keeps nothing of the answer but its error, or the hash of its numbers. */
  condense(): void {
    const { error } = this;
    const hash = this.hash();
    if (error === "CRASH") return;
    this.clear();
    this.error = error;
    if (error === null) this.digest = hash;
  }

  /** Tells whether both answers are the same. A crash is like nothing, not even like another crash. */
  equals(other: Answer): boolean {
    if (this.error !== other.error || this.error === "CRASH") return false;
    if (this.digest !== null || other.digest !== null) return this.hash() === other.hash();
    if (this.length !== other.length) return false;
    for (let i = 0; i < this.length; i++) if (!Object.is(this.numbers[i], other.numbers[i])) return false;
    return true;
  }

  /** The answer as a person reads it: `EINVAL`, or `304 160 160 0`. */
  toString(): string {
    if (this.error === "CRASH") return `CRASH ${this.texts.get(0)}`;
    if (this.error !== null) return this.error;
    if (this.digest !== null) return `an answer with the hash ${this.digest.toString(16).padStart(8, "0")}`;
    const parts: string[] = [];
    for (let i = 0; i < this.length; i++) parts.push(this.texts.get(i) ?? String(this.numbers[i]));
    return parts.join(" ");
  }
}
