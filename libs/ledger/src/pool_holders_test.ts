import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { groupHolders, poolHoldersText } from "./pool_holders.ts";

const site = ["main (/a.ts:1:2)", "<anonymous> (/a.ts:3:4)"];

describe("groupHolders()", () => {
  it("puts one holder at one place together, most first", () => {
    const tickets = [
      { holder: "decoder", site: null },
      { holder: null, site },
      { holder: "decoder", site: null },
      { holder: "decoder", site },
      { holder: null, site: null },
      { holder: "null", site: null },
    ];
    assertEquals(groupHolders(tickets, 2), [
      { holder: null, site: null, count: 3 },
      { holder: "decoder", site: null, count: 2 },
      { holder: null, site, count: 1 },
      { holder: "decoder", site, count: 1 },
      { holder: "null", site: null, count: 1 },
    ]);
    assertEquals(groupHolders([], 0), []);
  });
});

describe("poolHoldersText()", () => {
  it("names who is known, and says how to know the others", () => {
    assertEquals(
      poolHoldersText([
        { holder: "decoder", site: null, count: 3 },
        { holder: null, site: null, count: 2 },
        { holder: null, site, count: 1 },
        { holder: "encoder", site, count: 1 },
      ]),
      "3 by decoder, 2 unnamed (name them, or turn tracing on), 1 at main (/a.ts:1:2), " +
        "1 by encoder at main (/a.ts:1:2)",
    );
  });

  it("names five and counts the rest", () => {
    const holders = [..."abcdefg"].map((holder) => ({ holder, site: null, count: 2 }));
    assertEquals(poolHoldersText(holders), "2 by a, 2 by b, 2 by c, 2 by d, 2 by e, 4 by others");
  });
});
