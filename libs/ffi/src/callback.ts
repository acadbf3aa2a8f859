import { MediaError } from "@mediamem/interface";
import { show } from "@mediamem/checks";
import { toAddress, toExact } from "./address.ts";
import { type NativeFunction, type Runtime, runtime } from "./runtime.ts";
import { trap } from "./trap.ts";
import { type CallbackParameterType, type ResultType, VALUE_TESTS, type ValueTypes } from "./value_type.ts";
import { refuse } from "./wrapper.ts";

/** The C type of a callback, and what C gets where the handler failed. */
export interface CallbackSignature<P extends readonly CallbackParameterType[], R extends ResultType> {
  /** What C passes, in order. */
  readonly parameters: P;
  /** What C expects. */
  readonly result: R;
  /** The result that C gets when the handler throws or gives a wrong value: a private error code, `AVERROR_EXTERNAL`. */
  readonly failure: ValueTypes[R];
}

/** The function behind a callback. */
export type CallbackHandler<P extends readonly CallbackParameterType[], R extends ResultType> = (
  ...args: { -readonly [I in keyof P]: ValueTypes[P[I]] }
) => ValueTypes[R];

/** A JavaScript function that C can call, on the thread that called C. */
export interface Callback extends Disposable {
  /** Address of the C function, to pass as a `pointer`. */
  readonly address: number;
  /**
   * Ends the use; allowed at any time, also inside the callback itself, and a second time.
   *
   * C that calls it afterwards gets the failure value, and the call that led there throws `USE_AFTER_FREE`.
   */
  close(): void;
}

/** Where a C function leads at present. */
interface Target {
  handler: NativeFunction;
  failure: unknown;
}

/** A C function for good, and where it leads. */
interface Slot {
  readonly address: number;
  readonly target: Target;
}

/** Everything that callbacks of one signature share. */
interface Kind {
  /** Makes what the runtime calls for C. */
  readonly body: (target: Target) => NativeFunction;
  /** Whether a value can be a result. */
  readonly fits: (value: unknown) => boolean;
  /**
   * Closed slots, oldest first.
   *
   * A slot is never unmade, since C may still hold its address and both runtimes die at a call to one that is gone. It is used
   * again, after so many others of its kind that a late call is sure to meet the error and not somebody else's handler.
   */
  readonly retired: Slot[];
}

const QUARANTINE = 64;
const kinds = new Map<string, Kind>();

/** Throws what a handler's wrong result deserves; the thunk traps it like any error of the handler. */
function refuseResult(type: ResultType, value: unknown): never {
  refuse("callback", "the result", type, value);
}

function closed(): never {
  throw new MediaError("USE_AFTER_FREE", "Cannot call back: the callback was closed before", {
    op: "callback",
  });
}

/**
 * Generates the function that the runtime calls for C: converts, runs the handler, checks what it gave, traps what it threw.
 *
 * An error that is pending when it starts belongs to the call outside; it is put aside so that calls into C by the handler do
 * not throw it.
 */
function makeKind(port: Runtime, parameters: readonly CallbackParameterType[], result: ResultType): Kind {
  const names = parameters.map((_, i) => `a${i}`);
  const passed = parameters.map((type, i) => port.types[type].fromNative(`a${i}`));
  const toNative = result === "void" ? () => "undefined" : port.types[result].toNative;
  const source = `"use strict";
const fits = (value) => ${VALUE_TESTS[result]("value")};
const body = (target) => function (${names.join(", ")}) {
  const { pending, error } = trap;
  trap.pending = false;
  try {
    const value = target.handler(${passed.join(", ")});
    if (!fits(value)) refuseResult("${result}", value);
    return ${toNative("value")};
  } catch (thrown) {
    trap.pending = true;
    trap.error = thrown;
    return ${toNative("target.failure")};
  } finally {
    if (pending) {
      trap.pending = true;
      trap.error = error;
    }
  }
};
return { fits, body, retired: [] };`;
  return new Function("trap", "refuseResult", "exact", "address", source)(
    trap,
    refuseResult,
    toExact,
    toAddress,
  );
}

/** A slot of a kind: the oldest closed one when enough have been closed after it, else a new one. */
function takeSlot(
  port: Runtime,
  kind: Kind,
  parameters: readonly CallbackParameterType[],
  result: ResultType,
): Slot {
  if (kind.retired.length > QUARANTINE) return kind.retired.shift()!;
  const target: Target = { handler: closed, failure: 0 };
  return { address: port.thunk(parameters, result, kind.body(target)), target };
}

/**
 * Makes a C function out of a JavaScript function.
 *
 * An error that the handler throws does not pass through C: C gets `failure`, and the call into C that led there throws the very same
 * error when C returns. Where several handlers throw during one call, the first error is thrown. C must call it on the
 * thread that called C; on another thread both runtimes deadlock.
 *
 * Errors: `TypeError` where `handler` is no function or `failure` does not fit the result type.
 *
 * @param signature What C passes and expects, and the result in case of an error.
 * @param handler Gets the arguments as the value types say.
 * @returns The callback; the caller closes it when C is done with it.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { callback } from "@mediamem/ffi";
 *
 * using compare = callback(
 *   { parameters: ["pointer", "pointer"], result: "i32", failure: 0 },
 *   (a, b) => a - b,
 * );
 * assert(compare.address > 0);
 * ```
 */
export function callback<const P extends readonly CallbackParameterType[], R extends ResultType>(
  signature: CallbackSignature<P, R>,
  handler: CallbackHandler<P, R>,
): Callback {
  const { parameters, result, failure } = signature;
  if (typeof handler !== "function") {
    throw new TypeError(`Cannot make a callback: handler is ${show(handler)}, wanted a function`);
  }
  const port = runtime();
  const key = `${parameters.join()}:${result}`;
  let found = kinds.get(key);
  if (found === undefined) kinds.set(key, found = makeKind(port, parameters, result));
  const kind = found;
  if (!kind.fits(failure)) refuse("callback", "failure", result, failure);
  const { address, target } = takeSlot(port, kind, parameters, result);
  target.handler = handler as NativeFunction;
  target.failure = failure;
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    target.handler = closed;
    kind.retired.push({ address, target });
  };
  return { address, close, [Symbol.dispose]: close };
}
