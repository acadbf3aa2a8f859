import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { closest, didYouMean } from "./closest.ts";

const NAMES = ["yuv420p", "yuv422p", "yuv420p10le", "nv12", "nv21", "rgb24", "gray"];

describe("closest()", () => {
  it("finds what a slip of the hand meant", () => {
    assertEquals(closest("yuv402p", NAMES)[0], "yuv420p");
    assertEquals(closest("YUV420P", NAMES)[0], "yuv420p");
    assertEquals(closest("rbg24", NAMES), ["rgb24"]);
    assertEquals(closest("grey", NAMES), ["gray"]);
    assertEquals(closest("nv13", NAMES)[0], "nv12");
  });

  it("finds longer names by how they begin", () => {
    assertEquals(closest("yuv420p1", NAMES).includes("yuv420p10le"), true);
  });

  it("finds nothing where nothing is near", () => {
    for (const word of ["", "x", "helicopter", "y".repeat(5000)]) assertEquals(closest(word, NAMES), []);
  });

  it("gives as many as were asked for", () => {
    assertEquals(closest("yuv42xp", NAMES, 1).length, 1);
  });
});

describe("didYouMean()", () => {
  it("makes a question of it", () => {
    assertEquals(didYouMean("rbg24", NAMES), "Did you mean rgb24?");
    assertEquals(didYouMean("nv13", NAMES), "Did you mean nv12 or nv21?");
    assertEquals(didYouMean("helicopter", NAMES), undefined);
  });
});
