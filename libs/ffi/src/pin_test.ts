import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { addressOf, memory, pin, stable } from "@mediamem/ffi";

describe("pin()", () => {
  it("gives an address that shows the same bytes, for small arrays too", () => {
    for (const view of [stable(3), new Uint8Array(3), new Uint8Array(5000)]) {
      using lent = pin(view);
      void view.buffer;
      view[2] = 42;
      const native = memory(lent.address, view.length);
      assertEquals(native.bytes[2], 42);
      native.revoke();
    }
  });

  it("keeps the memory when nothing else references it", () => {
    const pins = Array.from({ length: 200 }, (_, i) => pin(stable(512).fill(i)));
    for (let i = 0; i < 20_000; i++) stable(512).fill(255);
    for (const [i, lent] of pins.entries()) {
      const native = memory(lent.address, 512);
      assert(native.bytes.every((byte) => byte === i));
      native.revoke();
      lent.release();
    }
  });

  it("is released once", () => {
    const lent = pin(stable(1));
    lent.release();
    assertEquals(assertThrows(() => lent.release(), MediaError).code, "DOUBLE_FREE");
    lent[Symbol.dispose]();
  });

  it("refuses detached memory and other values, and gives NULL for an empty view", () => {
    const gone = new Uint8Array(8);
    gone.buffer.transfer(0);
    assertEquals(assertThrows(() => pin(gone), MediaError).code, "USE_AFTER_FREE");
    for (const value of [null, 5, {}, new ArrayBuffer(8), new DataView(new ArrayBuffer(8))]) {
      assertThrows(() => addressOf(value as Uint8Array), TypeError);
    }
    using empty = pin(stable(0));
    assertEquals(empty.address, 0);
  });
});
