import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, describe, it } from "@std/testing/bdd";
import { assert } from "@std/assert";
import { loadAvutil } from "@mediamem/ffi-avutil";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1]!);
// Each runtime has a folder of its own, or two suites that run at once would delete each other's files.
const folder = join(root, ".cache", `readme-${process.versions.bun === undefined ? "deno" : "bun"}`);

function hasLibrary(): boolean {
  try {
    loadAvutil()[Symbol.dispose]();
    return true;
  } catch {
    return false;
  }
}

describe("the README", () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("has an example for each of its four readers", () => {
    assert(examples.length >= 4, `Found ${examples.length} examples`);
  });

  for (const [i, code] of examples.entries()) {
    const title = /^\/\/ (.*)$/m.exec(code)?.[1] ?? `number ${i + 1}`;
    const missing = code.includes("ffi-avutil") && !hasLibrary() ? "libavutil is missing" : false;
    it(`runs its example: ${title}`, { skip: missing }, () => {
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `example_${i}.ts`);
      writeFileSync(file, code);
      const flags = process.versions.bun === undefined ? ["run", "-A", "--quiet"] : [];
      const out = execFileSync(process.execPath, [...flags, file], {
        cwd: root,
        encoding: "utf8",
        stdio: "pipe",
      });
      // What the example says that it prints is the beginning of the comment behind it.
      const said = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]!);
      const printed = out.split("\n");
      for (const [line, comment] of said.entries()) {
        assert(comment.startsWith(printed[line]!), `Printed ${printed[line]}, the README says ${comment}`);
      }
    });
  }
});
