import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import type { Reference } from "../../model.ts";
import { ofOtherMajor, olderThan } from "./versions.ts";

function reference(version: string | null): Reference {
  return {
    id: "avutil",
    library: { name: "libavutil", version: version ?? "0.1.0", path: null, abi: null },
    major: version === null ? null : Number.parseInt(version),
    formats: new Set(),
  };
}

describe("olderThan()", () => {
  it("compares the major first, then the minor", () => {
    const older = (version: string): boolean => olderThan(reference(version), 58, 33);
    assertEquals(["57.99.100", "58.32.100", "58.33.100", "59.8.100"].map(older), [true, true, false, false]);
  });

  it("is false for TypeScript", () => {
    assertEquals(olderThan(reference(null), 58, 33), false);
  });
});

describe("ofOtherMajor()", () => {
  it("knows its own major, and TypeScript all of them", () => {
    assertEquals([57, 58].map((major) => ofOtherMajor(reference("57.28.100"), major)), [false, true]);
    assertEquals(ofOtherMajor(reference(null), 57), false);
  });
});
