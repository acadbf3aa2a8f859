import { execFileSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { itUnless } from "@mediamem/testing";

/** A program for this runtime with its name taken away, as in a browser or another runtime. */
const PROGRAM = `
const module = process.argv[2];
delete globalThis.Deno;
delete globalThis.Bun;
const { load, memory, callback, addressOf } = await import(module);
const codes = [
  () => load({ library: "x", environment: "X", candidates: [], symbols: {} }),
  () => memory(4096, 1),
  () => callback({ parameters: [], result: "void", failure: undefined }, () => {}),
  () => addressOf(new Uint8Array(1)),
].map((use) => {
  try {
    use();
    return "nothing thrown";
  } catch (error) {
    return error.code + " " + error.message;
  }
});
console.log(JSON.stringify(codes));
`;

describe("runtime()", () => {
  const other = "Deno" in globalThis;
  const test = itUnless(other ? null : "Bun does not let go of its name");
  test("is asked for at first use, and says clearly where there is none", () => {
    const module = fileURLToPath(new URL("../mod.ts", import.meta.url));
    const output = execFileSync(process.execPath, ["eval", PROGRAM, "--", module], { encoding: "utf8" });
    const message = "ENOSYS Cannot call native libraries: found neither Deno nor Bun, wanted one of them";
    assertEquals(JSON.parse(output), Array(4).fill(message));
  });
});
