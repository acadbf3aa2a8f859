import type { ErrorCode } from "@mediamem/interface";

const CAPACITY = 256;

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
  readonly numbers: Float64Array = new Float64Array(CAPACITY);
  /** How many numbers there are. */
  length = 0;
  /** The code when the call threw; `TypeError` for a `TypeError`; null when it returned. */
  error: ErrorCode | "TypeError" | null = null;
  /** The texts among the numbers, by their position. */
  readonly texts: Map<number, string> = new Map();

  /** Empties the answer. */
  clear(): void {
    this.length = 0;
    this.error = null;
    if (this.texts.size > 0) this.texts.clear();
  }

  /** Adds a number. */
  push(value: number): void {
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

  /** Tells whether both answers are the same. */
  equals(other: Answer): boolean {
    if (this.error !== other.error || this.length !== other.length) return false;
    for (let i = 0; i < this.length; i++) if (!Object.is(this.numbers[i], other.numbers[i])) return false;
    return true;
  }

  /** The answer as a person reads it: `EINVAL`, or `304 160 160 0`. */
  toString(): string {
    if (this.error !== null) return this.error;
    const parts: string[] = [];
    for (let i = 0; i < this.length; i++) parts.push(this.texts.get(i) ?? String(this.numbers[i]));
    return parts.join(" ");
  }
}
