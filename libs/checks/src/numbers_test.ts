import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { checkAddress, checkByteCount, checkInt, checkInteger, checkUnsigned, show } from "@mediamem/checks";

describe("checkInt()", () => {
  it("takes every value of a C int", () => {
    for (const value of [-2147483648, -1, 0, -0, 1, 2147483647]) checkInt("op", "x", value);
  });

  it("throws a TypeError for what is no integer", () => {
    for (const value of [NaN, Infinity, 1.5, "1", null, undefined, {}, 2 ** 60, 1n]) {
      assertThrows(() => checkInt("av_x", "width", value as number), TypeError, "width is");
    }
  });

  it("throws EINVAL beyond a C int", () => {
    for (const value of [2147483648, -2147483649]) {
      const error = assertThrows(() => checkInt("av_x", "width", value), MediaError, String(value));
      assertEquals([error.code, error.op, error.averror], ["EINVAL", "av_x", -22]);
    }
  });
});

describe("checkUnsigned()", () => {
  it("takes 0 to 2^32 - 1 and refuses the neighbours", () => {
    checkUnsigned("op", "x", 0);
    checkUnsigned("op", "x", 4294967295);
    assertThrows(() => checkUnsigned("op", "x", -1), MediaError, "-1");
    assertThrows(() => checkUnsigned("op", "x", 4294967296), MediaError, "4294967296");
    assertThrows(() => checkUnsigned("op", "x", 0.5), TypeError, "0.5");
  });
});

describe("checkInteger()", () => {
  it("takes safe integers only", () => {
    checkInteger("op", "x", Number.MAX_SAFE_INTEGER);
    assertThrows(() => checkInteger("op", "x", Number.MAX_SAFE_INTEGER + 1), TypeError);
  });
});

describe("show()", () => {
  it("shows values as a reader would write them", () => {
    assertEquals(
      ["a", 1n, null, undefined, 1.5, new Uint8Array(3), {}, [], () => 1].map(show),
      ['"a"', "1n", "null", "undefined", "1.5", "Uint8Array(3 bytes)", "Object", "Array", "a function"],
    );
  });
});

describe("checkAddress()", () => {
  it("takes NULL and what leaves room for a picture below 2^53", () => {
    checkAddress("op", "address", 0);
    checkAddress("op", "address", Number.MAX_SAFE_INTEGER - 2147483647);
    assertThrows(() => checkAddress("op", "address", -1), MediaError, "-1");
    assertThrows(() => checkAddress("op", "address", Number.MAX_SAFE_INTEGER - 2147483646), MediaError);
    assertThrows(() => checkAddress("op", "address", 0.5), TypeError, "0.5");
  });
});

describe("checkByteCount()", () => {
  it("refuses what a number cannot hold", () => {
    checkByteCount("op", "plane 0", Number.MAX_SAFE_INTEGER);
    assertThrows(() => checkByteCount("op", "plane 0", 2 ** 53), MediaError, "9007199254740992 bytes");
  });
});
