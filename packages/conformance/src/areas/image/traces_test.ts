import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import type { Backend, ImageAllocation } from "@mediamem/interface";
import { Answer } from "../../answer.ts";
import type { Operation } from "../../model.ts";
import { alloc, copy, copyToBuffer, fillBlack, free, readLine } from "./trace_operations.ts";
import { traceTests } from "./traces.ts";

const core = createCore();
const [pictures, color] = traceTests;

/** The words that a trace answers with, one an operation. */
function words(operations: readonly Operation[]): readonly string[] {
  const out = new Answer();
  pictures!.play(core, operations, out);
  return [...out.texts.values()];
}

/** A backend that keeps an account of its pictures. */
function watched(): { backend: Backend; live: Set<ImageAllocation> } {
  const live = new Set<ImageAllocation>();
  const allocImage: typeof core.image.allocImage = (...args) => {
    const made = core.image.allocImage(...args);
    const free = (): void => {
      made.free();
      live.delete(picture);
    };
    const { size, address, planes } = made;
    const picture: ImageAllocation = {
      size,
      address,
      planes,
      get memory(): Uint8Array {
        return made.memory;
      },
      free,
      [Symbol.dispose]: free,
    };
    live.add(picture);
    return picture;
  };
  return { backend: { ...core, image: { ...core.image, allocImage } }, live };
}

describe("traceTests", () => {
  const picture = alloc(0, "gray", 5, 3, 1);

  it("tells a second free and a use after a free by their codes", () => {
    assertEquals(words([picture, free(0), free(0)]), ["ok", "ok", "DOUBLE_FREE"]);
    for (const late of [fillBlack(0, "tv"), readLine(0, 0, 0, 0, 5), copyToBuffer(0, 1)]) {
      assertEquals(words([picture, late, free(0), late]), ["ok", "ok", "ok", "USE_AFTER_FREE"]);
    }
  });

  it("goes on after an error, and after a place that holds nothing", () => {
    const tooFar = readLine(0, 0, 0, 3, 5);
    assertEquals(words([free(0), picture, tooFar, copy(0, 1, false), free(0)]), [
      "empty",
      "ok",
      "EINVAL",
      "empty",
      "ok",
    ]);
  });

  it("refuses an operation that it does not know, on which both sides would agree", () => {
    for (const left of [[], [alloc(0, "gray", 4, 4, 1)]]) {
      assertThrows(() => words([...left, { op: "boom", at: 0 }]), Error, "op is boom");
    }
  });

  it("frees what a trace left, also what a later picture replaced", () => {
    for (const test of [pictures!, color!]) {
      const { backend, live } = watched();
      const random = Array.from({ length: 200 }, (_, run) => test.random.trace(1, run));
      for (const operations of [...Object.values(test.named), ...random]) {
        test.play(backend, operations, new Answer());
        assertEquals(live.size, 0);
      }
    }
  });

  it("answers each trace in the same way twice, whatever the memory held before", () => {
    for (let run = 0; run < 100; run++) {
      const operations = pictures!.random.trace(2, run);
      const [first, second] = [new Answer(), new Answer()];
      pictures!.play(core, operations, first);
      pictures!.play(core, operations, second);
      assert(first.equals(second));
    }
  });

  it("turns a picture upside down and back", () => {
    const out = new Answer();
    pictures!.play(core, pictures!.named["flip-twice"]!, out);
    const straight = new Answer();
    pictures!.play(core, [alloc(0, "yuv422p", 7, 5, 16), copyToBuffer(0, 1)], straight);
    // The hash of the buffer stands before its length, which is last.
    assertEquals(out.numbers[out.length - 2], straight.numbers[straight.length - 2]);
  });
});
