import type { Backend } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import fc from "fast-check";
import type { Area, Operation, TraceTest, VectorTest } from "./model.ts";
import { TraceArbitrary } from "./trace_arbitrary.ts";
import { traceGenerator } from "./trace_generator.ts";

/** What the artificial area compares. */
export interface Tiny {
  stride(format: string, width: number, align: number): number;
  check(width: number): void;
  describe(format: string): string;
  /** Sizes of a stack after each operation. */
  stack(): { push(value: number): number; pop(): number };
}

/** A backend with the artificial area. */
export interface TinyBackend extends Backend {
  readonly tiny: Tiny;
}

const STEPS: Readonly<Record<string, number>> = { gray: 1, nv12: 1, rgb24: 3, p010le: 2 };

/** Formats of the artificial library. */
export const TINY_FORMATS: readonly string[] = Object.keys(STEPS);

const tiny: Tiny = {
  stride: (format, width, align) => Math.ceil(width * STEPS[format]! / align) * align,
  check(width) {
    if (!Number.isInteger(width)) throw new TypeError("Cannot check");
    if (width <= 0) throw new MediaError("EINVAL", "Cannot check", { op: "tiny_check" });
  },
  describe: (format) => `${format}, ${STEPS[format]} bytes`,
  stack() {
    const values: number[] = [];
    return {
      push: (value) => values.push(value),
      pop() {
        if (values.pop() === undefined) throw new MediaError("EOF", "Cannot pop", { op: "tiny_pop" });
        return values.length;
      },
    };
  },
};

/** A backend of the artificial area; `changes` make it answer otherwise. Without a version it stands for TypeScript. */
export function tinyBackend(changes: Partial<Tiny> = {}, version?: string): TinyBackend {
  return {
    id: version === undefined ? "core-ts" : "tiny",
    library: version === undefined
      ? { name: "core-ts", version: "0.1.0", path: null, abi: null }
      : { name: "libtiny", version, path: "/usr/lib/libtiny.so", abi: null },
    tiny: { ...tiny, ...changes },
    [Symbol.dispose](): void {},
  };
}

/** `tiny/stride`: numbers. */
export const strideTest: VectorTest = {
  kind: "vector",
  id: "tiny/stride",
  op: "tiny_stride",
  parameters: ["format", "width", "align"],
  grids: (scope, seed) => [
    [TINY_FORMATS, Array.from({ length: scope === "full" ? 1000 : 100 }, (_, i) => i + 1), [
      1,
      2,
      4,
      8,
      16,
      32,
    ]],
    [["gray"], [300, 1000 + seed], [1, 16]],
  ],
  answer(backend, [format, width, align], out) {
    const { stride } = (backend as TinyBackend).tiny;
    out.push(stride(format as string, width as number, align as number));
    out.push(width as number);
  },
  pinned([format, width, align], out) {
    if (format !== "gray" || width !== 300 || align !== 16) return false;
    out.push(304);
    out.push(300);
    return true;
  },
};

/** `tiny/check`: errors. */
export const checkTest: VectorTest = {
  kind: "vector",
  id: "tiny/check",
  op: "tiny_check",
  parameters: ["width"],
  grids: () => [[[1, 0, -1, 0.5, NaN, 7]]],
  answer: (backend, [width]) => (backend as TinyBackend).tiny.check(width as number),
};

/** `tiny/describe`: texts, and formats that a library lacks. */
export const describeTest: VectorTest = {
  kind: "vector",
  id: "tiny/describe",
  op: "tiny_describe",
  parameters: ["format"],
  grids: () => [[TINY_FORMATS]],
  answer: (backend, [format], out) => out.text((backend as TinyBackend).tiny.describe(format as string)),
  skip: ({ major }, [format]) =>
    major !== null && major < 2 && format === "p010le" ? "format not in this library" : null,
};

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ op: fc.constant("push"), value: fc.nat(9) }),
  fc.constant({ op: "pop" }),
);

/** `tiny/stack`: traces. */
export const stackTest: TraceTest = {
  kind: "trace",
  id: "tiny/stack",
  op: "tiny_push",
  named: {
    empty: [{ op: "pop" }],
    deep: [1, 2, 3, 4, 5].flatMap((value) => [{ op: "push", value }, { op: "push", value }, { op: "pop" }]),
  },
  random: traceGenerator(new TraceArbitrary(operation, { maxLength: 12 })),
  runs: (scope) => scope === "full" ? 200 : 50,
  play(backend, operations, out) {
    const stack = (backend as TinyBackend).tiny.stack();
    for (const { op, value } of operations) {
      try {
        out.push(op === "push" ? stack.push(value as number) : stack.pop());
      } catch (error) {
        if (!(error instanceof MediaError)) throw error;
        out.text(error.code);
      }
    }
  },
};

/** The artificial area that the framework is tested with. */
export const tinyArea: Area = {
  name: "tiny",
  tests: [strideTest, checkTest, describeTest, stackTest],
  known: [],
  defects: [],
};
