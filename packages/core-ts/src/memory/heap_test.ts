import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { Heap, type HeapOptions } from "@mediamem/core-ts/memory";
import { BYTES_AT } from "./heap_format.ts";

/** The code and message of the error that the call throws. */
function refusal(call: () => unknown): string {
  const { code, message } = assertThrows(call, MediaError);
  return `${code} ${message}`;
}

describe("Heap.create()", () => {
  it("refuses what is no storage and what no option can be", () => {
    const storage = new ArrayBuffer(65536);
    for (const wrong of [null, undefined, 5, {}, new Uint8Array(65536)]) {
      assertThrows(() => Heap.create(wrong as ArrayBuffer), TypeError, "storage is");
    }
    for (
      const options of [
        { alignment: 8 },
        { alignment: 128 },
        { alignment: 0 },
        { start: 32 },
        { start: -64 },
        { start: 2 ** 32 },
        { start: 2 ** 32 - 64 },
        { limitBytes: -1 },
        { quarantineBytes: -1 },
      ]
    ) {
      assertStringIncludes(refusal(() => Heap.create(storage, options as object)), "EINVAL");
    }
    for (const options of [{ alignment: 16.5 }, { start: "64" }, { limitBytes: NaN }, { checked: 1 }]) {
      assertThrows(() => Heap.create(storage, options as object), TypeError);
    }
    assertEquals(new Uint8Array(storage).every((byte) => byte === 0), true);
  });

  it("refuses a storage that is too small, and takes the smallest that is not", () => {
    let byteLength = 0;
    const message = refusal(() => Heap.create(new ArrayBuffer(100)));
    assertStringIncludes(message, "ENOMEM Cannot create a heap: the storage has 100 bytes, wanted at least ");
    byteLength = Number(message.split(" ").at(-1));
    assertStringIncludes(refusal(() => Heap.create(new ArrayBuffer(byteLength - 1))), "ENOMEM");
    const heap = Heap.create(new ArrayBuffer(byteLength));
    assertEquals(heap.check(), []);
    heap.free(heap.malloc(48));
    assertStringIncludes(refusal(() => heap.malloc(49)), "ENOMEM");
    assertEquals(heap.check(), []);
  });

  it("takes storages of any length", () => {
    for (let odd = 0; odd < 70; odd++) {
      const heap = Heap.create(new ArrayBuffer(30000 + odd));
      const address = heap.malloc(1000);
      assert(address + 1000 <= 30000 + odd);
      assertEquals(heap.check(), []);
    }
  });

  it("leaves what is below its start alone", () => {
    const storage = new ArrayBuffer(65536);
    const bytes = new Uint8Array(storage).fill(7);
    const heap = Heap.create(storage, { start: 8192 });
    const address = heap.malloc(100);
    assert(address > 8192);
    assert(bytes.subarray(0, 8192).every((byte) => byte === 7));
    assertEquals(heap.check(), []);
    assertEquals(Heap.attach(storage, 8192).check(), []);
    assertThrows(() => Heap.attach(storage), MediaError, "its first word is 0x7070707");
  });
});

