import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { type Callback, callback, load, memory, type SymbolTable } from "@mediamem/ffi";

const LIBC_SYMBOLS = {
  qsort: {
    parameters: [
      "buffer", // void *base
      "usize", // size_t nmemb
      "usize", // size_t size
      "pointer", // int (*compar)(const void *, const void *)
    ],
    result: "void",
  },
  bsearch: {
    parameters: [
      "buffer", // const void *key
      "buffer", // const void *base
      "usize", // size_t nmemb
      "usize", // size_t size
      "pointer", // int (*compar)(const void *, const void *)
    ],
    result: "pointer",
  },
} as const satisfies SymbolTable;

const { qsort, bsearch } = load({
  library: "libc",
  environment: "MEDIAMEM_LIBC",
  candidates: ["libc.so.6", "libc.musl-x86_64.so.1", "libSystem.B.dylib"],
  symbols: LIBC_SYMBOLS,
}).symbols;

function readInt(address: number): number {
  const view = memory(address, 4);
  const value = view.data.getInt32(0, true);
  view.revoke();
  return value;
}

function comparing(handler: (a: number, b: number) => number): Callback {
  return callback({ parameters: ["pointer", "pointer"], result: "i32", failure: 0 }, handler);
}

const byValue = (a: number, b: number): number => readInt(a) - readInt(b);

describe("callback()", () => {
  it("is called by C with what C passes", () => {
    using compare = comparing(byValue);
    const values = new Int32Array([5, -3, 9, 0, 7]);
    qsort(values, 5, 4, compare.address);
    assertEquals([...values], [-3, 0, 5, 7, 9]);
    assert(bsearch(new Int32Array([7]), values, 5, 4, compare.address) > 0);
    assertEquals(bsearch(new Int32Array([8]), values, 5, 4, compare.address), 0);
  });

  it("throws what its handler threw, the very same, at the call that led there", () => {
    const thrown = new RangeError("in the handler");
    let calls = 0;
    using compare = comparing(() => {
      calls++;
      throw thrown;
    });
    const values = new Int32Array([3, 2, 1]);
    assertStrictEquals(assertThrows(() => qsort(values, 3, 4, compare.address)), thrown);
    assert(calls > 0);
    using good = comparing(byValue);
    qsort(values, 3, 4, good.address);
    assertEquals([...values], [1, 2, 3]);
  });

  it("throws the first of several errors, and any kind of value", () => {
    let calls = 0;
    using compare = comparing(() => {
      throw ++calls;
    });
    let caught: unknown;
    try {
      qsort(new Int32Array([3, 2, 1, 0]), 4, 4, compare.address);
    } catch (error) {
      caught = error;
    }
    assert(calls > 1);
    assertEquals(caught, 1);
  });

  it("does not throw an error of the outer call out of an inner one", () => {
    let inner = 0;
    const seen: unknown[] = [];
    using good = comparing(byValue);
    using compare = comparing(() => {
      const values = new Int32Array([2, 1]);
      try {
        qsort(values, 2, 4, good.address);
        inner += values[0]!;
      } catch (error) {
        seen.push(error);
      }
      throw new Error(`call ${inner}`);
    });
    assertThrows(() => qsort(new Int32Array([3, 2, 1]), 3, 4, compare.address), Error, "call 1");
    assert(inner > 1);
    assertEquals(seen, []);
  });

  it("hands the error of an inner call to the handler that made it", () => {
    using bad = comparing(() => {
      throw new Error("inner");
    });
    let caught = 0;
    using compare = comparing((a, b) => {
      assertThrows(() => qsort(new Int32Array([2, 1]), 2, 4, bad.address), Error, "inner");
      caught++;
      return byValue(a, b);
    });
    const values = new Int32Array([2, 1]);
    qsort(values, 2, 4, compare.address);
    assertEquals([[...values], caught], [[1, 2], 1]);
  });

  it("refuses a wrong result, which would kill Deno", () => {
    for (const result of [undefined, null, 1n, "1", 1.5, NaN, {}]) {
      using compare = comparing(() => result as number);
      assertThrows(() => qsort(new Int32Array([2, 1]), 2, 4, compare.address), TypeError, "the result is");
    }
    using large = comparing(() => 2 ** 31);
    const error = assertThrows(() => qsort(new Int32Array([2, 1]), 2, 4, large.address), MediaError);
    assertEquals(error.code, "ERANGE");
  });

  it("may be closed inside itself", () => {
    let calls = 0;
    const compare = comparing((a, b) => {
      calls++;
      compare.close();
      return byValue(a, b);
    });
    const error = assertThrows(() => qsort(new Int32Array([3, 2, 1]), 3, 4, compare.address), MediaError);
    assertEquals([error.code, calls], ["USE_AFTER_FREE", 1]);
  });

  it("answers a late call with USE_AFTER_FREE, and closes twice", () => {
    const compare = comparing(byValue);
    compare.close();
    compare.close();
    const error = assertThrows(() => qsort(new Int32Array([2, 1]), 2, 4, compare.address), MediaError);
    assertEquals(error.code, "USE_AFTER_FREE");
  });

  it("does not lead a late call to another handler, and uses its C functions again in the end", () => {
    const late = comparing(byValue);
    late.close();
    const addresses = new Set<number>();
    for (let i = 0; i < 60; i++) {
      using other = comparing(byValue);
      addresses.add(other.address);
    }
    assertEquals(addresses.has(late.address), false);
    for (let i = 0; i < 10_000; i++) {
      using other = comparing(byValue);
      addresses.add(other.address);
    }
    assert(addresses.size < 200, `${addresses.size} C functions were made`);
  });

  it("refuses a handler and a failure that are none", () => {
    const signature = { parameters: [], result: "i32", failure: 0 } as const;
    for (const value of [null, undefined, 5]) {
      assertThrows(() => callback(signature, value as unknown as () => number), TypeError, "handler");
    }
    assertThrows(() => callback({ ...signature, failure: 0.5 }, () => 0), TypeError, "failure");
    assertEquals(
      assertThrows(() => callback({ ...signature, failure: 2 ** 31 }, () => 0), MediaError).code,
      "ERANGE",
    );
  });

  it("survives hot loops with errors now and then", () => {
    let n = 0;
    using compare = comparing((a, b) => {
      if (++n % 97 === 0) throw new Error("now and then");
      return a - b;
    });
    const values = new Int32Array([2, 1]);
    let errors = 0;
    for (let i = 0; i < 97_000; i++) {
      try {
        qsort(values, 2, 4, compare.address);
      } catch {
        errors++;
      }
    }
    assertEquals([n, errors], [97_000, 1000]);
  });
});
