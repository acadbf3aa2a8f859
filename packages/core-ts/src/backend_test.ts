import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStrictEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import * as image from "@mediamem/core-ts/image";

describe("createCore()", () => {
  it("names itself", () => {
    using core = createCore();
    assertEquals(core.id, "core-ts");
    assertEquals(core.library, { name: "core-ts", version: "0.1.0", path: null, abi: null });
  });

  it("hands out the functions that can be imported one by one", () => {
    using core = createCore();
    const exported: Record<string, unknown> = { ...image };
    assertEquals(Object.keys(core.image).length, 33);
    for (const [name, method] of Object.entries(core.image)) assertStrictEquals(exported[name], method, name);
  });

  it("still answers after it was disposed: there is nothing to close", () => {
    const core = createCore();
    core[Symbol.dispose]();
    assertEquals(core.image.bufferSize("yuv420p", 300, 300, 1), 135000);
  });
});
