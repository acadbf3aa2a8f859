import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { startProgress } from "./progress.ts";
import { recordingTerminal } from "./recording_terminal.ts";

describe("startProgress()", () => {
  it("prints a line for each quarter of each runtime where no terminal watches", () => {
    const terminal = recordingTerminal();
    {
      using progress = startProgress(terminal.err);
      for (let done = 0; done <= 200; done++) {
        progress.show("deno", { done, total: 200, different: done > 100 ? 1 : 0 });
        if (done % 100 === 0) progress.show("bun", { done, total: 200, different: 0 });
      }
    }
    assertEquals(terminal.errText().split("\n").sort(), [
      "",
      "bun: 0% of 200 cases, 0 different",
      "bun: 100% of 200 cases, 0 different",
      "bun: 50% of 200 cases, 0 different",
      "deno: 0% of 200 cases, 0 different",
      "deno: 100% of 200 cases, 1 different",
      "deno: 25% of 200 cases, 0 different",
      "deno: 50% of 200 cases, 0 different",
      "deno: 75% of 200 cases, 1 different",
    ]);
  });

  it("takes a run without cases", () => {
    const terminal = recordingTerminal();
    startProgress(terminal.err).show("bun", { done: 0, total: 0, different: 0 });
    assertEquals(terminal.errText(), "bun: 100% of 0 cases, 0 different\n");
  });
});
