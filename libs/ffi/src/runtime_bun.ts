import { exists, nodeProcess, readFile, readFolder } from "./node_files.ts";
import type { NativeFunction, NativeType, OpenLibrary, Runtime } from "./runtime.ts";
import { functionSymbols, type SymbolTable } from "./symbol_table.ts";
import type { TypedArray, ValueType } from "./value_type.ts";

/** A function of Bun carries the address of its C function. */
type BunFunction = NativeFunction & { readonly ptr: number };

interface BunSignature {
  readonly args: readonly string[];
  readonly returns: string;
}

/** What we use of `bun:ffi`, so that type checks of other runtimes need not know it. */
interface BunFfi {
  dlopen(
    path: string,
    symbols: Record<string, BunSignature>,
  ): { readonly symbols: Record<string, BunFunction> };
  toArrayBuffer(address: number, offset: number, length: number): ArrayBuffer;
  ptr(view: TypedArray): number;
  readonly CString: new (address: number) => { toString(): string };
  readonly JSCallback: new (body: NativeFunction, signature: BunSignature) => { readonly ptr: number };
}

function same(name: string): NativeType {
  return { name, toNative: (value) => value, fromNative: (value) => value };
}

/** Bun's `_fast` types give a number where it fits and a bigint where it does not. */
function wide(name: string): NativeType {
  return { name, toNative: (value) => value, fromNative: (value) => `exact(${value})` };
}

const TYPES: Readonly<Record<ValueType, NativeType>> = {
  i8: same("i8"),
  u8: same("u8"),
  i16: same("i16"),
  u16: same("u16"),
  i32: same("i32"),
  u32: same("u32"),
  i64: wide("i64_fast"),
  u64: wide("u64_fast"),
  isize: wide("i64_fast"),
  usize: wide("u64_fast"),
  i64n: same("i64"),
  u64n: same("u64"),
  f32: same("f32"),
  f64: same("f64"),
  // Bun gives null for NULL and a bigint above 2^53.
  pointer: { name: "ptr", toNative: (value) => value, fromNative: (value) => `address(${value})` },
  // Bun's own "buffer" refuses null.
  buffer: same("ptr"),
  void: same("void"),
};

/** The port to Bun; null in other runtimes. */
export function bunRuntime(): Runtime | null {
  if (!("Bun" in globalThis)) return null;
  const ffi = nodeProcess().getBuiltinModule("bun:ffi") as BunFfi;
  const { platform, arch } = nodeProcess();

  /** Bun fails a whole library for one missing symbol, so each is opened by itself; null where it is missing. */
  function bind(path: string, name: string, signature: BunSignature): BunFunction | null {
    try {
      return ffi.dlopen(path, { [name]: signature }).symbols[name]!;
    } catch (error) {
      if ((error as { readonly code?: unknown }).code === "ERR_DLOPEN_FAILED") throw error;
      return null;
    }
  }

  function open(path: string, symbols: SymbolTable): OpenLibrary {
    const address = (name: string): number | null =>
      bind(path, name, { args: [], returns: "void" })?.ptr ?? null;
    const functions = new Map<string, NativeFunction | null>();
    for (const [name, { parameters, result }] of functionSymbols(symbols)) {
      const args = parameters.map((type) => TYPES[type].name);
      functions.set(name, bind(path, name, { args, returns: TYPES[result].name }));
    }
    // A table without functions has opened nothing so far; this tells whether the file is a library.
    if (functions.size === 0) address("_");
    return { functions, address };
  }

  return {
    platform,
    architecture: arch,
    types: TYPES,
    environment: (name) => nodeProcess().env[name],
    readFile,
    readFolder,
    exists,
    open,
    view: (address, length) => ffi.toArrayBuffer(address, 0, length),
    addressOf(view): number {
      // A small array of Bun moves when its buffer is first asked for; asking first makes the address last.
      void view.buffer;
      return ffi.ptr(view);
    },
    text: (address) => new ffi.CString(address).toString(),
    thunk(parameters, result, body): number {
      const args = parameters.map((type) => TYPES[type].name);
      return new ffi.JSCallback(body, { args, returns: TYPES[result].name }).ptr;
    },
  };
}