describe("Heap.malloc()", () => {
  for (const alignment of [16, 32, 64] as const) {
    it(`gives multiples of the heap's alignment, ${alignment}`, () => {
      const heap = Heap.create(new ArrayBuffer(1 << 20), { alignment });
      assertEquals(heap.alignment, alignment);
      let odd = 0;
      for (let size = 0; size < 200; size++) {
        const address = heap.malloc(size);
        assertEquals(address % alignment, 0);
        odd |= address / alignment & 1;
      }
      // Not by luck of a larger alignment.
      assertEquals(odd, 1);
      assertEquals(heap.check(), []);
    });
  }

  it("gives multiples of any power of two that is asked for, and the memory before stays usable", () => {
    for (let power = 0; power <= 16; power++) {
      const heap = Heap.create(new ArrayBuffer(1 << 20), { alignment: 16 });
      const before = heap.malloc(40);
      for (const size of [1, 77, 5000]) assertEquals(heap.malloc(size, 2 ** power) % 2 ** power, 0);
      assertEquals(heap.malloc(10, 2 ** power) % 16, 0);
      assertEquals(heap.check(), []);
      heap.free(before);
      assertEquals(heap.check(), []);
    }
  });

  it("gives size 0 an address of its own, and never 0", () => {
    const heap = Heap.create(new ArrayBuffer(65536));
    const addresses = [heap.malloc(0), heap.malloc(0), heap.malloc(-0)];
    assertEquals(new Set(addresses).size, 3);
    assert(!addresses.includes(0));
  });

  it("gives the same memory to a size that comes back, small or large", () => {
    for (const size of [100, 3_110_400]) {
      const heap = Heap.create(new ArrayBuffer(1 << 23));
      heap.malloc(50);
      const address = heap.malloc(size);
      heap.malloc(50);
      heap.free(address);
      assertEquals(heap.malloc(size), address);
    }
  });

  it("fills the storage to the last byte and takes it all back", () => {
    for (const reverse of [false, true]) {
      const heap = Heap.create(new ArrayBuffer(1 << 20));
      const addresses: number[] = [];
      assertStringIncludes(
        refusal(() => {
          for (;;) addresses.push(heap.malloc(48));
        }),
        "ENOMEM Cannot call malloc: no room for 48 bytes",
      );
      assertEquals(heap.check(), []);
      assert(addresses.length * 64 > (1 << 20) - 20000);
      for (const address of reverse ? addresses.reverse() : addresses) heap.free(address);
      assertEquals(heap.check(), []);
      heap.free(heap.malloc(addresses.length * 64 - 16));
      assertStringIncludes(refusal(() => heap.malloc(addresses.length * 64 - 15)), "ENOMEM");
    }
  });

  it("looks at more than one block of a class before it gives up", () => {
    const heap = Heap.create(new ArrayBuffer(65536));
    // All three blocks are of the class from 8192 to 8447 bytes.
    const [large, guard, small] = [heap.malloc(8350), heap.malloc(1), heap.malloc(8200)] as const;
    heap.malloc(1);
    heap.malloc(heap.stats().largestFree);
    heap.free(large);
    heap.free(small);
    assertEquals(heap.malloc(8300), large);
    assertEquals(heap.check(), []);
    heap.free(guard);
  });

  it("uses what is in reserve before it gives up", () => {
    const heap = Heap.create(new ArrayBuffer(1 << 20));
    const addresses: number[] = [];
    assertThrows(() => {
      for (;;) addresses.push(heap.malloc(100));
    }, MediaError);
    for (const address of addresses.slice(0, 10)) heap.free(address);
    assertEquals([...heap.walk()].filter(({ state }) => state === "reserved").length, 10);
    assertEquals(heap.malloc(10 * 128 - 16), addresses[0]);
    assertEquals(heap.check(), []);
  });

  it("notices that the header of a block in reserve was overwritten", () => {
    const storage = new ArrayBuffer(1 << 20);
    const heap = Heap.create(storage);
    const addresses = Array.from({ length: 200 }, () => heap.malloc(100));
    heap.free(addresses[100]!);
    new Uint8Array(storage)[addresses[100]! - 1]! ^= 1;
    assertStringIncludes(refusal(() => heap.malloc(100)), "CORRUPTED Cannot call malloc");
    assertEquals(heap.stats().live, 199);
  });

  it("refuses what is no size or alignment, and stays as it was", () => {
    const storage = new ArrayBuffer(65536);
    const heap = Heap.create(storage);
    heap.malloc(100);
    const before = new Uint8Array(storage).slice();
    for (const wrong of [1.5, NaN, Infinity, "1", null, 1n, {}]) {
      assertThrows(() => heap.malloc(wrong as number), TypeError, "size is");
      assertThrows(() => heap.malloc(1, wrong as number), TypeError, "alignment is");
    }
    for (const size of [65536, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40]) {
      assertStringIncludes(refusal(() => heap.malloc(size)), "ENOMEM");
    }
    assertStringIncludes(refusal(() => heap.malloc(-1)), "EINVAL Cannot call malloc: size is -1");
    for (const alignment of [0, -64, 3, 48, 2 ** 32, 2 ** 33, 2 ** 32 + 64]) {
      assertStringIncludes(
        refusal(() => heap.malloc(1, alignment)),
        `EINVAL Cannot call malloc: alignment is`,
      );
    }
    assertStringIncludes(refusal(() => heap.malloc(1, 2 ** 31)), "ENOMEM");
    assertEquals(new Uint8Array(storage), before);
  });
});

