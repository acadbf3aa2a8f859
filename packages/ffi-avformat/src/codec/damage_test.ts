import { fileURLToPath } from "node:url";
import { describe } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { itUnless, runScript } from "@mediamem/testing";
import { missingEncoder } from "./tested_codecs.ts";

const script = fileURLToPath(new URL("testdata/damage.ts", import.meta.url));

describe("damaged packets", () => {
  for (
    const [encoder, ending] of [
      ["libx264", "mkv"],
      ["mpeg4", "avi"],
      ["libvpx-vp9", "webm"],
      ["ffv1", "mkv"],
      ["png", "mov"],
      ["aac", "mp4"],
      ["flac", "flac"],
    ] as const
  ) {
    for (const threads of [1, 2]) {
      itUnless(missingEncoder(encoder))(`leave nothing behind: ${encoder}, ${threads} threads`, () => {
        const { status, output } = runScript(script, [encoder, ending, String(threads)]);
        assertEquals(status, 0, output);
        const { alive, frames, failures, logged } = JSON.parse(output.trim().split("\n").at(-1)!);
        assertEquals(alive, [0, 0, 0, 0]);
        assert(frames > 0, output);
        if (encoder !== "mpeg4") assert(failures > 0, output);
        // A thread that logged into JavaScript would never come back.
        if (threads > 1) assertEquals(logged, 0);
        if (threads === 1 && failures > 0) assert(logged > 0, output);
      }, 60_000);
    }
  }
});
