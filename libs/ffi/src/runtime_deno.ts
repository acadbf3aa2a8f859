import { exists, nodeProcess, readFile, readFolder } from "./node_files.ts";
import type { NativeFunction, NativeType, OpenLibrary, Runtime } from "./runtime.ts";
import { functionSymbols, type SymbolTable } from "./symbol_table.ts";
import type { TypedArray, ValueType } from "./value_type.ts";

/** Deno's opaque pointer; null is NULL. */
type Pointer = { readonly brand: "Pointer" } | null;

/** What we use of `Deno`, so that type checks of other runtimes need not know it. */
interface DenoFfi {
  dlopen(path: string, symbols: object): { readonly symbols: Record<string, unknown> };
  readonly UnsafePointer: {
    create(address: bigint): Pointer;
    of(view: TypedArray): Pointer;
    value(pointer: Pointer): bigint | number;
  };
  readonly UnsafePointerView: {
    new (pointer: Pointer): { getCString(): string };
    getArrayBuffer(pointer: Pointer, length: number): ArrayBuffer;
  };
  readonly UnsafeCallback: new (
    signature: { readonly parameters: readonly string[]; readonly result: string },
    body: NativeFunction,
  ) => { readonly pointer: Pointer };
}

function same(name: string): NativeType {
  return { name, toNative: (value) => value, fromNative: (value) => value };
}

/** -0 passes every test of an integer and is none to Deno's slow calls: the operator makes it 0. */
function integer(name: string, operator: "| 0" | ">>> 0"): NativeType {
  return { name, toNative: (value) => `${value} ${operator}`, fromNative: (value) => value };
}

/** Deno keeps its fast calls only when 64-bit parameters are bigints, and gives bigints back. */
function wide(name: string): NativeType {
  return { name, toNative: (value) => `BigInt(${value})`, fromNative: (value) => `exact(${value})` };
}

const TYPES: Readonly<Record<ValueType, NativeType>> = {
  i8: integer("i8", "| 0"),
  u8: integer("u8", ">>> 0"),
  i16: integer("i16", "| 0"),
  u16: integer("u16", ">>> 0"),
  i32: integer("i32", "| 0"),
  u32: integer("u32", ">>> 0"),
  i64: wide("i64"),
  u64: wide("u64"),
  isize: wide("isize"),
  usize: wide("usize"),
  i64n: same("i64"),
  u64n: same("u64"),
  f32: same("f32"),
  f64: same("f64"),
  // Deno's own pointer objects cost more to make than a bigint does.
  pointer: {
    name: "usize",
    toNative: (value) => `BigInt(${value})`,
    fromNative: (value) => `address(${value})`,
  },
  buffer: same("buffer"),
  void: same("void"),
};

/** The port to Deno; null in other runtimes. */
export function denoRuntime(): Runtime | null {
  const deno = (globalThis as unknown as { readonly Deno?: Partial<DenoFfi> }).Deno;
  if (deno?.dlopen === undefined) return null;
  const { dlopen, UnsafePointer, UnsafePointerView, UnsafeCallback } = deno as DenoFfi;
  const { platform, arch } = nodeProcess();

  function open(path: string, symbols: SymbolTable): OpenLibrary {
    const declarations: Record<string, object> = {};
    for (const [name, { parameters, result }] of functionSymbols(symbols)) {
      declarations[name] = {
        parameters: parameters.map((type) => TYPES[type].name),
        result: TYPES[result].name,
        optional: true,
      };
    }
    const library = dlopen(path, declarations);
    return {
      functions: new Map(Object.entries(library.symbols)) as Map<string, NativeFunction | null>,
      address(name: string): number | null {
        const { symbols } = dlopen(path, { [name]: { type: "pointer", optional: true } });
        const pointer = symbols[name] as Pointer;
        return pointer === null ? null : Number(UnsafePointer.value(pointer));
      },
    };
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
    view: (address, length) =>
      UnsafePointerView.getArrayBuffer(UnsafePointer.create(BigInt(address)), length),
    addressOf: (view) => Number(UnsafePointer.value(UnsafePointer.of(view))),
    text: (address) => new UnsafePointerView(UnsafePointer.create(BigInt(address))).getCString(),
    thunk(parameters, result, body): number {
      const signature = {
        parameters: parameters.map((type) => TYPES[type].name),
        result: TYPES[result].name,
      };
      return Number(UnsafePointer.value(new UnsafeCallback(signature, body).pointer));
    },
  };
}
