import fc, { type Arbitrary, type Random, type Stream, Value } from "fast-check";
import type { Operation } from "./model.ts";

/** How long traces are, and how they begin. */
export interface TraceShape {
  /** The most operations. */
  readonly maxLength: number;
  /** What the first operation is; undefined: one like the others. */
  readonly first?: Arbitrary<Operation>;
}

/** An operation, and what can make it simpler. */
interface Step {
  readonly made: Value<Operation>;
  readonly maker: Arbitrary<Operation>;
}

/** What a trace remembers of how it was made. */
interface Making {
  readonly steps: readonly Step[];
  /** How many steps are worth dropping at once. */
  readonly chunk: number;
}

/**
 * Traces of one operation up to many, each length as likely as the others. (An array of fast-check is short as a rule, and shrinks one
 * element at a time.)
 *
 * A trace shrinks by dropping steps, all of them at first, then halves of those, and last by shrinking each step that is left.
 */
export class TraceArbitrary extends fc.Arbitrary<readonly Operation[]> {
  readonly #operation: Arbitrary<Operation>;
  readonly #shape: TraceShape;

  /** Makes traces of the operations that `operation` describes. */
  constructor(operation: Arbitrary<Operation>, shape: TraceShape) {
    super();
    this.#operation = operation;
    this.#shape = shape;
  }

  override generate(random: Random, bias: number | undefined): Value<readonly Operation[]> {
    const { maxLength, first = this.#operation } = this.#shape;
    const length = random.nextInt(1, maxLength);
    const steps = Array.from({ length }, (_, i): Step => {
      const maker = i === 0 ? first : this.#operation;
      return { made: maker.generate(random, bias), maker };
    });
    return traceOf({ steps, chunk: length });
  }

  override canShrinkWithoutContext(_value: unknown): _value is readonly Operation[] {
    return false;
  }

  override shrink(_trace: readonly Operation[], context: unknown): Stream<Value<readonly Operation[]>> {
    return fc.stream(simpler(context as Making));
  }
}

function* simpler({ steps, chunk }: Making): Generator<Value<readonly Operation[]>> {
  for (let size = chunk; size >= 1; size >>= 1) {
    for (let at = 0; at < steps.length; at += size) {
      yield traceOf({ steps: steps.toSpliced(at, size), chunk: size });
    }
  }
  for (const [at, { made, maker }] of steps.entries()) {
    for (const simplerOne of maker.shrink(made.value, made.context)) {
      yield traceOf({ steps: steps.with(at, { made: simplerOne, maker }), chunk: 1 });
    }
  }
}

function traceOf(making: Making): Value<readonly Operation[]> {
  return new Value(making.steps.map(({ made }) => made.value), making);
}
