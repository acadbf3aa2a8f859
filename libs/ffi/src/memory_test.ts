import process from "node:process";
import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { load, memory, type SymbolTable } from "@mediamem/ffi";

const LIBC_SYMBOLS = {
  malloc: {
    parameters: [
      "usize", // size_t size
    ],
    result: "pointer",
  },
  free: {
    parameters: [
      "pointer", // void *ptr
    ],
    result: "void",
  },
  memset: {
    parameters: [
      "buffer", // void *s
      "i32", // int c
      "usize", // size_t n
    ],
    result: "pointer",
  },
} as const satisfies SymbolTable;

const { malloc, free, memset } = load({
  library: "libc",
  environment: "MEDIAMEM_LIBC",
  candidates: ["libc.so.6", "libc.musl-x86_64.so.1", "libSystem.B.dylib"],
  symbols: LIBC_SYMBOLS,
}).symbols;

function withNative(length: number, use: (address: number) => void): void {
  const address = malloc(length);
  try {
    use(address);
  } finally {
    free(address);
  }
}

describe("memory()", () => {
  it("shows native memory without a copy", () => {
    withNative(17, (address) => {
      const view = memory(address, 17);
      assertEquals([view.address, view.length, view.bytes.length], [address, 17, 17]);
      memset(view.bytes, 5, 17);
      assertEquals(view.data.getUint8(16), 5);
      const second = memory(address + 16, 1);
      second.bytes[0] = 6;
      assertEquals(view.bytes[16], 6);
      assert(view.revoke() && second.revoke());
    });
  });

  it("takes the memory away from every view", () => {
    withNative(64, (address) => {
      const view = memory(address, 64);
      view.bytes.fill(9);
      const others = [view.bytes.subarray(8), new Float32Array(view.bytes.buffer, 0, 4)] as const;
      assertEquals([view.revoked, view.revoke(), view.revoked], [false, true, true]);
      assertEquals([view.bytes.length, others[0].length, others[1].length], [0, 0, 0]);
      view.bytes[0] = 1;
      assertEquals([view.bytes[0], others[1][0]], [undefined, undefined]);
      assertThrows(() => view.bytes.set([1]), TypeError);
      assertThrows(() => view.data.getUint8(0), TypeError);
      // The memory itself was neither freed nor written to.
      const again = memory(address, 64);
      assertEquals(again.bytes[0], 9);
      again.revoke();
    });
  });

  it("refuses a revoked view as an argument", () => {
    withNative(8, (address) => {
      const view = memory(address, 8);
      view.revoke();
      assertEquals(assertThrows(() => memset(view.bytes, 0, 8), MediaError).code, "USE_AFTER_FREE");
    });
  });

  it("may be revoked twice", () => {
    withNative(8, (address) => {
      const view = memory(address, 8);
      assertEquals([view.revoke(), view.revoke()], [true, true]);
    });
  });

  it("does the same for a length of 0 on every runtime", () => {
    withNative(8, (address) => {
      const view = memory(address, 0);
      assertEquals([view.length, view.bytes.length, view.bytes.buffer.detached], [0, 0, false]);
      assertEquals([view.revoke(), view.bytes.buffer.detached, view.revoked], [true, true, true]);
    });
  });

  it("answers false where somebody else moved the buffer away", () => {
    withNative(8, (address) => {
      const view = memory(address, 8);
      const moved = view.bytes.buffer.transfer();
      assertEquals([view.revoke(), view.revoked], [false, false]);
      moved.transfer(0);
    });
  });

  it("refuses NULL, negative lengths, fractions, and addresses above 2^53", () => {
    for (const address of [0, 1, 4095]) {
      assertEquals(assertThrows(() => memory(address, 8), MediaError).code, "EINVAL");
    }
    assertEquals(assertThrows(() => memory(4096, -1), MediaError).code, "EINVAL");
    assertEquals(assertThrows(() => memory(2 ** 53, 8), MediaError).code, "ERANGE");
    assertEquals(assertThrows(() => memory(-8, 8), MediaError).code, "ERANGE");
    for (const value of [1.5, NaN, "8", null, 8n]) {
      assertThrows(() => memory(value as number, 8), TypeError);
      assertThrows(() => memory(4096, value as number), TypeError);
    }
  });

  it("uses no more memory after a million views", () => {
    withNative(4096, (address) => {
      const round = (count: number): void => {
        for (let i = 0; i < count; i++) {
          const view = memory(address, 4096);
          view.bytes[i & 4095] = i;
          assert(view.revoke());
        }
      };
      round(50_000);
      const before = process.memoryUsage().rss;
      round(1_000_000);
      const grown = process.memoryUsage().rss - before;
      assert(grown < 48 * 2 ** 20, `RSS grew by ${grown} bytes`);
    });
  });
});
