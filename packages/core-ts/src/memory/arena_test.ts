import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Arena, type ArenaOptions, type ArenaScope, Heap } from "@mediamem/core-ts/memory";
import { codeOf, refusal } from "./testdata/tested_memory_test.ts";

describe("Arena.create()", () => {
  it("lies in any storage, and in a stretch of one", () => {
    const storages = [
      new ArrayBuffer(65536),
      new SharedArrayBuffer(65536),
      new WebAssembly.Memory({ initial: 1 }),
    ];
    for (const storage of storages) {
      const arena = Arena.create(storage, { start: 1000, length: 333, alignment: 8 });
      assertEquals([arena.storage, arena.capacity, arena.alignment, arena.used, arena.highWater], [
        storage,
        333,
        8,
        0,
        0,
      ]);
      using _scope = arena.scope();
      assertEquals([arena.alloc(1), arena.alloc(1), arena.alloc(317)], [1000, 1008, 1016]);
      assertEquals(arena.used, 333);
    }
    assertEquals(Arena.create(new ArrayBuffer(777), { start: 77 }).capacity, 700);
  });

  it("refuses options that are none", () => {
    for (const options of [null, 64]) {
      const make = (): Arena => Arena.create(new ArrayBuffer(1000), options as unknown as ArenaOptions);
      assertThrows(make, TypeError, `options are ${options}, wanted { start, length, … }`);
    }
  });

  it("lies in a block of a heap, and leaves the others alone", () => {
    const heap = Heap.create(new ArrayBuffer(65536));
    const block = heap.malloc(1001);
    heap.malloc(10);
    const arena = Arena.create(heap.storage, { start: block, length: 1001, checked: true });
    for (let i = 0; i < 3; i++) {
      using _scope = arena.scope();
      const address = arena.alloc(1001);
      assertEquals(address, block);
      new Uint8Array(heap.storage as ArrayBuffer, address, 1001).fill(i);
    }
    assertEquals(heap.check(), []);
  });

  it("refuses what is no storage, and stretches that it does not have", () => {
    const storage = new ArrayBuffer(1000);
    for (const wrong of [null, undefined, new Uint8Array(1000), {}]) {
      assertThrows(() => Arena.create(wrong as ArrayBuffer), TypeError, "storage is");
    }
    const cases: readonly [object, string][] = [
      [{ start: -1 }, "EINVAL"],
      [{ start: 1001 }, "EINVAL"],
      [{ start: 0.5 }, "TypeError"],
      [{ start: "0" }, "TypeError"],
      [{ length: -1 }, "EINVAL"],
      [{ length: 1001 }, "EINVAL"],
      [{ start: 500, length: 501 }, "EINVAL"],
      [{ length: NaN }, "TypeError"],
      [{ alignment: 0 }, "EINVAL"],
      [{ alignment: 48 }, "EINVAL"],
      [{ alignment: 2 ** 32 }, "EINVAL"],
      [{ alignment: "64" }, "TypeError"],
      [{ checked: 1 }, "TypeError"],
    ];
    for (const [options, code] of cases) {
      assertEquals(
        codeOf(() => Arena.create(storage, options as ArenaOptions)),
        code,
        JSON.stringify(options),
      );
    }
    assertEquals(Arena.create(storage, { start: 1000 }).capacity, 0);
  });
});

describe("Arena.alloc()", () => {
  it("gives the addresses of a scope that has ended again", () => {
    const arena = Arena.create(new ArrayBuffer(4096));
    const work = (): number[] => {
      using _scope = arena.scope();
      return [arena.alloc(50), arena.alloc(50)];
    };
    for (let i = 0; i < 5; i++) assertEquals(work(), [64, 128]);
    assertEquals([arena.used, arena.highWater], [0, 178]);
  });

  it("never gives 0, and no two the same, also for no bytes", () => {
    const arena = Arena.create(new ArrayBuffer(4096), { alignment: 1 });
    using _scope = arena.scope();
    assertEquals([arena.alloc(0), arena.alloc(0), arena.alloc(1), arena.alloc(0)], [1, 2, 3, 4]);
  });

  it("aligns as asked for, and starts the next behind it", () => {
    const arena = Arena.create(new ArrayBuffer(1 << 20), { start: 3, alignment: 16 });
    using _scope = arena.scope();
    let end = 3;
    for (let power = 0; power <= 16; power++) {
      for (const size of [1, 7, 33]) {
        const address = arena.alloc(size, 2 ** power);
        assertEquals(address % 2 ** power, 0);
        assert(address >= end && address < end + 2 ** power);
        end = address + size;
        assertEquals(arena.used, end - 3);
      }
    }
    for (
      const [wrong, code] of [[0, "EINVAL"], [3, "EINVAL"], [-16, "EINVAL"], [0.5, "TypeError"]] as const
    ) {
      assertEquals(codeOf(() => arena.alloc(1, wrong)), code);
    }
    assertEquals(arena.used, end - 3);
  });

  it("says how much was asked for and how much is left, and leaves that", () => {
    const arena = Arena.create(new ArrayBuffer(1000));
    using _scope = arena.scope();
    arena.alloc(500);
    assertEquals(
      refusal(() => arena.alloc(425)),
      "ENOMEM Cannot call Arena.alloc: 425 bytes aligned to 64, wanted at most the 424 left of 1000",
    );
    assertEquals(codeOf(() => arena.alloc(Number.MAX_SAFE_INTEGER)), "ENOMEM");
    assertStringIncludes(refusal(() => arena.alloc(1, 1024)), "the 0 left");
    assertEquals([arena.used, arena.alloc(424), arena.used], [564, 576, 1000]);
    assertEquals(codeOf(() => arena.alloc(0)), "ENOMEM");
  });

  it("refuses what is no size, and to give what no scope gives back", () => {
    const arena = Arena.create(new ArrayBuffer(1000));
    assertStringIncludes(refusal(() => arena.alloc(1)), "EINVAL Cannot call Arena.alloc: no scope is open");
    using _scope = arena.scope();
    assertEquals(codeOf(() => arena.alloc(-1)), "EINVAL");
    assertEquals(codeOf(() => arena.alloc(0.5)), "TypeError");
    assertEquals(codeOf(() => arena.alloc("1" as unknown as number)), "TypeError");
    assertEquals(arena.used, 0);
  });
});

