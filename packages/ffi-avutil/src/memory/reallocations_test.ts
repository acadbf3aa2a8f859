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

const TOO_MUCH = 2 ** 40;

describe("realloc() of libavutil", () => {
  it("keeps the bytes up to the smaller size, and takes NULL for a new block", () => {
    const { memory } = avutil;
    let address = memory.realloc(0, 5);
    memory.write(address, Uint8Array.of(1, 2, 3, 4, 5));
    address = memory.realloc(address, 100_001);
    assertEquals([...memory.read(address, 5)], [1, 2, 3, 4, 5]);
    address = memory.reallocArray(address, 3, 1);
    assertEquals([...memory.read(address, 3)], [1, 2, 3]);
    assertEquals(codeOf(() => memory.read(address, 4)), "EINVAL");
    address = memory.realloc(address, 0);
    memory.free(memory.reallocF(address, 7, 11));
  });

  it("leaves the old block where there is no memory, but for reallocF", () => {
    using backend = loadAvutil();
    const { memory, ledger } = backend;
    const address = memory.malloc(10);
    assertEquals(codeOf(() => memory.realloc(address, TOO_MUCH)), "ENOMEM");
    assertEquals(codeOf(() => memory.reallocArray(address, TOO_MUCH, TOO_MUCH)), "ENOMEM");
    assertEquals([memory.read(address, 10).length, ledger.live, ledger.bytes], [10, 1, 10]);
    assertEquals(codeOf(() => memory.reallocF(address, TOO_MUCH, TOO_MUCH)), "ENOMEM");
    assertEquals(codeOf(() => memory.free(address)), "DOUBLE_FREE");
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });

  it("does the same to the old block where there is no budget", () => {
    using backend = loadAvutil({ limitBytes: 100 });
    const { memory, ledger } = backend;
    const address = memory.realloc(memory.malloc(60), 90);
    assertEquals(codeOf(() => memory.realloc(address, 101)), "OVER_BUDGET");
    assertEquals([ledger.live, ledger.bytes], [1, 90]);
    assertEquals(codeOf(() => memory.reallocF(address, 101, 1)), "OVER_BUDGET");
    const cell = { address: memory.malloc(60) };
    assertEquals(codeOf(() => memory.reallocp(cell, 101)), "OVER_BUDGET");
    assertEquals([cell.address, ledger.live, ledger.bytes], [0, 0, 0]);
  });

  it("takes the old block away from its views", () => {
    const { memory } = avutil;
    const address = memory.mallocz(64);
    const view = memory.unsafeView(address, 64);
    const moved = memory.realloc(address, 65);
    assertEquals([view.length, memory.unsafeView(moved, 65).length], [0, 65]);
    memory.free(moved);
  });
});

describe("reallocp() of libavutil", () => {
  it("fills, moves, frees and empties the cell", () => {
    using backend = loadAvutil();
    const { memory, ledger } = backend;
    const cell = { address: 0 };
    memory.reallocp(cell, 10);
    memory.reallocpArray(cell, 7, 9);
    assertEquals([memory.read(cell.address, 63).length, ledger.live, ledger.bytes], [63, 1, 63]);
    memory.reallocp(cell, 0);
    assertEquals([cell.address, ledger.live], [0, 0]);
    memory.reallocpArray(cell, 0, 9);
    assertEquals([cell.address !== 0, ledger.live, ledger.bytes], [true, 1, 0]);
    assertEquals(codeOf(() => memory.reallocpArray(cell, TOO_MUCH, 1)), "ENOMEM");
    assertEquals([cell.address, ledger.live], [0, 0]);
  });

  it("changes nothing where the cell cannot be told", () => {
    const { memory } = avutil;
    const address = memory.malloc(10);
    for (
      const cell of [
        Object.freeze({ address }),
        Object.defineProperty({}, "address", { get: () => address }),
      ]
    ) {
      assertThrows(() => memory.reallocp(cell as { address: number }, 20), TypeError);
      assertThrows(() => memory.freep(cell as { address: number }), TypeError);
    }
    for (const cell of [null, 5, {}, { address: "5" }, { address: 1.5 }]) {
      assertThrows(() => memory.reallocp(cell as { address: number }, 20), TypeError);
    }
    memory.free(address);
  });

  it("refuses cells whose block is gone", () => {
    const { memory } = avutil;
    const cell = { address: memory.malloc(10) };
    const stale = { ...cell };
    memory.freep(cell);
    assertEquals(cell.address, 0);
    memory.freep(cell);
    assertEquals(codeOf(() => memory.reallocp(stale, 20)), "USE_AFTER_FREE");
    assertEquals(codeOf(() => memory.freep(stale)), "DOUBLE_FREE");
    assertEquals(stale.address !== 0, true);
  });
});
