import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { assertInUse, codeOf, testedMemory } from "./testdata/tested_memory_test.ts";

describe("memory.allocPacketData()", () => {
  it("gives the size and 64 zeroes behind it", () => {
    for (const size of [0, 1, 64, 1001]) {
      const tested = testedMemory();
      const { memory } = tested;
      const dirty = memory.malloc(size + 64);
      memory.write(dirty, new Uint8Array(size + 64).fill(255));
      memory.free(dirty);
      const address = memory.allocPacketData(size);
      assertEquals(address, dirty);
      assertEquals(memory.read(address + size, 64), new Uint8Array(64));
      assertInUse(tested, 1, size + 64);
    }
  });

  it("counts the padding to the cap", () => {
    const tested = testedMemory();
    tested.memory.maxAlloc(100);
    assertEquals(codeOf(() => tested.memory.allocPacketData(37)), "ENOMEM");
    tested.memory.allocPacketData(36);
    assertInUse(tested, 1, 100);
  });

  it("refuses packets of which C's int does not hold the size with the padding", () => {
    const tested = testedMemory();
    for (const size of [2147483647 - 64, 2147483647, 2 ** 40, -1]) {
      assertEquals(codeOf(() => tested.memory.allocPacketData(size)), "EINVAL");
    }
    assertEquals(codeOf(() => tested.memory.allocPacketData(2147483647 - 65)), "ENOMEM");
    assertEquals(codeOf(() => tested.memory.allocPacketData(0.5)), "TypeError");
    assertInUse(tested, 0, 0);
  });
});
