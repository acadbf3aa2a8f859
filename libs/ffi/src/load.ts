import { MediaError } from "@mediamem/interface";
import { fileNames, libraryFolders, mayExist } from "./library_path.ts";
import { type OpenLibrary, type Runtime, runtime } from "./runtime.ts";
import { type BoundSymbols, functionSymbols, type SymbolTable } from "./symbol_table.ts";
import { wrap, type Wrapper } from "./wrapper.ts";

/** What {@linkcode load} is to find and to bind. */
export interface LoadOptions<T extends SymbolTable> {
  /** The library in words, for messages: `libavutil`. */
  readonly library: string;
  /** An environment variable whose value, an absolute path, is loaded instead of what the system has: `MEDIAMEM_LIBAVUTIL`. */
  readonly environment: string;
  /** File names, the preferred one first; {@linkcode libraryFileNames} makes them. */
  readonly candidates: readonly string[];
  /** Path of a library of the same release, whose folder is looked into first; undefined: none. */
  readonly beside?: string;
  /** What is used of the library. */
  readonly symbols: T;
}

/** A loaded library. Closing it ends the use from JavaScript. */
export interface NativeLibrary<T extends SymbolTable> extends Disposable {
  /** Absolute path of the file. */
  readonly path: string;
  /** The symbols of the table, typed by it. */
  readonly symbols: BoundSymbols<T>;
  /**
   * Address of a function of the table, to hand to C (a destructor).
   *
   * Errors: `SYMBOL_MISSING` for an optional one that the library does not have, `USE_AFTER_FREE` after `close()`.
   */
  address(name: keyof T & string): number;
  /**
   * Ends the use: every later call throws `USE_AFTER_FREE`. A second close does nothing.
   *
   * The code stays in memory, because threads and objects of the library may still point to its functions.
   */
  close(): void;
}

/** Open libraries by path and table: a runtime's bindings are never undone, so they are made once. */
const opened = new Map<string, Map<SymbolTable, OpenLibrary>>();

function open(port: Runtime, path: string, symbols: SymbolTable): OpenLibrary {
  let tables = opened.get(path);
  const found = tables?.get(symbols);
  if (found !== undefined) return found;
  const library = port.open(path, symbols);
  if (tables === undefined) opened.set(path, tables = new Map());
  tables.set(symbols, library);
  return library;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function missingLibrary(library: string, tried: string, causes: readonly unknown[]): never {
  throw new MediaError("LIBRARY_MISSING", `Cannot load ${library}: ${tried}`, {
    op: "dlopen",
    ...(causes.length === 0 ? {} : { cause: new AggregateError(causes) }),
  });
}

function find<T extends SymbolTable>(port: Runtime, options: LoadOptions<T>): [string, OpenLibrary] {
  const { library, environment, candidates, beside, symbols } = options;
  const override = port.environment(environment);
  if (override !== undefined && override !== "") {
    if (!override.startsWith("/")) {
      missingLibrary(library, `${environment} is ${JSON.stringify(override)}, wanted an absolute path`, []);
    }
    try {
      return [override, open(port, override, symbols)];
    } catch (error) {
      missingLibrary(library, `${environment} names ${override}, which did not open (${reason(error)})`, [
        error,
      ]);
    }
  }
  const folders = libraryFolders(port);
  if (beside !== undefined) folders.unshift(beside.slice(0, beside.lastIndexOf("/")));
  const causes: unknown[] = [];
  const failures: string[] = [];
  for (const name of candidates) {
    for (const folder of folders) {
      const path = `${folder}/${name}`;
      if (!mayExist(port, path)) continue;
      try {
        return [path, open(port, path, symbols)];
      } catch (error) {
        causes.push(error);
        failures.push(`${path} did not open (${reason(error)})`);
      }
    }
  }
  const others = failures.length === 0 ? "found" : `${failures.join(", ")}; found otherwise`;
  missingLibrary(
    library,
    `${others} none of ${candidates.join(", ")} in ${
      folders.join(", ")
    }, wanted one of them or an absolute path in ${environment}`,
    causes,
  );
}

/**
 * The file names of a versioned library on this platform: `libavutil.so.60`, or `libavutil.60.dylib` on macOS.
 *
 * Errors: `ENOSYS` where no native code can be called.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { libraryFileNames } from "@mediamem/ffi";
 *
 * assertEquals(libraryFileNames("avutil", [60, 59]).length, 2);
 * ```
 */
export function libraryFileNames(name: string, versions: readonly (number | string)[]): string[] {
  return fileNames(runtime().platform, name, versions);
}

/**
 * Finds a library, opens it and binds a table of symbols (`dlopen`, `dlsym`).
 *
 * The file is the one that the environment variable names, else the first candidate that opens in the folders of the system, newest
 * candidate first; before these the folder of `beside`; never one in the current folder. Loading twice is cheap.
 *
 * Errors: `LIBRARY_MISSING` with everything that was tried, `SYMBOL_MISSING` for a symbol that is not optional, `ENOSYS` where no
 * native code can be called.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { libraryFileNames, load, type SymbolTable } from "@mediamem/ffi";
 *
 * const LIBC_SYMBOLS = {
 *   abs: {
 *     parameters: [
 *       "i32", // int j
 *     ],
 *     result: "i32",
 *   },
 * } as const satisfies SymbolTable;
 *
 * using libc = load({
 *   library: "libc",
 *   environment: "MEDIAMEM_LIBC",
 *   candidates: [...libraryFileNames("c", ["6"]), "libSystem.B.dylib"],
 *   symbols: LIBC_SYMBOLS,
 * });
 * assertEquals(libc.symbols.abs(-3), 3);
 * ```
 */
export function load<const T extends SymbolTable>(options: LoadOptions<T>): NativeLibrary<T> {
  const port = runtime();
  const { library, symbols } = options;
  for (const name of Object.keys(symbols)) {
    if (/^[A-Za-z_]\w*$/.test(name)) continue;
    throw new TypeError(`Cannot bind ${JSON.stringify(name)} of ${library}: wanted the name of a C symbol`);
  }
  const [path, native] = find(port, options);
  const wrappers: Wrapper[] = [];
  const bound: Record<string, unknown> = {};
  const missing = (name: string): never => {
    throw new MediaError("SYMBOL_MISSING", `Cannot bind ${name} of ${library}: ${path} has no such symbol`, {
      op: name,
    });
  };
  for (const [name, symbol] of Object.entries(symbols)) {
    if ("parameters" in symbol) continue;
    bound[name] = native.address(name);
    if (bound[name] === null && symbol.optional !== true) missing(name);
  }
  for (const [name, symbol] of functionSymbols(symbols)) {
    const call = native.functions.get(name) ?? null;
    if (call === null) {
      if (symbol.optional !== true) missing(name);
      bound[name] = null;
      continue;
    }
    const wrapper = wrap(port, name, symbol, call);
    wrappers.push(wrapper);
    bound[name] = wrapper.call;
  }

  let closed = false;
  const useAfterClose = (): never => {
    throw new MediaError("USE_AFTER_FREE", `Cannot call ${library}: ${path} is closed`, { op: "dlclose" });
  };
  const close = (): void => {
    closed = true;
    for (const wrapper of wrappers) wrapper.replace(useAfterClose);
  };
  return {
    path,
    symbols: Object.freeze(bound) as BoundSymbols<T>,
    address(name): number {
      if (closed) useAfterClose();
      return native.address(name) ?? missing(name);
    },
    close,
    [Symbol.dispose]: close,
  };
}
