import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertMatch, assertStrictEquals } from "@std/assert";
import { captureSite } from "./capture_site.ts";

interface StackSettings {
  stackTraceLimit: number;
  prepareStackTrace?: unknown;
}
const settings = Error as unknown as StackSettings;

// JavaScriptCore forgets a function that ends with a call, so neither does.
function takeHere(): { readonly site: readonly string[] } {
  return { site: captureSite()! };
}

function takeDeep(depth: number): { readonly site: readonly string[] } {
  return { site: depth === 0 ? takeHere().site : takeDeep(depth - 1).site };
}

describe("captureSite()", () => {
  it("begins with the caller, by name, file, line and column", () => {
    assertMatch(takeHere().site[0]!, /^takeHere \(\/.*\/libs\/ledger\/src\/capture_site_test\.ts:\d+:\d+\)$/);
  });

  it("gives the same array for the same place", () => {
    const sites = [1, 2].map(() => takeHere().site);
    assertStrictEquals(sites[0], sites[1]);
    assertEquals(Object.isFrozen(sites[0]), true);
  });

  it("sees further than a program's own limit, and leaves that as it was", () => {
    const before = settings.stackTraceLimit;
    settings.stackTraceLimit = 1;
    try {
      assertEquals(takeDeep(10).site.length, 8);
      assertEquals(settings.stackTraceLimit, 1);
    } finally {
      settings.stackTraceLimit = before;
    }
  });

  it("does not ask a program's own stacks, and leaves them as they were", () => {
    const before = settings.prepareStackTrace;
    const mine = (): number => 42;
    settings.prepareStackTrace = mine;
    try {
      assertMatch(takeHere().site[0]!, /^takeHere /);
      assertStrictEquals(settings.prepareStackTrace, mine);
    } finally {
      settings.prepareStackTrace = before;
    }
  });
});
