import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";

const { avutil, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("sizeMult() of libavutil", () => {
  it("multiplies, and tells 2^53 from 2^64", () => {
    const { memory } = avutil;
    assertEquals(memory.sizeMult(3, 5), 15);
    assertEquals(memory.sizeMult(0, Number.MAX_SAFE_INTEGER), 0);
    assertEquals(memory.sizeMult(1, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
    assertEquals(codeOf(() => memory.sizeMult(2, 2 ** 52)), "ERANGE");
    assertEquals(codeOf(() => memory.sizeMult(2 ** 32, 2 ** 31)), "ERANGE");
    assertEquals(codeOf(() => memory.sizeMult(2 ** 32, 2 ** 32)), "EINVAL");
    assertEquals(codeOf(() => memory.sizeMult(-1, 5)), "EINVAL");
    assertThrows(() => memory.sizeMult(1.5, 5), TypeError);
  });
});

describe("maxAlloc() of libavutil", () => {
  it("caps one request of the whole process, until its backend is disposed", () => {
    const backend = loadAvutil();
    const { memory } = backend;
    memory.maxAlloc(100);
    memory.free(memory.malloc(100));
    assertEquals(codeOf(() => memory.malloc(101)), "ENOMEM");
    assertEquals(codeOf(() => avutil.memory.malloc(101)), "ENOMEM");
    memory.maxAlloc(0);
    assertEquals(codeOf(() => memory.malloc(0)), "ENOMEM");
    memory.free(memory.realloc(0, 0));
    assertEquals(codeOf(() => memory.maxAlloc(-1)), "EINVAL");
    assertThrows(() => memory.maxAlloc(1.5), TypeError);
    backend[Symbol.dispose]();
    avutil.memory.free(avutil.memory.malloc(1000));
    assertEquals(codeOf(() => avutil.memory.malloc(2 ** 31)), "ENOMEM");
  });
});
