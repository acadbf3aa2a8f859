import type { ParameterType, ResultType, ValueTypes } from "./value_type.ts";

/** A C function: what it takes and gives. */
export interface FunctionSymbol {
  /** What it takes, in order. */
  readonly parameters: readonly ParameterType[];
  /** What it gives. */
  readonly result: ResultType;
  /** Whether it is null where the library does not have it; undefined: false. */
  readonly optional?: boolean;
}

/** A C variable, or a function that is only handed on: its address. */
export interface DataSymbol {
  /** Tells the two kinds of symbols apart. */
  readonly data: true;
  /** Whether it is null where the library does not have it; undefined: false. */
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
  /** A symbol by its C name. */
  readonly [name: string]: FunctionSymbol | DataSymbol;
}

/** The values of a list of parameters. */
export type Arguments<P extends readonly ParameterType[]> = { -readonly [I in keyof P]: ValueTypes[P[I]] };

/** The TypeScript side of one symbol: a function, or the address of a data symbol. */
export type BoundSymbol<S> = S extends FunctionSymbol
  ? (...args: Arguments<S["parameters"]>) => ValueTypes[S["result"]]
  : number;

/** The TypeScript side of a {@linkcode SymbolTable}: a function per function, an address per data symbol, null where optional ones are missing. */
export type BoundSymbols<T extends SymbolTable> = {
  readonly [N in keyof T]: T[N] extends { readonly optional: true } ? BoundSymbol<T[N]> | null
    : BoundSymbol<T[N]>;
};

/** The functions of a table, without its data symbols. */
export function functionSymbols(symbols: SymbolTable): [string, FunctionSymbol][] {
  const functions: [string, FunctionSymbol][] = [];
  for (const [name, symbol] of Object.entries(symbols)) {
    if ("parameters" in symbol) functions.push([name, symbol]);
  }
  return functions;
}
