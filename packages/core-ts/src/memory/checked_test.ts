import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertNotEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { plural } from "@mediamem/checks";
import { MediaError } from "@mediamem/interface";
import { Heap } from "@mediamem/core-ts/memory";

function refusal(call: () => unknown): string {
  const { code, message } = assertThrows(call, MediaError);
  return `${code} ${message}`;
}

describe("a checked heap", () => {
  it("finds every byte that is written around a block, when it is freed and before", () => {
    for (const alignment of [16, 32, 64] as const) {
      for (const size of [0, 1, 48, 49, 100]) {
        const storage = new ArrayBuffer(65536);
        const heap = Heap.create(storage, { checked: true, alignment });
        const bytes = new Uint8Array(storage);
        heap.malloc(10);
        const address = heap.malloc(size);
        assertEquals(heap.usableSize(address), size);
        bytes.fill(0, address, address + size);
        assertEquals(heap.check(), []);
        for (let distance = 1; distance <= 16; distance++) {
          for (const at of [address - distance, address + size + distance - 1]) {
            const before = bytes[at]!;
            bytes[at] = 0x41;
            const where = `${plural(distance, "byte")} ${at < address ? "before its start" : "past its end"}`;
            const found = `block of ${
              plural(size, "byte")
            } at ${address} was overrun: ${where} is 0x41, wanted 0xbd`;
            assertEquals(heap.check(), [`The ${found}`]);
            assertEquals(refusal(() => heap.free(address)), `CORRUPTED Cannot call free: the ${found}`);
            assertStringIncludes(refusal(() => heap.realloc(address, 10)), found);
            bytes[at] = before;
          }
        }
        heap.free(address);
        assertEquals(heap.check(), []);
      }
    }
  });

  it("gives aligned addresses", () => {
    const heap = Heap.create(new ArrayBuffer(1 << 20), { checked: true });
    for (let power = 0; power < 14; power++) {
      const address = heap.malloc(100, 2 ** power);
      assertEquals([address % 2 ** power, address % 64], [0, 0]);
    }
    assertEquals(heap.check(), []);
  });

  it("poisons what is freed and does not give it out at once", () => {
    const storage = new ArrayBuffer(1 << 20);
    const heap = Heap.create(storage, { checked: true });
    const address = heap.malloc(100);
    const bytes = new Uint8Array(storage, address, 100).fill(1);
    heap.free(address);
    assert(bytes.every((byte) => byte === 0xdf));
    assertNotEquals(heap.malloc(100), address);
    assertStringIncludes(refusal(() => heap.free(address)), "DOUBLE_FREE");
    assertEquals([...heap.walk()].map(({ state }) => state), ["quarantined", "used", "free"]);
    assert(heap.stats().quarantined > 100);
  });

  it("finds every byte that is written into a freed block", () => {
    const storage = new ArrayBuffer(65536);
    const heap = Heap.create(storage, { checked: true });
    const address = heap.malloc(50);
    heap.free(address);
    const bytes = new Uint8Array(storage);
    for (let at = address - 60; at < address + 66; at++) {
      const before = bytes[at]!;
      bytes[at] = 0x42;
      const [found, ...others] = heap.check();
      assertStringIncludes(
        found!,
        `The block of 50 bytes at ${address} was written after it was freed: its byte ${at - address}`,
      );
      assertEquals(others, []);
      bytes[at] = before;
    }
    assertEquals(heap.check(), []);
  });

  it("reports a freed block that was written once, when it leaves the quarantine, and the call can be made again", () => {
    const storage = new ArrayBuffer(1 << 20);
    const heap = Heap.create(storage, { checked: true, quarantineBytes: 1000 });
    const [first, second, third] = [heap.malloc(300), heap.malloc(300), heap.malloc(300)] as const;
    heap.free(first);
    heap.free(second);
    new Uint8Array(storage)[first + 7] = 1;
    assertEquals(
      refusal(() => heap.free(third)),
      `CORRUPTED Cannot call free: the block of 300 bytes at ${first} was written after it was freed: its byte 7 is 0x01, wanted 0xdf`,
    );
    assertEquals(heap.stats().live, 1);
    heap.free(third);
    assertEquals([heap.check(), heap.stats().live], [[], 0]);
  });

  it("lets blocks out of quarantine where there is no other memory, oldest first", () => {
    const heap = Heap.create(new ArrayBuffer(65536), { checked: true });
    const size = 10_000;
    const addresses: number[] = [];
    assertThrows(
      () => {
        for (;;) addresses.push(heap.malloc(size));
      },
      MediaError,
      "no room",
    );
    for (const address of addresses) heap.free(address);
    assertEquals(heap.malloc(size), addresses[0]);
    assertEquals(heap.check(), []);
    assertEquals(heap.realloc(heap.malloc(2 * size), 10) > 0, true);
    assertEquals(heap.check(), []);
  });

  it("keeps one block where the quarantine holds no more", () => {
    const heap = Heap.create(new ArrayBuffer(65536), { checked: true, quarantineBytes: 500 });
    const addresses = [1, 2, 3].map(() => heap.malloc(300));
    for (const address of addresses) {
      heap.free(address);
      assertEquals([heap.check(), heap.stats().quarantined], [[], 448]);
    }
  });

  it("frees at once what is larger than the quarantine, and everything where that is 0", () => {
    const heap = Heap.create(new ArrayBuffer(65536), { checked: true, quarantineBytes: 0 });
    const address = heap.malloc(100);
    heap.free(address);
    assertEquals([heap.stats().quarantined, heap.malloc(100), heap.check()], [0, address, []]);
  });

  it("moves a block on every realloc", () => {
    const storage = new ArrayBuffer(65536);
    const heap = Heap.create(storage, { checked: true });
    const address = heap.malloc(100);
    new Uint8Array(storage, address, 100).fill(3);
    const moved = heap.realloc(address, 100);
    assertNotEquals(moved, address);
    assert(new Uint8Array(storage, moved, 100).every((byte) => byte === 3));
    assert(new Uint8Array(storage, address, 100).every((byte) => byte === 0xdf));
  });

  it("says that it is one, to those who attach too", () => {
    const storage = new ArrayBuffer(65536);
    assertEquals([Heap.create(storage).checked, Heap.create(storage, { checked: true }).checked], [
      false,
      true,
    ]);
    assertEquals(Heap.attach(storage).checked, true);
  });
});
