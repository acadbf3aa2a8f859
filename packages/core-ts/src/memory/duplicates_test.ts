import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { assertInUse, codeOf, testedMemory } from "./testdata/tested_memory_test.ts";

const utf8 = (text: string): number[] => [...new TextEncoder().encode(text)];

describe("memory.memdup()", () => {
  it("copies the bytes, also of a part of a buffer and of none", () => {
    const tested = testedMemory();
    const { memory } = tested;
    const bytes = Uint8Array.from({ length: 77 }, (_, i) => i);
    assertEquals(memory.read(memory.memdup(bytes), 77), bytes);
    assertEquals(memory.read(memory.memdup(bytes.subarray(3, 20)), 17), bytes.slice(3, 20));
    const empty = memory.memdup(bytes.subarray(5, 5));
    assertEquals([empty === 0, memory.read(empty, 0).length], [false, 0]);
    assertInUse(tested, 3, 94);
  });

  it("gives 0 for null", () => {
    const tested = testedMemory();
    assertEquals(tested.memory.memdup(null), 0);
    assertInUse(tested, 0, 0);
  });

  it("copies bytes of its own heap, which grows on the way", () => {
    for (
      const storage of [
        new WebAssembly.Memory({ initial: 1 }),
        new ArrayBuffer(65536, { maxByteLength: 1 << 20 }),
      ]
    ) {
      const tested = testedMemory({ storage });
      const { memory } = tested;
      const source = memory.malloc(40001);
      memory.write(source, new Uint8Array(40001).fill(9));
      assertEquals(
        memory.read(memory.memdup(memory.unsafeView(source, 40001)), 40001),
        new Uint8Array(40001).fill(9),
      );
      assertInUse(tested, 2, 80002);
    }
  });

  it("refuses what are no bytes, and bytes that were taken away", () => {
    const tested = testedMemory();
    const gone = new Uint8Array(5);
    gone.buffer.transfer();
    assertEquals(codeOf(() => tested.memory.memdup(gone)), "USE_AFTER_FREE");
    for (const wrong of [undefined, [1], "abc", new ArrayBuffer(5), new Uint16Array(5)]) {
      assertEquals(codeOf(() => tested.memory.memdup(wrong as unknown as Uint8Array)), "TypeError");
    }
    assertInUse(tested, 0, 0);
  });

  it("believes a typed array about its length, not what was put before it", () => {
    const tested = testedMemory();
    const bytes = new Uint8Array([1, 2, 3]);
    Object.defineProperty(bytes, "length", { value: 1000 });
    assertEquals([...tested.memory.read(tested.memory.memdup(bytes), 3)], [1, 2, 3]);
    assertInUse(tested, 1, 3);
  });
});

describe("memory.strdup()", () => {
  it("writes UTF-8 and a zero", () => {
    const tested = testedMemory();
    const { memory } = tested;
    let total = 0;
    // A lone surrogate becomes what TextEncoder makes of it.
    const texts = ["", "a", "grün", "\u65e5\u672c\u8a9e", "\ud83c\udfac", "a\ud800b", "x".repeat(301)];
    for (const [i, text] of texts.entries()) {
      const length = utf8(text).length + 1;
      const address = memory.strdup(text);
      assertEquals([...memory.read(address, length)], [...utf8(text), 0]);
      assertInUse(tested, i + 1, total += length);
    }
    assertEquals(memory.strdup(null), 0);
  });

  it("counts the zero to the cap", () => {
    const tested = testedMemory();
    const { memory } = tested;
    memory.maxAlloc(5);
    memory.free(memory.strdup("abcd"));
    assertEquals(codeOf(() => memory.strdup("abcde")), "ENOMEM");
    memory.maxAlloc(0);
    assertEquals(codeOf(() => memory.strdup("")), "ENOMEM");
    assertInUse(tested, 0, 0);
  });

  it("refuses a zero in the text, and what is none", () => {
    const tested = testedMemory();
    for (const text of ["\0", "a\0b", "ab\0"]) {
      assertEquals(codeOf(() => tested.memory.strdup(text)), "EINVAL");
      assertEquals(codeOf(() => tested.memory.strndup(text, 1)), "EINVAL");
    }
    for (const wrong of [undefined, 5, {}, new Uint8Array(3)]) {
      assertEquals(codeOf(() => tested.memory.strdup(wrong as string)), "TypeError");
      assertEquals(codeOf(() => tested.memory.strndup(wrong as string, 1)), "TypeError");
    }
    assertInUse(tested, 0, 0);
  });
});

describe("memory.strndup()", () => {
  it("ends after so many bytes, also inside a character", () => {
    const tested = testedMemory();
    const { memory } = tested;
    for (const text of ["", "hello", "gr\u00fcn", "\u65e5\u672c\u8a9e"]) {
      for (const length of [0, 1, 2, 3, 4, 5, 100, Number.MAX_SAFE_INTEGER]) {
        const wanted = [...utf8(text).slice(0, length), 0];
        const address = memory.strndup(text, length);
        assertEquals([...memory.read(address, wanted.length)], wanted);
        assertInUse(tested, 1, wanted.length);
        memory.free(address);
      }
    }
    assertEquals(memory.strndup(null, 5), 0);
  });

  it("refuses what is no length", () => {
    const tested = testedMemory();
    assertEquals(codeOf(() => tested.memory.strndup("abc", -1)), "EINVAL");
    assertEquals(codeOf(() => tested.memory.strndup("abc", 0.5)), "TypeError");
    assertEquals(codeOf(() => tested.memory.strndup(null, -1)), "EINVAL");
    assertInUse(tested, 0, 0);
  });
});
