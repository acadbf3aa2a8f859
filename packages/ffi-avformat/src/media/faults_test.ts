import { fileURLToPath } from "node:url";
import { describe } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { itUnless, runScript } from "@mediamem/testing";
import { missingMedia } from "./tested_media.ts";

const it = itUnless(missingMedia());
const script = fileURLToPath(new URL("testdata/faults.ts", import.meta.url));

const COPIES: readonly (readonly [name: string, format: string])[] = [
  ["last.mp4", "mp4"],
  ["first.mp4", "matroska"],
  ["fragmented.mp4", "mp4"],
  ["media.mkv", "matroska"],
  ["media.ts", "matroska"],
  ["sound.wav", "wav"],
];

/** What must have happened at least so many times, by the kind of damage. */
const WANTED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  truncated: { "truncated failed": 1 },
  flipped: {},
  sources: { "failing failed": 4, "endless failed": 1, thrown: 5 },
  opens: {},
};

describe("damaged media", () => {
  for (const [name, format] of COPIES) {
    for (const [part, wanted] of Object.entries(WANTED)) {
      it(`leaves nothing behind and ends in errors: ${name}, ${part}`, () => {
        const { status, output } = runScript(script, [name, format, part]);
        assertEquals(status, 0, output);
        const { live, bytes, outcomes } = JSON.parse(output.trim().split("\n").at(-1)!);
        assertEquals([live, bytes], [0, 0]);
        for (const [outcome, times] of Object.entries(wanted)) assert(outcomes[outcome] >= times, output);
        // A leak of one context a time would be thirty.
        if (part === "opens") assert(outcomes.grownMegabytes < 20, output);
      }, 60_000);
    }
  }
});
