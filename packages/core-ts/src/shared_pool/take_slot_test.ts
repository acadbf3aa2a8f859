import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { SharedBufferPool } from "@mediamem/core-ts/buffers";

describe("how long to wait for a slot", () => {
  // Who takes the timeout for the argument itself must not wait for ever.
  it("is an object, not the timeout itself", async () => {
    const pool = SharedBufferPool.create({ size: 1, slots: 1 });
    for (const options of [5, null]) {
      assertThrows(
        () => pool.take(options as never),
        TypeError,
        `options are ${options}, wanted { timeout }`,
      );
      await assertRejects(
        () => pool.takeAsync(options as never),
        TypeError,
        `options are ${options}, wanted { timeout, signal }`,
      );
    }
    assertEquals(pool.stats(), { slots: 1, free: 1, taken: 0, waits: 0 });
  });
});
