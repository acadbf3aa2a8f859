import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Who may import whom. A package that is not named here may not exist. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "packages/interface": [],
  "libs/testing": [],
  "libs/checks": ["interface"],
  "libs/ffi": ["interface", "checks"],
  "libs/ledger": ["interface", "checks"],
  "libs/drawing": ["interface"],
  "packages/core-ts": ["interface", "checks", "ledger"],
  "packages/ffi-avutil": ["interface", "checks", "ledger", "ffi"],
  "packages/ffi-avformat": ["interface", "checks", "ledger", "ffi", "ffi-avutil"],
  "packages/conformance": ["interface", "checks", "core-ts", "ffi-avutil", "ffi-avformat", "drawing"],
  "packages/cli": ["interface", "checks", "core-ts", "ffi-avutil", "drawing", "conformance"],
};

/** Packages that run anywhere: no runtime's own API. */
const PORTABLE = ["packages/interface", "packages/core-ts", "libs/checks", "libs/ledger", "libs/drawing"];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes("node_modules"))
    .map((file) => join(folder, file))
    .filter((file) => statSync(join(root, file)).isFile());
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** The specifiers that a file imports, in docblocks too: examples follow the same rules. */
function imports(source: string): string[] {
  const code = source.replace(/^\s*\*.*$/gm, "").replace(/^\s*\/\/.*$/gm, "");
  return [...code.matchAll(/(?:^|[\s;}])(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]!);
}

function packages(): string[] {
  return ["packages", "libs"].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)
  );
}

describe("the house", () => {
  it("has a rule for every package", () => {
    assertEquals(packages().sort(), Object.keys(ALLOWED).sort());
  });

  for (const [folder, allowed] of Object.entries(ALLOWED)) {
    it(`${folder} imports only ${allowed.join(", ") || "nobody"}`, () => {
      const own = folder.split("/")[1]!;
      const wrong: string[] = [];
      for (const file of sources(folder)) {
        const test = file.endsWith("_test.ts");
        for (const specifier of imports(read(file))) {
          if (specifier.startsWith(".")) {
            const target = relative(join(root, folder), join(root, file, "..", specifier));
            if (target.startsWith("..")) wrong.push(`${file}: ${specifier}`);
          } else if (specifier.startsWith("@mediamem/")) {
            const name = specifier.split("/")[1]!;
            if (!allowed.includes(name) && !(test && (name === own || name === "testing"))) {
              wrong.push(`${file}: ${specifier}`);
            }
          } else if (PORTABLE.includes(folder) && !test && /^(node:|bun)/.test(specifier)) {
            wrong.push(`${file}: ${specifier}`);
          }
        }
      }
      assertEquals(wrong, []);
    });
  }

  it("names a runtime's FFI in libs/ffi only", () => {
    const named = packages().filter((folder) => folder !== "libs/ffi").flatMap(sources).filter((file) =>
      /\bDeno\.(dlopen|Unsafe)|bun:ffi/.test(read(file))
    );
    assertEquals(named, []);
  });

  it("keeps files under 400 lines, generated ones aside", () => {
    const long = packages().flatMap(sources).filter((file) =>
      !file.endsWith(".gen.ts") && read(file).split("\n").length > 401
    );
    assertEquals(long, []);
  });

  it("only re-exports in mod.ts", () => {
    for (const folder of packages()) {
      const code = read(`${folder}/mod.ts`).replace(/\/\*[\s\S]*?\*\//g, "").trim();
      const statements = code.split(";").map((statement) => statement.trim()).filter((statement) =>
        statement !== ""
      );
      assert(statements.length > 0, `${folder}/mod.ts exports nothing`);
      for (const statement of statements) {
        assert(
          /^export (type )?(\*|\{)[\s\S]* from "[^"]+"$/.test(statement),
          `${folder}/mod.ts: ${statement}`,
        );
      }
    }
  });

  it("declares what it imports, in package.json and deno.json alike", () => {
    for (const folder of packages()) {
      const manifest = JSON.parse(read(`${folder}/package.json`));
      const deno = JSON.parse(read(`${folder}/deno.json`));
      assertEquals([deno.name, deno.version, deno.exports], [
        manifest.name,
        manifest.version,
        manifest.exports,
      ]);
      const declared = new Set([manifest.name, ...Object.keys(manifest.dependencies ?? {})]);
      for (const file of sources(folder).filter((file) => !file.endsWith("_test.ts"))) {
        for (const specifier of imports(read(file)).filter((name) => !/^(\.|node:|bun:)/.test(name))) {
          const name = specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
          assert(
            declared.has(name),
            `${file} imports ${name}, which ${folder}${sep}package.json does not declare`,
          );
        }
      }
    }
  });

  it("pins the same versions for npm and for Bun", () => {
    const bun = read("bun.lock");
    const locked: Record<string, { version?: string; link?: boolean }> =
      JSON.parse(read("package-lock.json")).packages;
    const apart: string[] = [];
    for (const [path, { version, link }] of Object.entries(locked)) {
      const name = /^node_modules\/(?!.*node_modules\/)(.*)$/.exec(path)?.[1];
      if (name !== undefined && link !== true && !bun.includes(`"${name}@${version}"`)) {
        apart.push(`${name}@${version}`);
      }
    }
    assertEquals(apart, []);
  });
});
