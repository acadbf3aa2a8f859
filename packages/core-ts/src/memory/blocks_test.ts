import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import { assertNoLeaks, Heap } from "@mediamem/core-ts/memory";
import { MediaError, type Memory, type PointerCell } from "@mediamem/interface";
import { assertInUse, codeOf, refusal, testedMemory } from "./testdata/tested_memory_test.ts";

// Bun leaves no trace of a function that gives what a call gives: this one gives something else.
function takeBlock(memory: Memory, size: number): PointerCell {
  return { address: memory.malloc(size) };
}
function giveBack(memory: Memory, address: number): void {
  memory.free(address);
}

describe("a backend's memory", () => {
  it("lies in a heap of its own, which grows", () => {
    const { ledger, memory } = createCore();
    assertEquals(memory.alignment, 64);
    const addresses = [memory.mallocz(100), memory.mallocz(5_000_001), memory.malloc(33)];
    memory.write(addresses[1]! + 5_000_000, new Uint8Array([1]));
    assertEquals([ledger.live, ledger.bytes], [3, 5_000_134]);
    for (const address of addresses) memory.free(address);
    assertEquals([ledger.live, ledger.bytes, ledger.peak], [0, 0, 5_000_134]);
  });

  it("lies in the heap that is given", () => {
    const heap = Heap.create(new ArrayBuffer(65536), { alignment: 16, start: 1024 });
    const { memory } = createCore({ heap });
    assertEquals(memory.alignment, 16);
    const address = memory.malloc(10);
    assertEquals([...heap.walk()].find(({ state }) => state === "used")?.address, address);
  });

  it("refuses what others took from its heap, and counts nothing for it", () => {
    for (const tracing of ["off", "all"] as const) {
      const heap = Heap.create(new ArrayBuffer(65536));
      const { ledger, memory } = createCore({ heap, tracing });
      const other = createCore({ heap }).memory;
      const theirs = [heap.malloc(101), other.malloc(101)];
      for (const address of theirs) {
        const cell = { address, size: 101 };
        const calls = [
          () => memory.free(address),
          () => memory.freep({ address }),
          () => memory.realloc(address, 200),
          () => memory.reallocp({ address }, 200),
          () => memory.fastMalloc(cell, 200),
        ];
        for (const call of calls) {
          assertStringIncludes(refusal(call), `WRONG_OWNER Cannot call av_`);
          assertStringIncludes(
            refusal(call),
            `the block of 101 bytes at ${address} was taken from the heap by`,
          );
        }
        assertEquals(cell, { address, size: 101 });
      }
      assertEquals([ledger.live, ledger.bytes, heap.stats().live], [0, 0, 2]);
      heap.free(theirs[0]!);
      other.free(theirs[1]!);
      assertEquals(codeOf(() => memory.free(theirs[0]!)), "DOUBLE_FREE");

      // Its own stay its own when they move.
      const cell = { address: memory.malloc(11) };
      memory.malloc(11);
      memory.reallocp(cell, 3001);
      memory.free(cell.address);
      assertEquals([ledger.live, heap.stats().live], [1, 1]);
    }
  });

  it("refuses a heap that is none", () => {
    for (const heap of [null, {}, new ArrayBuffer(65536)]) {
      assertThrows(() => createCore({ heap: heap as unknown as Heap }), TypeError, "wanted a Heap");
    }
  });

  it("has functions that work without their object, and cannot be exchanged", () => {
    const { memory } = testedMemory();
    const { malloc, free } = memory;
    free(malloc(10));
    assertThrows(() => (memory as { malloc: unknown }).malloc = null, TypeError);
  });

  it("has a cap of its own", () => {
    const one = createCore();
    const other = createCore();
    one.memory.maxAlloc(10);
    assertEquals(codeOf(() => one.memory.malloc(11)), "ENOMEM");
    other.memory.free(other.memory.malloc(11));
  });

  it("shares its cap with its buffers, as av_max_alloc caps all of libavutil", () => {
    const { buffers, memory } = createCore();
    memory.maxAlloc(99);
    assertEquals(codeOf(() => buffers.alloc(100)), "ENOMEM");
  });

  it("stays within the budget, which names the largest holders", () => {
    const tested = testedMemory({ tracing: "all", limitBytes: 1000 });
    const { memory } = tested;
    const { address: much } = takeBlock(memory, 700);
    memory.malloc(300);
    const message = refusal(() => memory.malloc(1));
    assertStringIncludes(message, "OVER_BUDGET");
    assertStringIncludes(message, "takeBlock");
    assertEquals(codeOf(() => memory.realloc(much, 701)), "OVER_BUDGET");
    assertInUse(tested, 2, 1000);
    memory.realloc(much, 600);
    memory.malloc(100);
    assertInUse(tested, 3, 1000);
  });

  it("stays within the heap's budget too, and leaves the account as it was", () => {
    const tested = testedMemory();
    const { heap, memory } = tested;
    heap.limitBytes = 100;
    const address = memory.malloc(60);
    assertEquals(codeOf(() => memory.malloc(41)), "OVER_BUDGET");
    assertEquals(codeOf(() => memory.realloc(address, 101)), "OVER_BUDGET");
    assertEquals(codeOf(() => memory.strdup("x".repeat(40))), "OVER_BUDGET");
    assertInUse(tested, 1, 60);
  });

  it("leaves the account as it was where the storage is full", () => {
    for (const checked of [false, true]) {
      const tested = testedMemory({ storage: new ArrayBuffer(40001), checked });
      const { memory } = tested;
      const addresses: number[] = [];
      while (codeOf(() => addresses.push(memory.malloc(777))) === "none");
      assertInUse(tested, addresses.length, 777 * addresses.length);
      for (
        const call of [
          () => memory.malloc(777),
          () => memory.calloc(77, 77),
          () => memory.memdup(new Uint8Array(777)),
          () => memory.realloc(addresses[0]!, 30000),
          () => memory.allocPacketData(777),
        ]
      ) assertEquals(codeOf(call), "ENOMEM");
      assertInUse(tested, addresses.length, 777 * addresses.length);
      for (const address of addresses) memory.free(address);
      assertInUse(tested, 0, 0);
    }
  });
});

