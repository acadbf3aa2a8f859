import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { loggedBytes } from "./garbage.ts";

describe("loggedBytes()", () => {
  it("adds up what was allocated between the two lines", () => {
    const line = (bytes: number): string =>
      `Requesting GC because bytes allocated this cycle: ${bytes} exceed bytes allowed: 8 normal bytes: ${bytes}\n`;
    assertEquals(loggedBytes(`${line(1)}warm\n${line(20)}GC END!\n${line(300)}done 0\n${line(4000)}`), 320);
    assertEquals(loggedBytes(`${line(1)}warm\ndone 0\n`), 0);
    assertEquals(loggedBytes(""), 0);
  });
});
