import { readFileSync } from "node:fs";
import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { VERSION } from "./version.ts";

describe("VERSION", () => {
  it("is the version of both manifests", () => {
    for (const name of ["package.json", "deno.json"]) {
      assertEquals(JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8")).version, VERSION);
    }
  });
});
