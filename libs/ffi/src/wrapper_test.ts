import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { addressOf, load, stable, type SymbolTable } from "@mediamem/ffi";

const LIBC_SYMBOLS = {
  labs: {
    parameters: [
      "i64", // long j
    ],
    result: "i64",
  },
  abs: {
    parameters: [
      "i32", // int j
    ],
    result: "i32",
  },
  memcpy: {
    parameters: [
      "pointer", // void *dest
      "buffer", // const void *src
      "usize", // size_t n
    ],
    result: "pointer",
  },
  memset: {
    parameters: [
      "buffer", // void *s
      "i32", // int c
      "usize", // size_t n
    ],
    result: "pointer",
  },
  mmap: {
    parameters: [
      "pointer", // void *addr
      "usize", // size_t length
      "i32", // int prot
      "i32", // int flags
      "i32", // int fd
      "i64", // off_t offset
    ],
    result: "pointer",
  },
  div: {
    parameters: [
      "i32", // int numerator
      "i32", // int denominator
    ],
    result: "u64n", // div_t, two ints in one register
  },
} as const satisfies SymbolTable;

const { abs, labs, memcpy, memset, mmap, div } = load({
  library: "libc",
  environment: "MEDIAMEM_LIBC",
  candidates: ["libc.so.6", "libc.musl-x86_64.so.1", "libSystem.B.dylib"],
  symbols: LIBC_SYMBOLS,
}).symbols;

/** Values of a type that TypeScript would not let through. */
// deno-lint-ignore no-explicit-any
const wrong = (value: unknown): any => value;

describe("a bound function", () => {
  it("takes -0 for 0 wherever it takes an integer", () => {
    assertEquals([abs(-0), labs(-0)], [0, 0]);
    const bytes = stable(2).fill(7);
    memset(bytes, -0, 1);
    memset(bytes, 1, -0);
    assertEquals([...bytes], [0, 7]);
  });

  it("refuses what is no integer", () => {
    for (const value of [NaN, Infinity, 1.5, "1", null, undefined, {}, [1], true, () => 1]) {
      assertThrows(() => abs(wrong(value)), TypeError, "Cannot call abs: argument 0 is ");
      assertThrows(() => labs(wrong(value)), TypeError, "Cannot call labs: argument 0 is ");
    }
    assertThrows(() => abs(wrong(1n)), TypeError);
    assertThrows(() => labs(wrong(Symbol("x"))), TypeError);
  });

  it("refuses integers that the C type does not hold", () => {
    for (const value of [2 ** 31, -(2 ** 31) - 1, 1e300]) {
      assertEquals(assertThrows(() => abs(value), MediaError).code, "ERANGE");
    }
    for (const value of [2 ** 63, -(2 ** 63) - 2048]) {
      assertEquals(assertThrows(() => labs(value), MediaError).code, "ERANGE");
    }
    assertEquals(abs(-(2 ** 31) + 1), 2 ** 31 - 1);
  });

  it("passes 64-bit integers as numbers and refuses results that a number cannot hold", () => {
    assertEquals(labs(-Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
    assertEquals(labs(-(2 ** 63)), -(2 ** 63));
    const address = stable(1);
    assertEquals(memcpy(addressOf(address), null, 0), addressOf(address));
  });

  it("passes 64-bit values exactly as bigints", () => {
    assertEquals(div(7, 2), (1n << 32n) | 3n);
    assertEquals(div(-7, 2), (0xffffffffn << 32n) | 0xfffffffdn);
  });

  it("refuses addresses that are none", () => {
    for (const value of [-1, 2 ** 53, 2 ** 60]) {
      assertEquals(assertThrows(() => memcpy(value, null, 0), MediaError).code, "ERANGE");
    }
    for (const value of [0.5, NaN, null, undefined, "0", new Uint8Array(1), 1n]) {
      assertThrows(() => memcpy(wrong(value), null, 0), TypeError);
    }
  });

  it("refuses a pointer result above 2^53", () => {
    // Mapping nothing fails, and C says so by the address -1.
    assertEquals(assertThrows(() => mmap(0, 0, 0, 0, -1, 0), MediaError, "2^53").code, "ERANGE");
    // Copying nothing gives the first argument back.
    assertEquals(memcpy(Number.MAX_SAFE_INTEGER, null, 0), Number.MAX_SAFE_INTEGER);
  });

  it("refuses anything but a typed array or null as a buffer", () => {
    const likeness = Object.create(Uint8Array.prototype);
    for (
      const value of [
        5,
        0,
        1n,
        "text",
        {},
        [1],
        undefined,
        true,
        new ArrayBuffer(4),
        { byteLength: 4 },
        likeness,
      ]
    ) {
      assertThrows(() => memset(wrong(value), 0, 0), TypeError);
    }
    assertThrows(() => memset(wrong(new DataView(new ArrayBuffer(4))), 0, 0), TypeError);
  });

  it("lends every kind of typed array, from its own first byte", () => {
    const bytes = stable(16);
    memset(bytes.subarray(3), 7, 2);
    assertEquals([...bytes.subarray(2, 6)], [0, 7, 7, 0]);
    for (
      const Kind of [
        Int8Array,
        Uint16Array,
        Int32Array,
        Float32Array,
        Float64Array,
        BigInt64Array,
        Uint8ClampedArray,
      ]
    ) {
      const view = new Kind(2);
      memset(view, 255, 1);
      assertEquals(new Uint8Array(view.buffer)[0], 255, Kind.name);
    }
    const shared = new Uint8Array(new SharedArrayBuffer(4));
    memset(shared, 9, 4);
    assertEquals([...shared], [9, 9, 9, 9]);
  });

  it("passes NULL for null and for an empty array", () => {
    assertEquals(memset(null, 0, 0), 0);
    assertEquals(memset(new Uint8Array(0), 0, 0), 0);
    assertEquals(memset(stable(8).subarray(8), 0, 0), 0);
    assert(memset(stable(8).subarray(7), 0, 0) > 0);
  });

  it("refuses an array whose memory was taken away", () => {
    const bytes = new Uint8Array(8);
    bytes.buffer.transfer(0);
    const error = assertThrows(() => memset(bytes, 0, 8), MediaError, "argument 0 is detached");
    assertEquals([error.code, error.op], ["USE_AFTER_FREE", "memset"]);
  });

  it("refuses a call with too few arguments", () => {
    assertThrows(() => wrong(abs)(), TypeError, "undefined");
    assertThrows(() => wrong(memset)(null), TypeError, "undefined");
  });
});
