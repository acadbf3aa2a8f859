import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { checkContextOptions, checkError } from "./io_arguments.ts";

const check = (options: object): number => checkContextOptions("op", options);

describe("checkContextOptions()", () => {
  it("gives the size of the buffer", () => {
    assertEquals(check({}), 32768);
    assertEquals(check({ buffer: new Uint8Array(7) }), 7);
    assertEquals(check({ buffer: new Uint8Array(7), bufferSize: 3 }), 3);
    assertEquals(check({ bufferSize: 0, read: () => 0 }), 0);
    assertEquals(check({ bufferSize: 1, writeFlag: true }), 1);
  });

  it("refuses a writer without a buffer, and sizes that are none", () => {
    for (
      const options of [
        { bufferSize: 0, writeFlag: true },
        { buffer: new Uint8Array(0), writeFlag: true },
        { bufferSize: -1 },
        { bufferSize: 2147483648 },
      ]
    ) assertEquals(assertThrows(() => check(options), MediaError).code, "EINVAL");
  });

  it("refuses what has another type", () => {
    for (
      const options of [
        { bufferSize: 0.5 },
        { buffer: [1] },
        { read: null },
        { write: 1 },
        { seek: "x" },
        { writeDataType: {} },
        { writeFlag: 1 },
      ]
    ) assertThrows(() => check(options), TypeError);
  });
});

describe("checkError()", () => {
  it("takes an AVERROR or 0", () => {
    for (const value of [0, -5, -2147483648]) checkError("op", value);
    for (const value of [1, 2147483647, -2147483649]) {
      assertEquals(assertThrows(() => checkError("op", value), MediaError).code, "EINVAL");
    }
    assertThrows(() => checkError("op", 0.5), TypeError);
  });
});
