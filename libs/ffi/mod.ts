/**
 * Native libraries on Deno and Bun from one source: symbol tables, revocable views of native memory, callbacks.
 *
 * Importing it is safe everywhere; using it needs Deno (`--allow-ffi`, `--allow-read`, `--allow-env`) or Bun. Callbacks
 * run on the thread that called C: code that calls them from a thread of its own deadlocks both runtimes, so such a set-up must be
 * refused before it starts.
 *
 * @module
 */
export { addressOf, checkAddress, getPointer, setPointer } from "./src/address.ts";
export { cString, readCString } from "./src/c_string.ts";
export { type Callback, callback, type CallbackHandler, type CallbackSignature } from "./src/callback.ts";
export { releaseKeptMemory, releaseMemory } from "./src/kept_memory.ts";
export { libraryFileNames, load, type LoadOptions, type NativeLibrary } from "./src/load.ts";
export { memory, type NativeMemory, revokeBuffer } from "./src/memory.ts";
export { type Pin, pin, stable } from "./src/pin.ts";
export { type PointerArray, pointerArray } from "./src/pointer_array.ts";
export type {
  Arguments,
  BoundSymbol,
  BoundSymbols,
  DataSymbol,
  FunctionSymbol,
  SymbolTable,
} from "./src/symbol_table.ts";
export type {
  CallbackParameterType,
  ParameterType,
  ResultType,
  TypedArray,
  ValueType,
  ValueTypes,
} from "./src/value_type.ts";
