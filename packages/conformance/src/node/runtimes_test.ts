import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConformanceError } from "../conformance_error.ts";
import { findRuntime } from "./runtimes.ts";

function withFolder(body: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "mediamem-runtimes-"));
  try {
    body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function executable(path: string): string {
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, 0o755);
  return path;
}

describe("findRuntime()", () => {
  it("takes the first executable on the PATH, and no folder or plain file of that name", () => {
    withFolder((folder) => {
      for (const name of ["a", "b", "c", "d"]) mkdirSync(join(folder, name));
      mkdirSync(join(folder, "a", "bun"));
      writeFileSync(join(folder, "b", "bun"), "");
      const found = executable(join(folder, "c", "bun"));
      executable(join(folder, "d", "bun"));
      const path = ["a", "b", "c", "d"].map((name) => join(folder, name)).join(":");
      assertEquals(findRuntime("bun", { PATH: `:relative:${path}` }), found);
      assertThrows(
        () => findRuntime("deno", { PATH: path }),
        ConformanceError,
        "on deno: found none on the PATH",
      );
    });
  });

  it("prefers what the environment names, and does not fall back from it", () => {
    withFolder((folder) => {
      const named = executable(join(folder, "my-deno"));
      executable(join(folder, "deno"));
      assertEquals(findRuntime("deno", { PATH: folder, MEDIAMEM_DENO: named }), named);
      const missing = { PATH: folder, MEDIAMEM_DENO: join(folder, "none") };
      const error = assertThrows(
        () => findRuntime("deno", missing),
        ConformanceError,
        "none, which MEDIAMEM_DENO names",
      );
      assertEquals(error.code, "RUNTIME_MISSING");
    });
  });
});
