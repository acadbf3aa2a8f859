import type { Backend, ImageLayout, LibraryInfo } from "@mediamem/interface";
import type { Answer } from "./answer.ts";

/** How much of the grids a run compares. */
export type Scope = "default" | "full";

/** A parameter of a case as it stands in the case's id. */
export type ParameterValue = string | number | boolean | null;

/** The parameters of one case, in the order of {@linkcode VectorTest.parameters}. Reused by the runner: copy to keep. */
export type Point = readonly ParameterValue[];

/** A cross product: one list of values per parameter. */
export type Grid = readonly (readonly ParameterValue[])[];

/** What a test may ask about the library that it is compared with. */
export interface Reference {
  /** `avutil`, `recorded:avutil-57`, `core-ts`. */
  readonly id: string;
  /** The library behind it. */
  readonly library: LibraryInfo;
  /** Major version of the library; null where there is none. */
  readonly major: number | null;
  /** The pixel formats that it knows. */
  readonly formats: ReadonlySet<string>;
}

/** A family of cases that are each one call: a pure function of its parameters. */
export interface VectorTest {
  /** Tells it from a {@linkcode TraceTest}. */
  readonly kind: "vector";
  /** `area/test`. */
  readonly id: string;
  /** The C function that is compared. */
  readonly op: string;
  /** Names of the parameters, in order. */
  readonly parameters: readonly string[];
  /** The cases of a scope, as cross products. The same seed gives the same grids, on every runtime. */
  grids(scope: Scope, seed: number): readonly Grid[];
  /** Calls the backend and writes what it answered. What it throws becomes the answer's error. */
  answer(backend: Backend, point: Point, out: Answer): void;
  /** Writes the answer that the case itself quotes: both sides must give it. False where it quotes none. */
  pinned?(point: Point, out: Answer): boolean;
  /** Why this case cannot be compared with this library; null where it can. */
  skip?(reference: Reference, point: Point): string | null;
  /** What a report draws beside this case: the layout as the backend gives it; null where there is none to draw. */
  picture?(backend: Backend, point: Point): ImageLayout | null;
  /**
   * The simplest value of each parameter, which the minimiser shrinks towards. Default: 1, then 0, then the smallest for parameters
   * that are numbers throughout; the first of the grid for the others.
   *
   * A parameter whose grid has powers of two only stays on the grid; other numbers may come out between the grid's least and
   * greatest, so `skip` refuses what must not be tried there.
   */
  simplest?: Point;
}

/** One step of a trace: a word and plain data. */
export interface Operation {
  /** What to do. */
  readonly op: string;
  /** What to do it with. */
  readonly [argument: string]: ParameterValue | readonly ParameterValue[];
}

/** Makes random traces, the same from the same seed on every runtime. */
export interface TraceGenerator {
  /** The trace number `run` of a seed. */
  trace(seed: number, run: number): readonly Operation[];
  /** The shortest trace that follows from that trace and still fails. */
  shrink(
    seed: number,
    run: number,
    fails: (operations: readonly Operation[]) => boolean,
  ): readonly Operation[];
}

/** A family of cases that are lists of operations on handles, observed after each. */
export interface TraceTest {
  /** Tells it from a {@linkcode VectorTest}. */
  readonly kind: "trace";
  /** `area/test`. */
  readonly id: string;
  /** The C function that the trace is about. */
  readonly op: string;
  /** Traces written by hand, by name: cases `id:name=NAME`. */
  readonly named: Readonly<Record<string, readonly Operation[]>>;
  /** Random traces: cases `id:seed=N;run=K`. */
  readonly random: TraceGenerator;
  /** How many random traces a scope runs. */
  runs(scope: Scope): number;
  /** Plays a trace from nothing and pushes what can be observed after each operation. Frees what it made. */
  play(backend: Backend, operations: readonly Operation[], out: Answer): void;
  /** Why this trace cannot be compared with this library; null where it can. */
  skip?(reference: Reference, operations: readonly Operation[]): string | null;
}

/** Any test. */
export type Test = VectorTest | TraceTest;

/**
 * A difference that is kept on purpose.
 *
 * It names the library's answer exactly: a third answer stays a difference.
 */
export interface KnownDifference {
  /** `area/name`. */
  readonly id: string;
  /** Ids of the tests in which it shows. */
  readonly tests: readonly string[];
  /** The majors of the library that answer otherwise than `core-ts`. */
  readonly majors: readonly number[];
  /** Which majors answer how, and why ours is kept. One sentence. */
  readonly reason: string;
  /**
   * Writes into `out` what such a library answers to this case, given our answer; false where the difference does not concern
   * this case.
   */
  expected(test: string, point: Point, major: number, ours: Answer, out: Answer): boolean;
}

/** A mistake planted on purpose. The cases must find it, or they prove nothing. */
export interface Defect {
  /** `area/name`. */
  readonly id: string;
  /** The mistake, in one sentence. */
  readonly description: string;
  /** A backend that answers like the given one, the mistake aside. The given one stays as it is. */
  wrap(backend: Backend): Backend;
}

/** The libraries that areas are compared with. */
export type LibraryName = "avutil" | "avformat";

/** Everything that one area brings to the conformance. */
export interface Area {
  /** `image`: the name of the area in a backend. */
  readonly name: string;
  /** The library that is right; undefined: `avutil`. */
  readonly library?: LibraryName;
  /** Its tests, what others rest on first. */
  readonly tests: readonly Test[];
  /** The differences that are kept on purpose. */
  readonly known: readonly KnownDifference[];
  /** The mistakes that its cases must find. */
  readonly defects: readonly Defect[];
  /** A few layouts that a report shows beside its counts. */
  overview?(backend: Backend): readonly ImageLayout[];
}