describe("a backend's memory while tracing is on", () => {
  for (const tracing of ["sampled", "all"] as const) {
    it(`says where a block was taken and first freed: ${tracing}`, () => {
      const { memory } = testedMemory({ tracing, ...(tracing === "sampled" ? { sampleEvery: 1 } : {}) });
      const { address } = takeBlock(memory, 100);
      assertStringIncludes(refusal(() => memory.free(address + 64)), "taken at takeBlock");
      giveBack(memory, address);
      for (
        const [call, code] of [
          [() => memory.free(address), "DOUBLE_FREE"],
          [() => memory.freep({ address }), "DOUBLE_FREE"],
          [() => memory.read(address + 50, 1), "USE_AFTER_FREE"],
          [() => memory.write(address, new Uint8Array(1)), "USE_AFTER_FREE"],
          [() => memory.unsafeView(address + 99, 1), "USE_AFTER_FREE"],
          [() => memory.memcpyBackptr(address + 8, 1, 1), "USE_AFTER_FREE"],
          [() => memory.realloc(address, 5), "USE_AFTER_FREE"],
          [() => memory.reallocp({ address }, 0), "USE_AFTER_FREE"],
          [() => memory.fastMalloc({ address, size: 0 }, 5), "USE_AFTER_FREE"],
          [() => memory.dynarrayAdd({ address, count: 0 }, 5), "USE_AFTER_FREE"],
        ] as const
      ) {
        const message = refusal(call);
        assertStringIncludes(message, code);
        assertStringIncludes(message, "taken at takeBlock");
        assertStringIncludes(message, "given back at giveBack");
      }
      assertEquals(codeOf(() => memory.read(2 ** 31, 1)), "WRONG_OWNER");
    });
  }

  it("says it of a block that was overrun, and keeps its error's rest", () => {
    const { heap, memory } = testedMemory({ tracing: "all", checked: true });
    const { address } = takeBlock(memory, 101);
    new Uint8Array(heap.storage as ArrayBuffer)[address + 101] = 0;
    const { code, message, op } = assertThrows(() => memory.free(address), MediaError);
    assertEquals([code, op], ["CORRUPTED", "av_free"]);
    assertStringIncludes(message, "1 byte past its end");
    assertStringIncludes(message, "taken at takeBlock");
    assertEquals(codeOf(() => memory.realloc(address, 5)), "CORRUPTED");
  });

  it("says where a moved block was left behind", () => {
    const { memory } = testedMemory({ tracing: "all" });
    const address = memory.malloc(10);
    memory.malloc(10);
    function moveBlock(): void {
      memory.realloc(address, 1000);
    }
    moveBlock();
    assertStringIncludes(refusal(() => memory.read(address, 1)), "given back at moveBlock");
  });

  it("tells the block that is there now from one that was there before", () => {
    const { memory } = testedMemory({ tracing: "all" });
    const address = memory.malloc(100);
    memory.free(address);
    assertEquals(takeBlock(memory, 100), { address });
    const message = refusal(() => memory.free(address + 64));
    assertStringIncludes(message, "taken at takeBlock");
    assertEquals(message.includes("given back"), false);
  });

  it("tells the last of the blocks that an address was in", () => {
    const { memory } = testedMemory({ tracing: "all" });
    const { address } = takeBlock(memory, 300);
    giveBack(memory, address);
    const others = [memory.malloc(100), memory.malloc(100)] as const;
    for (const other of others) memory.free(other);
    const inside = others[1] + 9;
    assertEquals(inside < address + 300, true);
    assertEquals(refusal(() => memory.read(inside, 1)).includes("takeBlock"), false);
    assertEquals(takeBlock(memory, 300), { address });
    giveBack(memory, address);
    assertStringIncludes(refusal(() => memory.read(inside, 1)), "taken at takeBlock");
  });

  it("forgets what was freed long ago, and nothing that is alive", () => {
    const tested = testedMemory({
      tracing: "counts",
      storage: new ArrayBuffer(65536, { maxByteLength: 1 << 24 }),
    });
    const { ledger, memory } = tested;
    const addresses = Array.from({ length: 10_000 }, () => memory.malloc(3));
    assertEquals(ledger.report().count, 10_000);
    for (const address of addresses) memory.free(address);
    assertEquals(ledger.report().count, 0);
    for (const address of addresses) assertEquals(codeOf(() => memory.read(address, 1)), "USE_AFTER_FREE");
    assertInUse(tested, 0, 0);
  });

  it("can be turned on and off while blocks are out", () => {
    const tested = testedMemory();
    const { ledger, memory } = tested;
    const before = memory.malloc(10);
    ledger.tracing = "all";
    const traced = memory.malloc(100);
    const moved = memory.realloc(before, 11);
    assertEquals(ledger.report().bytes, 111);
    ledger.tracing = "off";
    const after = memory.realloc(traced, 50);
    assertInUse(tested, 2, 61);
    memory.free(moved);
    memory.free(after);
    assertInUse(tested, 0, 0);
    assertEquals(ledger.report().count, 0);
  });

  it("finds the leaks of a scope, with the C function that took them", () => {
    const { ledger, memory } = testedMemory({ tracing: "all" });
    memory.malloc(5);
    const scope = ledger.scope();
    memory.free(memory.strdup("gone"));
    const cell = { address: 0, count: 0 };
    memory.dynarrayAdd(cell, 1);
    memory.dynarrayAdd(cell, 2);
    const error = assertThrows(() => assertNoLeaks(scope), MediaError, "wanted none");
    assertEquals(error.code, "LEAKED");
    const { bytes, groups } = scope.report();
    assertEquals([bytes, groups[0]?.op], [16, "av_dynarray_add"]);
    memory.freep(cell);
    assertNoLeaks(scope);
  });
});
