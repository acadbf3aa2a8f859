import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { ADDRESS_ALIGN, reserveAddresses } from "./address_space.ts";

describe("reserveAddresses()", () => {
  it("never gives an address twice, nor one that a heap may have", () => {
    let end = 2 ** 32 - 1;
    for (const size of [0, 1, 63, 64, 65, 0, 2147483647, 4294967296, 1]) {
      const address = reserveAddresses(size);
      assertEquals(address > end, true, "the byte behind an allocation belongs to nobody");
      assertEquals(address % ADDRESS_ALIGN, 0);
      end = address + size;
    }
  });
});
