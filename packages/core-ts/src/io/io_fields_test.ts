import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { allocContext } from "./io.ts";

describe("the error of a context", () => {
  it("is no positive number, which would be taken for bytes that were read", () => {
    using context = allocContext({ buffer: new Uint8Array(3) });
    context.error = -5;
    assertEquals(assertThrows(() => context.error = 1, MediaError).code, "EINVAL");
    assertEquals(context.error, -5);
  });
});

describe("the fields of a context", () => {
  it("have one zero, as in C", () => {
    using context = allocContext({ buffer: new Uint8Array(3) });
    context.error = -0;
    context.maxPacketSize = -0;
    context.minPacketSize = -0;
    assert([context.error, context.maxPacketSize, context.minPacketSize].every((zero) => Object.is(zero, 0)));
    assert(Object.is(context.seek(-0), 0));
  });
});
