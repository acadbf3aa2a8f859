import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { isOwnFile, isRuntimeFile, plainPath, rootOf } from "./own_frames.ts";

const root = rootOf(import.meta.url)!;

describe("rootOf()", () => {
  it("gives the repository as its stacks would name it, null where there is none", () => {
    assertEquals(rootOf("file:///home/a%20b/mediamem/libs/ledger/src/own_frames.ts"), "/home/a b/mediamem/");
    assertEquals(rootOf("https://jsr.io/@mediamem/ledger/0.1.0/src/own_frames.ts"), null);
    assertEquals(rootOf("file:///home/app/bundle.js"), null);
  });
});

describe("plainPath()", () => {
  it("takes file: away and nothing else", () => {
    assertEquals(plainPath("file:///a/b.ts"), "/a/b.ts");
    assertEquals(plainPath("/a/b.ts"), "/a/b.ts");
    assertEquals(plainPath("https://a/b.ts"), "https://a/b.ts");
  });
});

describe("isOwnFile()", () => {
  it("knows the packages that hand out memory, in the repository and installed", () => {
    for (const path of ["packages/core-ts/src/a.ts", "packages/ffi-avutil/mod.ts", "libs/ffi/src/x/y.ts"]) {
      assertEquals(isOwnFile(root + path), true, path);
    }
    assertEquals(isOwnFile("https://jsr.io/@mediamem/core-ts/0.1.0/mod.ts"), true);
    assertEquals(isOwnFile("/app/node_modules/@mediamem/ffi-avutil/mod.ts"), true);
    assertEquals(isOwnFile("/deno/npm/@mediamem/ledger@0.1.0/mod.ts"), true);
  });

  it("takes a program for somebody else's, and its own tests and tools too", () => {
    for (
      const path of [
        "packages/core-ts/src/a_test.ts",
        "packages/cli/main.ts",
        "bench/a.ts",
        "libs/drawing/a.ts",
      ]
    ) {
      assertEquals(isOwnFile(root + path), false, path);
    }
    assertEquals(isOwnFile("/app/packages/interface/src/a.ts"), false);
    assertEquals(isOwnFile("/app/node_modules/@mediamem/cli/mod.ts"), false);
    assertEquals(isOwnFile("/app/node_modules/@mediamem/core-tools/mod.ts"), false);
  });
});

describe("isRuntimeFile()", () => {
  it("knows what the runtimes call the places of their own code", () => {
    for (
      const file of [
        "ext:core/01_core.js",
        "node:internal/timers",
        "native",
        "<anonymous>",
        "unknown",
        "bun:main",
      ]
    ) {
      assertEquals(isRuntimeFile(file), true, file);
    }
    for (const file of ["/app/native", "/app/node.ts", "https://a/b.ts", "native.ts"]) {
      assertEquals(isRuntimeFile(file), false, file);
    }
  });
});
