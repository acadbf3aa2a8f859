import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, describe, it } from "@std/testing/bdd";
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), "mediamem scripts-")));

/** Runs a script from the folder that holds this repository's `scripts` folder, as a person would who is there. */
function runScript(
  script: string,
  args: readonly string[],
  extra: Readonly<Record<string, string>> = {},
  cwd = folder,
) {
  return spawnSync(script, args, { cwd, encoding: "utf8", env: { ...process.env, NO_COLOR: "1", ...extra } });
}

function assertVersion({ status, stdout, stderr }: ReturnType<typeof runScript>): void {
  assertEquals([status, stderr], [0, ""]);
  assertMatch(stdout, /^\d+\.\d+\.\d+\n$/);
}

/** Puts a program of this name on a path of its own. */
function makeProgram(name: string, lines: string): string {
  const path = join(folder, `with ${name}`);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, name), `#!/bin/sh\n${lines}\n`);
  chmodSync(join(path, name), 0o755);
  return `${path}:${process.env.PATH}`;
}

describe("the scripts", () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  it("run through a link to one of them, and to their folder", () => {
    symlinkSync(join(root, "scripts/mediamem"), join(folder, "mediamem"));
    assertVersion(runScript("./mediamem", ["--version"]));
    symlinkSync(join(root, "scripts"), join(folder, "linked"));
    assertVersion(runScript("linked/mediamem", ["--version"]));
  });

  it("run where CDPATH is set, which makes cd print folders", () => {
    assertVersion(runScript("scripts/mediamem", ["--version"], { CDPATH: "." }, root));
  });

  it("pass over a runtime on the PATH that is another version, and one that reads its standard input", () => {
    assertVersion(
      runScript(join(root, "scripts/mediamem"), ["--version"], {
        PATH: makeProgram("bun", "cat; echo 0.0.1"),
      }),
    );
    assertVersion(
      runScript(join(root, "scripts/mediamem"), ["--version"], { PATH: makeProgram("deno", "cat; exit 3") }),
    );
  });

  it("give npm a cache where there is no home to write to", () => {
    const manifests = ["package.json", "packages/cli/package.json", "libs/ffi/package.json"];
    for (const part of ["scripts", "package-lock.json", ...manifests]) {
      cpSync(join(root, part), join(folder, "clone", part), { recursive: true });
    }
    const PATH = makeProgram("npm", 'echo "cache: $npm_config_cache"; exit 1');
    const npmCache = (HOME: string): string =>
      runScript("clone/scripts/mediamem", ["--version"], { PATH, HOME, npm_config_cache: "" }).stderr;
    assertStringIncludes(npmCache("/dev/null"), `cache: ${folder}/clone/node_modules/.npm-cache\n`);
    assertStringIncludes(npmCache(folder), "cache: \n");
  });
});
