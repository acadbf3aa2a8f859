import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { Answer } from "../../answer.ts";
import type { Point } from "../../model.ts";
import { memoryKnown } from "./known.ts";

const [clamp] = memoryKnown;

function old(point: Point): string | null {
  const out = new Answer();
  return clamp!.expected("memory/fast", point, 56, new Answer(), out) ? String(out) : null;
}

describe("memoryKnown", () => {
  it("is what libavutil 56 answers: it fails where what it would like to have is beyond the cap", () => {
    assertEquals(old(["fastMalloc", 90, 0, 100]), "ok 0 0 ENOMEM 0 0");
    assertEquals(old(["fastMalloc", 64, 0, 100]), "ok 0 0 ok 1 100");
    assertEquals(old(["fastMalloc", 65, 10, 100]), "ok 1 42 ENOMEM 0 0");
    assertEquals(old(["fastMalloc", 40, 10, 100]), "ok 1 42 ok 1 42");
    assertEquals(old(["fastMallocz", 1, 0, 100])?.startsWith("ok 0 0 ok 1 33 "), true);
  });

  it("is nothing about av_fast_realloc", () => {
    assertEquals(old(["fastRealloc", 90, 0, 100]), null);
  });
});