describe("Heap.free()", () => {
  it("does nothing for 0", () => {
    const heap = Heap.create(new ArrayBuffer(65536));
    heap.free(0);
    heap.free(-0);
    assertEquals(heap.check(), []);
  });

  it("refuses a second free, whatever has become of the memory since", () => {
    const heap = Heap.create(new ArrayBuffer(1 << 20));
    const [first, second, third] = [heap.malloc(500), heap.malloc(500), heap.malloc(500)] as const;
    for (const address of [first, second]) {
      heap.free(address);
      assertStringIncludes(
        refusal(() => heap.free(address)),
        `DOUBLE_FREE Cannot call free: the block at ${address}`,
      );
    }
    // Both have become part of one block by now, and that is in use again.
    heap.malloc(900);
    assertStringIncludes(refusal(() => heap.free(second)), "DOUBLE_FREE");
    heap.free(third);
    assertStringIncludes(refusal(() => heap.free(third)), "DOUBLE_FREE");
    assertEquals(heap.check(), []);
  });

  it("refuses a second free of a block that became part of the one before", () => {
    const heap = Heap.create(new ArrayBuffer(1 << 20));
    const [first, second] = [heap.malloc(500), heap.malloc(500)] as const;
    heap.malloc(1);
    heap.free(second);
    heap.free(first);
    assertEquals(heap.malloc(900), first);
    assertStringIncludes(refusal(() => heap.free(second)), "DOUBLE_FREE");
    const grown = heap.malloc(3000);
    const next = heap.malloc(3000);
    heap.free(next);
    assertEquals(heap.realloc(grown, 5000), grown);
    assertStringIncludes(refusal(() => heap.free(next)), "DOUBLE_FREE");
  });

  it("notices that the header of a free block before was overwritten", () => {
    const storage = new ArrayBuffer(65536);
    const heap = Heap.create(storage);
    const [first, second] = [heap.malloc(100), heap.malloc(100)] as const;
    heap.malloc(100);
    heap.free(first);
    new Int32Array(storage, first - 16, 1)[0] = 64;
    assertStringIncludes(refusal(() => heap.free(second)), "CORRUPTED");
    assertEquals(heap.stats().live, 2);
  });

  it("refuses a second free of a block in reserve", () => {
    const heap = Heap.create(new ArrayBuffer(1 << 20));
    const addresses = Array.from({ length: 700 }, () => heap.malloc(1000));
    for (const address of addresses.slice(40, 44)) {
      heap.free(address);
      assertStringIncludes(refusal(() => heap.free(address)), "DOUBLE_FREE");
    }
    assertEquals(heap.check(), []);
  });

  it("refuses every address that is not that of a block in use", () => {
    const storage = new ArrayBuffer(65536);
    const heap = Heap.create(storage);
    const address = heap.malloc(1000);
    new Int32Array(storage, address, 250).fill(address / 4);
    const before = new Uint8Array(storage).slice();
    for (let wrong = 1; wrong < 66000; wrong++) {
      // The first is the block, the second starts all that is free.
      if (wrong === address || wrong === address + 1024) continue;
      assertStringIncludes(refusal(() => heap.free(wrong)), "WRONG_OWNER");
    }
    for (const wrong of [-64, -1, 2 ** 32, 2 ** 32 + address, 2 ** 52]) {
      assertStringIncludes(refusal(() => heap.free(wrong)), "WRONG_OWNER");
    }
    assertStringIncludes(
      refusal(() => heap.free(address + 64)),
      `${address + 64} is 64 bytes into the block of 1000 at ${address}, wanted an address that malloc gave`,
    );
    for (const wrong of [1.5, NaN, "64", null, undefined, 64n]) {
      assertThrows(() => heap.free(wrong as number), TypeError, "address is");
    }
    assertEquals(new Uint8Array(storage), before);
  });

  it("notices a write past the end of a block that goes into the next header", () => {
    for (const [from, count] of [[0, 4], [0, 16], [4, 4], [12, 4]] as const) {
      const storage = new ArrayBuffer(65536);
      const heap = Heap.create(storage);
      const first = heap.malloc(48);
      const second = heap.malloc(48);
      heap.malloc(48);
      new Uint8Array(storage, first + 48 + from, count).fill(0x55);
      const refused = refusal(() => {
        heap.free(first);
        heap.free(second);
      });
      assertStringIncludes(refused, "CORRUPTED Cannot call free");
      assert(heap.check().length > 0);
    }
  });
});

