import { MediaError } from "@mediamem/interface";
import type { SymbolTable } from "./symbol_table.ts";
import type { CallbackParameterType, ResultType, TypedArray, ValueType } from "./value_type.ts";
import { bunRuntime } from "./runtime_bun.ts";
import { denoRuntime } from "./runtime_deno.ts";

/** A native function as the runtime made it: without checks, values in the runtime's own representation. */
export type NativeFunction = (...args: never[]) => unknown;

/** A library whose symbols are bound. It stays open for the life of the process. */
export interface OpenLibrary {
  /** The functions of the table by name; null where the library has no such function. */
  readonly functions: ReadonlyMap<string, NativeFunction | null>;
  /** Address of any symbol of the library; null where it has none. */
  address(name: string): number | null;
}

/** How the runtime declares and represents one value type. The functions give JavaScript source. */
export interface NativeType {
  /** The runtime's own name of the type. */
  readonly name: string;
  /** From a checked number or bigint to what the runtime wants. */
  toNative(value: string): string;
  /** From what the runtime gives; `exact` (a number or bigint to a number) and `address` are at hand for it. */
  fromNative(value: string): string;
}

/**
 * Everything that libs/ffi asks of a runtime: one implementation a runtime, chosen when it is first used.
 *
 * The callers have checked the arguments: addresses are safe integers from 1, lengths are from 1, views are alive.
 */
export interface Runtime {
  /** `linux`, `darwin`, …: `process.platform`. */
  readonly platform: string;
  /** `x64`, `arm64`, …: `process.arch`. */
  readonly architecture: string;
  /** How the value types cross. */
  readonly types: Readonly<Record<ValueType, NativeType>>;
  /** An environment variable, undefined where it is not set. */
  environment(name: string): string | undefined;
  /** Text of a file, null where there is none. */
  readFile(path: string): string | null;
  /** Names in a folder, sorted; empty where there is none. */
  readFolder(path: string): string[];
  /** Whether a file is there. */
  exists(path: string): boolean;
  /** Opens a library by its absolute path; throws the loader's own error. */
  open(path: string, symbols: SymbolTable): OpenLibrary;
  /** An ArrayBuffer over native memory, which is neither copied nor owned. */
  view(address: number, length: number): ArrayBuffer;
  /** Address of the first byte of a view, which stays true as long as the view is referenced. */
  addressOf(view: TypedArray): number;
  /** The NUL-terminated UTF-8 text at an address. */
  text(address: number): string;
  /** Makes a function for C out of `body` and gives its address. It is never unmade. */
  thunk(parameters: readonly CallbackParameterType[], result: ResultType, body: NativeFunction): number;
}

let chosen: Runtime | null = null;

/** The runtime that we are in. Throws `ENOSYS` where it can call no native code (browsers, Node). */
export function runtime(): Runtime {
  chosen ??= denoRuntime() ?? bunRuntime();
  if (chosen !== null) return chosen;
  throw new MediaError(
    "ENOSYS",
    "Cannot call native libraries: found neither Deno nor Bun, wanted one of them",
    {
      op: "dlopen",
    },
  );
}
