import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { libraryFileNames, load, type NativeLibrary, type SymbolTable } from "@mediamem/ffi";

const CANDIDATES = ["libc.so.6", "libc.musl-x86_64.so.1", "libSystem.B.dylib"];

const LIBC_SYMBOLS = {
  labs: {
    parameters: [
      "i64", // long j
    ],
    result: "i64",
  },
  free: {
    parameters: [
      "pointer", // void *ptr
    ],
    result: "void",
  },
  environ: { data: true }, // char **environ
  no_such_function: { parameters: [], result: "void", optional: true },
  no_such_variable: { data: true, optional: true },
} as const satisfies SymbolTable;

function libc(): NativeLibrary<typeof LIBC_SYMBOLS> {
  return load({
    library: "libc",
    environment: "MEDIAMEM_LIBC",
    candidates: CANDIDATES,
    symbols: LIBC_SYMBOLS,
  });
}

/** Loads with `environment` set for as long as the load takes. */
function loadOverride(value: string, symbols: SymbolTable = LIBC_SYMBOLS): NativeLibrary<SymbolTable> {
  process.env.MEDIAMEM_OVERRIDE = value;
  try {
    return load({ library: "libc", environment: "MEDIAMEM_OVERRIDE", candidates: CANDIDATES, symbols });
  } finally {
    delete process.env.MEDIAMEM_OVERRIDE;
  }
}

function withFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "mediamem-"));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("load()", () => {
  it("finds the library by an absolute path and calls it", () => {
    using library = libc();
    assert(library.path.startsWith("/"), library.path);
    assertEquals(library.symbols.labs(-7), 7);
  });

  it("looks beside another library first", () => {
    using library = libc();
    withFolder((folder) => {
      symlinkSync(library.path, join(folder, "libc.so.6"));
      using found = load({
        library: "libc",
        environment: "MEDIAMEM_LIBC",
        candidates: ["libc.so.6"],
        beside: join(folder, "libm.so.6"),
        symbols: LIBC_SYMBOLS,
      });
      assertEquals(found.path, join(folder, "libc.so.6"));
      assertEquals(found.symbols.labs(-7), 7);
    });
  });

  it("gives the address of data and of functions", () => {
    using library = libc();
    const data: number = library.symbols.environ;
    assert(data > 4096);
    assert(library.address("free") > 4096);
    assertEquals(library.address("free"), library.address("free"));
  });

  it("gives null for optional symbols that are missing", () => {
    using library = libc();
    const missing: (() => void) | null = library.symbols.no_such_function;
    assertEquals([missing, library.symbols.no_such_variable], [null, null]);
    const error = assertThrows(() => library.address("no_such_function"), MediaError, library.path);
    assertEquals([error.code, error.op], ["SYMBOL_MISSING", "no_such_function"]);
  });

  it("throws SYMBOL_MISSING with the name and the path", () => {
    for (const symbol of [{ parameters: [], result: "void" }, { data: true }] as const) {
      const path = libc().path;
      const error = assertThrows(() => loadOverride(path, { nope: symbol }), MediaError, path);
      assertEquals([error.code, error.op], ["SYMBOL_MISSING", "nope"]);
      assertStringIncludes(error.message, "nope");
    }
  });

  it("throws LIBRARY_MISSING with everything that was tried", () => {
    const candidates = ["libno_such_thing.so.2", "libno_such_thing.so.1"];
    const error = assertThrows(
      () => load({ library: "libnone", environment: "MEDIAMEM_NONE", candidates, symbols: LIBC_SYMBOLS }),
      MediaError,
    );
    assertEquals(error.code, "LIBRARY_MISSING");
    for (const part of [...candidates, "MEDIAMEM_NONE", "/usr/lib", "Cannot load libnone: "]) {
      assertStringIncludes(error.message, part);
    }
  });

  it("goes on to the next candidate and says why one did not open", () => {
    withFolder((folder) => {
      const kept = process.env.LD_LIBRARY_PATH;
      process.env.LD_LIBRARY_PATH = `:relative:${folder}`;
      try {
        writeFileSync(join(folder, "libbroken.so.1"), "no library");
        const options = { library: "libbroken", environment: "MEDIAMEM_NONE", symbols: LIBC_SYMBOLS };
        const error = assertThrows(
          () => load({ ...options, candidates: ["libbroken.so.1"] }),
          MediaError,
          join(folder, "libbroken.so.1"),
        );
        assertEquals(error.code, "LIBRARY_MISSING");
        assert(error.cause instanceof AggregateError && error.cause.errors.length === 1);
        using second = load({ ...options, candidates: ["libbroken.so.1", ...CANDIDATES] });
        assertEquals(second.symbols.labs(-1), 1);
      } finally {
        if (kept === undefined) delete process.env.LD_LIBRARY_PATH;
        else process.env.LD_LIBRARY_PATH = kept;
      }
    });
  });

  it("prefers the file that the environment names", () => {
    withFolder((folder) => {
      const path = join(folder, "another.so");
      symlinkSync(libc().path, path);
      assertEquals(loadOverride(path).path, path);
    });
  });

  it("does not go elsewhere when the environment names a wrong file", () => {
    const gone = assertThrows(() => loadOverride("/no/such/file.so"), MediaError, "MEDIAMEM_OVERRIDE");
    assertEquals(gone.code, "LIBRARY_MISSING");
    const relative = assertThrows(() => loadOverride("libc.so.6"), MediaError, "absolute");
    assertEquals(relative.code, "LIBRARY_MISSING");
  });

  it("never opens a library in the current folder", () => {
    withFolder((folder) => {
      const before = process.cwd();
      symlinkSync(libc().path, join(folder, "libplanted.so.1"));
      process.chdir(folder);
      try {
        const error = assertThrows(
          () =>
            load({
              library: "libplanted",
              environment: "MEDIAMEM_NONE",
              candidates: ["libplanted.so.1"],
              symbols: LIBC_SYMBOLS,
            }),
          MediaError,
        );
        assertEquals(error.code, "LIBRARY_MISSING");
      } finally {
        process.chdir(before);
      }
    });
  });

  it("refuses every use after close()", () => {
    const library = libc();
    const { labs } = library.symbols;
    library.close();
    library.close();
    for (const use of [() => labs(1), () => library.symbols.labs(1), () => library.address("free")]) {
      assertEquals(assertThrows(use, MediaError, "closed").code, "USE_AFTER_FREE");
    }
    using again = libc();
    assertEquals(again.symbols.labs(-2), 2);
  });

  it("refuses a name that is no C symbol", () => {
    const symbols = { "labs(); process.exit": { parameters: [], result: "void" } } as const;
    assertThrows(() => loadOverride("", symbols), TypeError, "C symbol");
  });
});

describe("libraryFileNames()", () => {
  it("names files as the platform does", () => {
    const names = libraryFileNames("avutil", [60, 59]);
    const expected = process.platform === "darwin"
      ? ["libavutil.60.dylib", "libavutil.59.dylib"]
      : ["libavutil.so.60", "libavutil.so.59"];
    assertEquals(names, expected);
  });
});
