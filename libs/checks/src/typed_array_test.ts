import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStrictEquals } from "@std/assert";
import { bufferOfArray, byteLengthOf, byteOffsetOf, kindOf, lengthOf } from "./typed_array.ts";

describe("what is read of a typed array", () => {
  it("is the array's own, not what was put before it", () => {
    const samples = new Uint16Array(5);
    Object.defineProperty(samples, "length", { value: 1e9 });
    Object.defineProperty(samples, "byteLength", { value: 0 });
    Object.setPrototypeOf(samples, Uint32Array.prototype);
    assertEquals([lengthOf(samples), byteLengthOf(samples), kindOf(samples)], [5, 10, "Uint16Array"]);
  });

  it("finds its place in its buffer whatever was put before it", () => {
    const buffer = new ArrayBuffer(20);
    const samples = new Uint16Array(buffer, 6, 5);
    Object.defineProperty(samples, "byteOffset", { value: 0 });
    Object.defineProperty(samples, "buffer", { value: new ArrayBuffer(1000) });
    assertStrictEquals(bufferOfArray(samples), buffer);
    assertEquals(byteOffsetOf(samples), 6);
  });

  it("tells a typed array from what only looks like one", () => {
    for (
      const value of [new Proxy(new Uint8Array(1), {}), Object.create(Uint8Array.prototype), null, 1, []]
    ) {
      assertEquals(kindOf(value), undefined);
    }
    assertEquals(kindOf(new (class Frame extends Uint8Array {})(3)), "Uint8Array");
  });
});
