import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { addressOf, cString, readCString, stable } from "@mediamem/ffi";

describe("cString()", () => {
  it("ends with a NUL and comes back from its address", () => {
    for (const text of ["", "yuv420p", "Bjørn 🎬", "a".repeat(5000)]) {
      const bytes = cString(text);
      assertEquals(bytes.at(-1), 0);
      assertEquals(readCString(addressOf(bytes)), text);
    }
  });

  it("refuses a NUL inside, which C would cut off, and other values", () => {
    assertThrows(() => cString("yuv\x00420p"), TypeError, "without NUL");
    for (const value of [null, undefined, 5, {}]) assertThrows(() => cString(value as string), TypeError);
  });
});

describe("readCString()", () => {
  it("gives null for NULL", () => {
    assertEquals(readCString(0), null);
  });

  it("replaces bytes that are no UTF-8", () => {
    const bytes = stable(3);
    bytes.set([200, 65]);
    assertEquals(readCString(addressOf(bytes)), "\ufffdA");
  });

  it("refuses what is no address", () => {
    assertEquals(assertThrows(() => readCString(-1), MediaError).code, "ERANGE");
    for (const address of [1, 4095]) {
      assertEquals(assertThrows(() => readCString(address), MediaError).code, "EINVAL");
    }
    assertThrows(() => readCString(0.5), TypeError);
  });
});
