import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { byteLengthOf, kindOf, lengthOf } from "./typed_array.ts";

describe("lengthOf(), byteLengthOf() and kindOf()", () => {
  it("believe the array and not what was put before it", () => {
    const samples = new Uint16Array(5);
    Object.defineProperty(samples, "length", { value: 1e9 });
    Object.defineProperty(samples, "byteLength", { value: 0 });
    Object.setPrototypeOf(samples, Uint32Array.prototype);
    assertEquals([lengthOf(samples), byteLengthOf(samples), kindOf(samples)], [5, 10, "Uint16Array"]);
  });

  it("know a typed array from what only looks like one", () => {
    for (
      const value of [new Proxy(new Uint8Array(1), {}), Object.create(Uint8Array.prototype), null, 1, []]
    ) {
      assertEquals(kindOf(value), undefined);
    }
    assertEquals(kindOf(new (class Frame extends Uint8Array {})(3)), "Uint8Array");
  });
});
