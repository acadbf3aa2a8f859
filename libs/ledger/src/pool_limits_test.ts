import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError, type PoolGetOptions } from "@mediamem/interface";
import { checkHolder, checkPoolGetOptions, checkPoolLimits, type PoolLimits } from "./pool_limits.ts";

describe("checkPoolLimits()", () => {
  it("takes limits in range", () => {
    checkPoolLimits("op", {});
    checkPoolLimits("op", { max: 1, highWater: 1, onHighWater: () => {} });
    checkPoolLimits("op", { max: Infinity, highWater: 1000 });
  });

  it("refuses others", () => {
    for (const name of ["max", "highWater"]) {
      for (const value of [0, -1]) {
        const error = assertThrows(
          () => checkPoolLimits("op", { [name]: value }),
          MediaError,
          `${name} is ${value}`,
        );
        assertEquals(error.code, "EINVAL");
      }
      for (const value of [1.5, NaN, "2", null]) {
        assertThrows(() => checkPoolLimits("op", { [name]: value }), TypeError, `${name} is`);
      }
    }
    assertThrows(() => checkPoolLimits("op", { highWater: Infinity }), TypeError, "highWater is Infinity");
    assertThrows(
      () => checkPoolLimits("op", { onHighWater: 1 as unknown as () => void }),
      TypeError,
      "onHighWater is 1, wanted a function",
    );
    assertThrows(() => checkPoolLimits("op", null as unknown as PoolLimits), TypeError, "options are null");
  });
});

describe("checkHolder()", () => {
  it("takes strings and null", () => {
    checkHolder("op", "decoder");
    checkHolder("op", null);
    for (const holder of [undefined, 1, {}, Symbol("a")]) {
      assertThrows(() => checkHolder("op", holder as string), TypeError, "holder is");
    }
  });
});

describe("checkPoolGetOptions()", () => {
  it("takes what a wait can be", () => {
    const { signal } = new AbortController();
    for (const timeout of [0, 0.5, 2147483647, Infinity]) {
      checkPoolGetOptions("op", { timeout, signal, holder: "" });
    }
    checkPoolGetOptions("op", {});
  });

  it("refuses others", () => {
    for (const timeout of [-1, -Infinity, 2147483648]) {
      const error = assertThrows(
        () => checkPoolGetOptions("op", { timeout }),
        MediaError,
        `timeout is ${timeout}`,
      );
      assertEquals(error.code, "EINVAL");
    }
    for (
      const options of [
        { timeout: NaN },
        { timeout: "5" },
        { timeout: null },
        { signal: {} },
        { signal: null },
        { holder: 5 },
        { holder: null },
        5,
        null,
      ]
    ) {
      assertThrows(
        () => checkPoolGetOptions("op", options as unknown as PoolGetOptions),
        TypeError,
        "Cannot call op",
      );
    }
  });
});
