import type { ParameterType, ResultType, ValueTypes } from "./value_type.ts";

/** A C function: what it takes and gives. `optional` functions are null where the library does not have them. */
export interface FunctionSymbol {
  readonly parameters: readonly ParameterType[];
  readonly result: ResultType;
  readonly optional?: boolean;
}

/** A C variable or a function that is only handed on: its address. `optional` ones are null where the library does not have them. */
export interface DataSymbol {
  readonly data: true;
  readonly optional?: boolean;
}

/**
 * What is used of a library, by C name.
 *
 * Write it as a constant with the C declaration beside each parameter and close it with `as const satisfies SymbolTable`; the
 * TypeScript signatures follow from it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import type { SymbolTable } from "@mediamem/ffi";
 *
 * const LIBC_SYMBOLS = {
 *   abs: {
 *     parameters: [
 *       "i32", // int j
 *     ],
 *     result: "i32", // int
 *   },
 *   environ: { data: true }, // char **environ
 * } as const satisfies SymbolTable;
 *
 * assertEquals(LIBC_SYMBOLS.abs.result, "i32");
 * ```
 */
export interface SymbolTable {
  readonly [name: string]: FunctionSymbol | DataSymbol;
}

type Arguments<P extends readonly ParameterType[]> = { -readonly [I in keyof P]: ValueTypes[P[I]] };

type Bound<S> = S extends FunctionSymbol ? (...args: Arguments<S["parameters"]>) => ValueTypes[S["result"]]
  : number;

/** The TypeScript side of a {@linkcode SymbolTable}: a function per function, an address per data symbol, null where optional ones are missing. */
export type BoundSymbols<T extends SymbolTable> = {
  readonly [N in keyof T]: T[N] extends { readonly optional: true } ? Bound<T[N]> | null : Bound<T[N]>;
};

/** The functions of a table, without its data symbols. */
export function functionSymbols(symbols: SymbolTable): [string, FunctionSymbol][] {
  const functions: [string, FunctionSymbol][] = [];
  for (const [name, symbol] of Object.entries(symbols)) {
    if ("parameters" in symbol) functions.push([name, symbol]);
  }
  return functions;
}
