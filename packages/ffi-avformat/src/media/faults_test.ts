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

describe("damaged media", () => {
  for (const [name, format] of COPIES) {
    it(`leaves nothing behind and ends in errors: ${name}`, () => {
      const { status, output } = runScript(script, [name, format]);
      assertEquals(status, 0, output);
      const { live, bytes, outcomes, grownMegabytes } = JSON.parse(output.trim().split("\n").at(-1)!);
      assertEquals([live, bytes], [0, 0]);
      assert(outcomes["truncated failed"] > 0 && outcomes["thrown"] >= 5, output);
      // A leak of one context a time would be a hundred.
      assert(grownMegabytes < 24, output);
    });
  }
});
