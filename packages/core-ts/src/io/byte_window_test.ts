import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ByteWindow } from "./byte_window.ts";

/** All that a window keeps. */
function kept(window: ByteWindow): number[] {
  const bytes = new Uint8Array(window.end - window.start + 1);
  return [...bytes.subarray(0, window.copy(bytes, window.start))];
}

describe("a window", () => {
  it("keeps the last bytes, as many as it may", () => {
    const window = new ByteWindow(5, 100);
    assertEquals([window.start, window.end, kept(window)], [100, 100, []]);
    window.push(Uint8Array.of(1, 2, 3));
    assertEquals([window.start, window.end, kept(window)], [100, 103, [1, 2, 3]]);
    window.push(Uint8Array.of(4, 5, 6, 7));
    assertEquals([window.start, window.end, kept(window)], [102, 107, [3, 4, 5, 6, 7]]);
    window.push(Uint8Array.of(8, 9, 10, 11, 12, 13, 14));
    assertEquals([window.start, window.end, kept(window)], [109, 114, [10, 11, 12, 13, 14]]);
  });

  it("keeps nothing where it may keep nothing", () => {
    const window = new ByteWindow(0, 0);
    window.push(Uint8Array.of(1, 2, 3));
    assertEquals([window.start, window.end, kept(window)], [3, 3, []]);
  });

  it("gives what was pushed from any position, in any pieces", () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 });
    fc.assert(fc.property(fc.integer({ min: 0, max: 50 }), chunks, (limit, pushed) => {
      const window = new ByteWindow(limit, 7);
      const all: number[] = [];
      for (const chunk of pushed) {
        window.push(chunk);
        all.push(...chunk);
        assertEquals(window.end, 7 + all.length);
        assertEquals(window.end - window.start, Math.min(all.length, limit));
        assertEquals(kept(window), all.slice(window.start - 7));
        const middle = (window.start + window.end) >> 1;
        const into = new Uint8Array(3);
        const count = window.copy(into, middle);
        assertEquals([...into.subarray(0, count)], all.slice(middle - 7, middle - 7 + 3));
      }
    }));
  });

  it("takes no more memory than it may keep, and no more than it was given", () => {
    const { Uint8Array: Original } = globalThis;
    let largest = 0;
    globalThis.Uint8Array = new Proxy(Original, {
      construct: (target, [length]) => {
        largest = Math.max(largest, length);
        return new target(length);
      },
    });
    try {
      const window = new ByteWindow(1 << 30, 0);
      window.push(new Original(1000));
      assert(largest <= 2000);
      const small = new ByteWindow(5000, 0);
      for (let i = 0; i < 1000; i++) small.push(new Original(999));
      assertEquals(largest, 5000);
    } finally {
      globalThis.Uint8Array = Original;
    }
  });
});
