import { MediaError } from "@mediamem/interface";
import { byteLengthOf, checkAttached, show } from "@mediamem/checks";
import { toAddress, toExact } from "./address.ts";
import type { NativeFunction, Runtime } from "./runtime.ts";
import type { FunctionSymbol } from "./symbol_table.ts";
import { rethrow, trap } from "./trap.ts";
import {
  type ParameterType,
  type TypedArray,
  VALUE_RANGES,
  VALUE_TESTS,
  type ValueType,
} from "./value_type.ts";

/** A checked function, and how to take the native function away from it. */
export interface Wrapper {
  readonly call: (...args: never[]) => unknown;
  /** From now on every call ends up in `closed`. */
  replace(closed: () => never): void;
}

/** The prototype of every typed array class; a `DataView` or an object that only looks like an array is none of them. */
const AnyTypedArray = Object.getPrototypeOf(Uint8Array) as abstract new () => TypedArray;

/** Throws the error of an argument that failed the test of its type. */
export function refuse(op: string, what: string, type: ValueType, value: unknown): never {
  const message = `Cannot call ${op}: ${what} is ${show(value)}, wanted ${VALUE_RANGES[type]}`;
  const wanted = type === "i64n" || type === "u64n" ? "bigint" : type === "buffer" ? "object" : "number";
  if (typeof value === wanted && (wanted === "bigint" || Number.isInteger(value))) {
    throw new MediaError("ERANGE", message, { op });
  }
  throw new TypeError(message);
}

/** What becomes of an array without bytes: an empty one is NULL on both runtimes, a detached one is an error. */
function emptyBuffer(op: string, index: number, value: TypedArray): TypedArray | null {
  if (!(value instanceof AnyTypedArray)) refuse(op, `argument ${index}`, "buffer", value);
  checkAttached(op, `argument ${index}`, value);
  // It may only say so: an own property can stand before the real length.
  return byteLengthOf(value) === 0 ? null : value;
}

function check(type: ParameterType, index: number): string {
  const value = `a${index}`;
  if (type === "buffer") {
    return `  if (${value} !== null && (!(${value} instanceof AnyTypedArray) || ${value}.byteLength === 0)) {
    ${value} = emptyBuffer(op, ${index}, ${value});
  }`;
  }
  const test = VALUE_TESTS[type](value);
  return `  if (!(${test})) refuse(op, "argument ${index}", "${type}", ${value});`;
}

/**
 * Generates the function that callers of one symbol get: checks, converts, calls, converts back.
 *
 * Generated because both runtimes compile a native call well only where one call site has one target, and because the name in the
 * source keeps V8 from sharing one site between equal signatures.
 */
export function wrap(runtime: Runtime, op: string, symbol: FunctionSymbol, native: NativeFunction): Wrapper {
  const { types } = runtime;
  const names = symbol.parameters.map((_, i) => `a${i}`);
  const passed = symbol.parameters.map((type, i) => types[type].toNative(`a${i}`));
  const source = `"use strict";
let call = native;
function ${op}(${names.join(", ")}) {
${symbol.parameters.map(check).join("\n")}
  const result = call(${passed.join(", ")});
  if (trap.pending) rethrow();
  return ${types[symbol.result].fromNative("result")};
}
return { call: ${op}, replace(closed) { call = closed; } };`;
  const make = new Function(
    "native",
    "op",
    "trap",
    "rethrow",
    "refuse",
    "emptyBuffer",
    "AnyTypedArray",
    "exact",
    "address",
    source,
  );
  return make(native, op, trap, rethrow, refuse, emptyBuffer, AnyTypedArray, toExact, toAddress);
}
