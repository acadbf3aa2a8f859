import type { Backend, ImageLayout } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import type { Answer } from "./answer.ts";
import type { Area, Operation, Point, Reference, Test, TraceTest, VectorTest } from "./model.ts";

/** One side of a comparison: something that answers cases. */
export interface Subject {
  /** What tests may ask about it. */
  readonly reference: Reference;
  /** Whether it answers only the cases of a recording: the default scope with one seed. */
  readonly recorded: boolean;
  /** Why it answers nothing at all; null where it answers. */
  readonly absence: string | null;
  /** Tells whether it has the area. */
  has(area: string): boolean;
  /** Answers the case with that ordinal and those parameters. What the call throws is in the answer. */
  answer(test: VectorTest, ordinal: number, point: Point, out: Answer): void;
  /** Plays the trace with that ordinal. What it throws is in the answer. */
  play(test: TraceTest, ordinal: number, operations: readonly Operation[], out: Answer): void;
  /** Called for a case that its test leaves out; a recording that has an answer to it does not stand that. */
  leaveOut(test: Test, ordinal: number): void;
  /** What a report draws beside a case; null where there is nothing to draw. */
  picture(test: VectorTest, point: Point): ImageLayout | null;
  /** A few layouts that a report shows beside its counts. */
  overview(area: Area): readonly ImageLayout[];
}

/** What a test may ask about a backend. */
export function referenceOf(backend: Backend): Reference {
  const { id, library } = backend;
  const major = library.path === null ? null : Number.parseInt(library.version);
  return { id, library, major, formats: new Set(backend.image?.pixelFormats()) };
}

/** Writes what a call threw into the answer: by code, never by wording. */
export function failWith(error: unknown, out: Answer): void {
  if (error instanceof MediaError) out.fail(error.code);
  else if (error instanceof TypeError) out.fail("TypeError");
  else out.crash(error);
}

/** A backend that answers while the run goes on. The backend stays the caller's. */
export class LiveSubject implements Subject {
  readonly reference: Reference;
  readonly recorded = false;
  readonly absence = null;
  readonly #backend: Backend;

  /** Lets a backend answer. */
  constructor(backend: Backend) {
    this.#backend = backend;
    this.reference = referenceOf(backend);
  }

  has(area: string): boolean {
    return (this.#backend as unknown as Record<string, unknown>)[area] !== undefined;
  }

  answer(test: VectorTest, _ordinal: number, point: Point, out: Answer): void {
    out.clear();
    try {
      test.answer(this.#backend, point, out);
    } catch (error) {
      failWith(error, out);
    }
  }

  play(test: TraceTest, _ordinal: number, operations: readonly Operation[], out: Answer): void {
    out.clear();
    try {
      test.play(this.#backend, operations, out);
    } catch (error) {
      failWith(error, out);
    }
  }

  leaveOut(): void {}

  picture(test: VectorTest, point: Point): ImageLayout | null {
    try {
      return test.picture?.(this.#backend, point) ?? null;
    } catch {
      // A picture is an extra: the case may well be one that has no layout.
      return null;
    }
  }

  overview(area: Area): readonly ImageLayout[] {
    return area.overview?.(this.#backend) ?? [];
  }
}
