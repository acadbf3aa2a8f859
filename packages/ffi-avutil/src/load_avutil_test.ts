import process from "node:process";
import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { itUnless, missingCompiler, withCompiled } from "@mediamem/testing";
import { type AvutilBackend, loadAvutil } from "@mediamem/ffi-avutil";
import { testedAvutil } from "./tested_avutil.ts";

const { avutil, missing } = testedAvutil();

/** Loads with the environment variable set for as long as that takes. */
function loadFrom(path: string): AvutilBackend {
  const before = process.env.MEDIAMEM_LIBAVUTIL;
  process.env.MEDIAMEM_LIBAVUTIL = path;
  try {
    return loadAvutil();
  } finally {
    if (before === undefined) delete process.env.MEDIAMEM_LIBAVUTIL;
    else process.env.MEDIAMEM_LIBAVUTIL = before;
  }
}

describe("loadAvutil()", () => {
  const test = itUnless(missing);

  test("says what it found", () => {
    const { id, library } = avutil;
    assertEquals([id, library.name, library.abi], [
      "avutil",
      "libavutil",
      `avutil-${library.version.slice(0, 2)}`,
    ]);
    assertMatch(library.version, /^(56|57|58|59|60)\.\d+\.\d+$/);
    assert(library.path!.startsWith("/"));
  });

  test("takes the file that the environment names", () => {
    using backend = loadFrom(avutil.library.path!);
    assertEquals(backend.library, avutil.library);
    assertEquals(backend.image.bufferSize("nv12", 17, 13, 1), 17 * 13 + 18 * 7);
  });

  test("refuses every use after dispose, and may be disposed twice", () => {
    const backend = loadAvutil();
    backend[Symbol.dispose]();
    backend[Symbol.dispose]();
    const { image } = backend;
    for (
      const use of [
        () => image.bufferSize("nv12", 17, 13, 1),
        () => image.pixelFormat("yuv420p10"),
        () => image.allocImage("nv12", 17, 13, 1),
        () => image.imageLayout("nv12", 17, 13, { name: "ffmpegFrame", align: 0 }),
      ]
    ) {
      assertEquals(assertThrows(use, MediaError).code, "USE_AFTER_FREE");
    }
  });

  it("says what is wrong with the file that the environment names", () => {
    for (const path of ["/no/such/libavutil.so", "libavutil.so.57"]) {
      const error = assertThrows(() => loadFrom(path), MediaError, "MEDIAMEM_LIBAVUTIL");
      assertEquals(error.code, "LIBRARY_MISSING");
    }
  });

  const testCompiled = itUnless(missingCompiler());

  testCompiled("names the range where the major version is unknown", () => {
    for (const version of [55, 61]) {
      const source = `unsigned avutil_version(void) { return ${version} << 16 | 3 << 8 | 100; }\n`;
      withCompiled(source, ["-shared", "-fPIC"], (path) => {
        const error = assertThrows(() => loadFrom(path), MediaError, `${version}.3.100`);
        assertEquals(error.code, "ABI_MISMATCH");
        assertMatch(error.message, /from 56 to 60$/);
      });
    }
  });

  testCompiled("names the function that a broken library lacks", () => {
    const source = "unsigned avutil_version(void) { return 57 << 16 | 28 << 8 | 100; }\n";
    withCompiled(source, ["-shared", "-fPIC"], (path) => {
      const error = assertThrows(() => loadFrom(path), MediaError, path);
      assertEquals(error.code, "SYMBOL_MISSING");
    });
  });

  testCompiled("refuses a file that is no libavutil", () => {
    withCompiled("int nothing(void) { return 0; }\n", ["-shared", "-fPIC"], (path) => {
      const error = assertThrows(() => loadFrom(path), MediaError, "avutil_version");
      assertEquals(error.code, "SYMBOL_MISSING");
    });
  });
});
