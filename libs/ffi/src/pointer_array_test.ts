import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { addressOf, getPointer, pointerArray, setPointer } from "@mediamem/ffi";

describe("pointerArray()", () => {
  it("holds addresses as C does", () => {
    const array = pointerArray(3);
    array.set(0, 1);
    array.set(2, Number.MAX_SAFE_INTEGER);
    assertEquals([array.get(0), array.get(1), array.get(2)], [1, 0, Number.MAX_SAFE_INTEGER]);
    assertEquals([...array.bytes], [
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      ...Array(8).fill(0),
      ...Array(6).fill(255),
      31,
      0,
    ]);
    assertEquals(array.address, addressOf(array.bytes));
  });

  it("refuses wrong indexes and addresses and writes nothing", () => {
    const array = pointerArray(1);
    for (const index of [-1, 1]) {
      assertEquals(assertThrows(() => array.get(index), MediaError).code, "ERANGE");
      assertEquals(assertThrows(() => array.set(index, 1), MediaError).code, "ERANGE");
    }
    assertThrows(() => array.get(0.3), TypeError);
    for (const address of [-1, 2 ** 53]) {
      assertEquals(assertThrows(() => array.set(0, address), MediaError).code, "ERANGE");
    }
    assertThrows(() => array.set(0, 1.5), TypeError);
    assertEquals(array.get(0), 0);
  });
});

describe("getPointer()", () => {
  it("refuses a value above 2^53", () => {
    const data = new DataView(new ArrayBuffer(8));
    data.setBigUint64(0, 2n ** 53n, true);
    const error = assertThrows(() => getPointer(data, 0), MediaError, "9007199254740992");
    assertEquals(error.code, "ERANGE");
    setPointer(data, 0, 2 ** 53 - 1);
    assertEquals(getPointer(data, 0), 2 ** 53 - 1);
  });
});
