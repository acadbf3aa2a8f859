/**
 * The programs of `misuse/`, each a process of its own on every backend that this machine has: each must end in its own error, with the
 * sites that lead to the mistake, and never in a crash or in silence.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "@mediamem/ffi-avutil";
import { MediaError } from "@mediamem/interface";
import type { Ending } from "./misuse/mistake.ts";

const folder = fileURLToPath(new URL("misuse/", import.meta.url));

/** What a program must end in, and the words that its message must have: sites by the names of their functions. */
const ENDINGS: Readonly<Record<string, readonly [code: string, ...words: string[]]>> = {
  double_free: ["DOUBLE_FREE", "taken at takeBlock", "given back at giveBack"],
  read_after_free: ["USE_AFTER_FREE", "taken at takeBlock", "given back at giveBack"],
  write_after_free: ["USE_AFTER_FREE", "taken at takeBlock", "given back at giveBack"],
  realloc_after_free: ["USE_AFTER_FREE", "taken at takeBlock", "given back at giveBack"],
  view_of_freed: ["USE_AFTER_FREE", "taken at takeBlock", "given back at giveBack"],
  write_past_the_end: ["EINVAL", "99 bytes"],
  read_before_the_start: ["WRONG_OWNER"],
  free_inside: ["WRONG_OWNER"],
  wrong_pair: ["WRONG_OWNER"],
  unref_past_zero: ["DOUBLE_FREE", "taken at takeReference", "given back at giveBack"],
  data_after_unref: ["USE_AFTER_FREE", "taken at takeReference", "given back at giveBack"],
  use_after_take: ["USE_AFTER_FREE", "taken"],
  create_of_detached: ["USE_AFTER_FREE"],
  foreign_pool: ["WRONG_OWNER", "pool"],
  pool_after_uninit: ["USE_AFTER_FREE", "uninit"],
  pool_uninit_twice: ["DOUBLE_FREE", "uninit"],
  returned_buffer: ["USE_AFTER_FREE", "taken at takeBuffer", "given back at giveBack"],
  pool_exhausted: ["EAGAIN", "the decoder", "takeBuffer"],
  budget: ["OVER_BUDGET", "takeMuch", "700", "1000"],
  leak: ["LEAKED", "forgetBlock", "forgetReference", "700", "300"],
  wrong_cell: ["EINVAL"],
  copy_across_blocks: ["EINVAL"],
  frame_free_twice: ["DOUBLE_FREE", "taken at takeFrame", "given back at giveBack"],
  frame_planes_after_unref: ["USE_AFTER_FREE", "given back at giveBack"],
  frame_buffer_twice: ["EINVAL"],
  stale_handle: ["USE_AFTER_FREE"],
  unsafe_release_twice: ["DOUBLE_FREE"],
  heap_overrun: ["CORRUPTED", "100 bytes", "1 byte past its end"],
  arena_scope_order: ["EINVAL"],
  arena_overflow: ["ENOMEM", "3000"],
  two_cells: ["DOUBLE_FREE", "taken at takeBlock", "given back at giveBack"],
  free_after_realloc: ["DOUBLE_FREE", "taken at takeBlock", "given back at moveBlock"],
  replace_by_dead: ["USE_AFTER_FREE", "taken at takeReference", "given back at giveBack"],
  narrow_past_the_end: ["EINVAL", "51 bytes from 50"],
  unref_in_free: ["DOUBLE_FREE", "taken", "given back"],
  get_in_allocate: ["LOCKED"],
  block_of_another: ["WRONG_OWNER", "block of 100 bytes", "somebody else"],
  overrun_of_a_block: ["CORRUPTED", "1 byte past its end", "taken at takeBlock"],
  late_write_in_quarantine: ["CORRUPTED", "its byte 7 is 0x00"],
  arena_without_storage: ["CORRUPTED", "0 bytes", "4096"],
  pooled_frame_twice: ["DOUBLE_FREE", "taken at takeFrame", "given back at giveBack"],
};

/** Mistakes with what only TypeScript has. */
const CORE_ONLY: ReadonlySet<string> = new Set([
  "stale_handle",
  "unsafe_release_twice",
  "heap_overrun",
  "arena_scope_order",
  "arena_overflow",
  "block_of_another",
  "overrun_of_a_block",
  "late_write_in_quarantine",
  "arena_without_storage",
  "pooled_frame_twice",
]);

function missingLibrary(): string | null {
  try {
    loadAvutil()[Symbol.dispose]();
    return null;
  } catch (error) {
    if (error instanceof MediaError && error.code === "LIBRARY_MISSING") return "there is no libavutil";
    throw error;
  }
}

/** Runs a program on this very runtime. */
function run(program: string, backend: string): Ending {
  const runner = "Bun" in globalThis ? [] : ["run", "-A", "--no-check", "--quiet"];
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [...runner, `${folder}${program}.ts`, backend],
    { encoding: "utf8" },
  );
  assertEquals(
    [status, signal, stderr],
    [0, null, ""],
    `${program} on ${backend} did not end as a program should`,
  );
  return JSON.parse(stdout);
}

describe("the programs of misuse/", () => {
  it("are all listed here", () => {
    const programs = readdirSync(folder).filter((file) => file !== "mistake.ts").map((file) =>
      file.slice(0, -3)
    );
    assertEquals(programs.sort(), Object.keys(ENDINGS).sort());
  });
});

const missing = missingLibrary();
for (const backend of ["core-ts", "avutil"]) {
  describe(`a deliberate mistake on ${backend}`, () => {
    for (const [program, [code, ...words]] of Object.entries(ENDINGS)) {
      if (backend !== "core-ts" && CORE_ONLY.has(program)) continue;
      itUnless(backend === "avutil" ? missing : null)(`${program} ends in ${code}`, () => {
        const ending = run(program, backend);
        assertEquals(ending.code, code, ending.message);
        for (const word of words) assertStringIncludes(ending.message, word);
      });
    }
  });
}
