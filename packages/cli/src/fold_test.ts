import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { fold } from "./fold.ts";

describe("fold()", () => {
  it("breaks between words", () => {
    assertEquals(fold("one two three", 7), ["one two", "three"]);
    assertEquals(fold("one two three", 6), ["one", "two", "three"]);
    assertEquals(fold("one two\nthree", 80), ["one two", "three"]);
    assertEquals(fold("one two three", Infinity), ["one two three"]);
  });

  it("never breaks a word, because paths are copied", () => {
    assertEquals(fold("in /usr/lib/x86_64-linux-gnu now", 8), ["in", "/usr/lib/x86_64-linux-gnu", "now"]);
  });
});