describe("a scope of an arena", () => {
  it("gives back what was allocated in it and in those inside", () => {
    const arena = Arena.create(new ArrayBuffer(10_000), { alignment: 1 });
    const outer = arena.scope();
    arena.alloc(100);
    const inner = arena.scope();
    arena.alloc(1000);
    arena.scope().close();
    inner.close();
    assertEquals([arena.used, arena.highWater, outer.isOpen, inner.isOpen], [101, 1101, true, false]);
    assertEquals(arena.alloc(5), 101);
    outer.close();
    assertEquals([arena.used, arena.highWater], [0, 1101]);
  });

  it("ends where an error leaves it", () => {
    const arena = Arena.create(new ArrayBuffer(1000));
    assertThrows(
      () => {
        using _scope = arena.scope();
        arena.alloc(100);
        throw new Error("left");
      },
      Error,
      "left",
    );
    assertEquals(arena.used, 0);
  });

  it("does not end before those inside of it, nor twice", () => {
    const arena = Arena.create(new ArrayBuffer(1000), { alignment: 1 });
    const outer = arena.scope();
    arena.alloc(10);
    const inner = arena.scope();
    arena.alloc(10);
    assertEquals(
      refusal(() => outer.close()),
      "EINVAL Cannot end scope 1 of an arena: scope 2 is open inside of it, wanted that ended before",
    );
    assertStringIncludes(refusal(() => outer[Symbol.dispose]()), "EINVAL");
    assertEquals([arena.used, outer.isOpen], [21, true]);
    inner.close();
    assertStringIncludes(refusal(() => inner.close()), "DOUBLE_FREE Cannot end scope 2");
    inner[Symbol.dispose]();
    assertEquals(arena.used, 11);
    outer.close();
    outer[Symbol.dispose]();
    assertEquals(arena.used, 0);
  });

  it("leaves poison behind in a checked arena, and the bytes in another", () => {
    for (const checked of [false, true]) {
      const storage = new ArrayBuffer(1000);
      const bytes = new Uint8Array(storage).fill(7);
      const arena = Arena.create(storage, { start: 100, length: 500, alignment: 1, checked });
      const outer = arena.scope();
      arena.alloc(33);
      const inner = arena.scope();
      arena.alloc(101);
      inner.close();
      assertEquals(bytes.subarray(133, 234).every((byte) => byte === (checked ? 0xdf : 7)), true);
      outer.close();
      const wanted = bytes.map((_, i) => checked && i >= 100 && i < 234 ? 0xdf : 7);
      assertEquals(bytes, wanted);
    }
  });

  it("opens no scope once its storage is gone or smaller, and ends those that are open", () => {
    for (const checked of [false, true]) {
      const moved = new ArrayBuffer(1001);
      const cut = new ArrayBuffer(1001, { maxByteLength: 1001 });
      const losses: [ArrayBuffer, () => void, number][] = [
        [moved, () => structuredClone(moved, { transfer: [moved] }), 0],
        [cut, () => cut.resize(1000), 1000],
      ];
      for (const [storage, lose, left] of losses) {
        const arena = Arena.create(storage, { checked });
        const open = arena.scope();
        arena.alloc(33);
        lose();
        const message = refusal(() => arena.scope());
        assertStringIncludes(message, "CORRUPTED");
        assertStringIncludes(message, `${left} bytes, wanted the 1001 that it had`);
        open.close();
        assertEquals([open.isOpen, arena.used], [false, 0]);
      }
    }
  });

  it("keeps the addresses of a model under random operations", () => {
    const operation = fc.oneof(
      { weight: 5, arbitrary: fc.record({ size: fc.nat(300), power: fc.nat(8) }) },
      { weight: 2, arbitrary: fc.constant("open" as const) },
      { weight: 2, arbitrary: fc.constant("close" as const) },
    );
    fc.assert(
      fc.property(fc.nat(100), fc.array(operation, { maxLength: 100, size: "max" }), (start, operations) => {
        const arena = Arena.create(new ArrayBuffer(4000), { start, length: 3000 });
        const scopes: { readonly scope: ArenaScope; readonly live: [number, number][] }[] = [];
        for (const one of operations) {
          if (one === "open") scopes.push({ scope: arena.scope(), live: [] });
          else if (one === "close") scopes.pop()?.scope.close();
          else if (scopes.length > 0) {
            const size = Math.max(1, one.size);
            const live = scopes.flatMap((each) => each.live);
            const end = live.at(-1)?.[1] ?? Math.max(start, 1);
            const wanted = Math.ceil(end / 2 ** one.power) * 2 ** one.power;
            const call = (): number => arena.alloc(one.size, 2 ** one.power);
            if (wanted + size > start + 3000) assertEquals(codeOf(call), "ENOMEM");
            else {
              assertEquals(call(), wanted);
              scopes.at(-1)!.live.push([wanted, wanted + size]);
            }
          }
          const end = scopes.flatMap((each) => each.live).at(-1)?.[1] ?? start;
          assertEquals(arena.used, end - start);
        }
      }),
    );
  });
});