describe("Heap.check()", () => {
  it("finds every word of a block's header that is overwritten", () => {
    for (const state of ["used", "free", "reserved"]) {
      for (let word = 0; word < 4; word++) {
        // Nobody reads what a block in reserve was asked for.
        if (state === "reserved" && word === 2) continue;
        const storage = new ArrayBuffer(1 << 20);
        const heap = Heap.create(storage);
        const addresses = Array.from({ length: 200 }, () => heap.malloc(state === "free" ? 9000 / 2 : 100));
        const victim = addresses[100]!;
        if (state !== "used") heap.free(victim);
        assertEquals(heap.check(), []);
        new Int32Array(storage, victim - 16, 4)[word]! ^= 0x01010140;
        assert(heap.check().length > 0, `${state} ${word}`);
      }
    }
  });

  it("ends on any content, and finds nearly every word of the header that is overwritten", () => {
    const storage = new ArrayBuffer(1 << 16);
    const heap = Heap.create(storage);
    for (let i = 0; i < 100; i++) heap.malloc(i);
    for (let i = 0; i < 20; i++) heap.free(heap.malloc(300 * i));
    const words = new Int32Array(storage);
    const unseen: number[] = [];
    // Word 0 to 14 are what the format says; the lists and bitmaps follow.
    for (let word = 0; word <= 816; word++) {
      const value = words[word]!;
      words[word] = value ^ 0x10;
      let found = 1;
      try {
        found = heap.check().length;
      } catch (error) {
        // A heap that ends beyond its storage cannot be looked at.
        assertEquals((error as MediaError).code, "CORRUPTED");
      }
      if (found === 0) unseen.push(word);
      words[word] = value;
    }
    // Granule and mode are read once; the peak, the limit and the size of the quarantine may be anything; a few words are not used.
    assertEquals(
      unseen.filter((word) => ![2, 3, 8, 9, 11, 12, 14].includes(word) && !(word >= 41 && word < 48)),
      [],
    );
  });

  it("has ENOMEM, and no budget, for more than its counters hold", () => {
    const storage = new ArrayBuffer(65536);
    const heap = Heap.create(storage);
    heap.malloc(1);
    const words = new Uint32Array(storage);
    words[BYTES_AT] = 2 ** 32 - 100;
    const error = assertThrows(() => heap.malloc(101), MediaError, "101 bytes on top of 4294967196 in use");
    assertEquals([error.code, heap.limitBytes], ["ENOMEM", Infinity]);
    words[BYTES_AT] = 1;
    assertEquals(heap.check(), []);
  });

  it("refuses options that are none", () => {
    for (const options of [null, 64]) {
      const make = (): Heap => Heap.create(new ArrayBuffer(65536), options as unknown as HeapOptions);
      assertThrows(make, TypeError, `options are ${options}, wanted { alignment, start, … }`);
    }
  });
});
