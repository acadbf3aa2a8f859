import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { assertInUse, codeOf, refusal, testedMemory } from "./testdata/tested_memory_test.ts";

function counted(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => i);
}

describe("memory.read(), memory.write() and memory.unsafeView()", () => {
  it("reach each byte of a block and none beyond", () => {
    for (const size of [1, 47, 48, 49, 100]) {
      const { memory } = testedMemory();
      const others = [memory.malloc(size), memory.malloc(size)];
      const address = memory.malloc(size);
      memory.malloc(size);
      memory.free(others.pop()!);
      memory.write(address, counted(size));
      for (let from = 0; from < size; from++) {
        assertEquals(memory.read(address + from, size - from), counted(size).slice(from));
        assertEquals([...memory.unsafeView(address + from, 1)], [from]);
        for (
          const call of [
            () => memory.read(address + from, size - from + 1),
            () => memory.unsafeView(address + from, size - from + 1),
            () => memory.write(address + from, new Uint8Array(size - from + 1)),
          ]
        ) {
          assertStringIncludes(refusal(call), `wanted at most ${size - from} bytes from there`);
        }
      }
      for (const outside of [address - 1, address - 16, address + size, address + size + 1, 5]) {
        assertEquals(codeOf(() => memory.read(outside, 1)), "WRONG_OWNER", String(outside));
        assertEquals(codeOf(() => memory.read(outside, 0)), "WRONG_OWNER");
      }
      assertEquals(memory.read(address, size), counted(size));
    }
  });

  it("give copies, and the bytes themselves under the unsafe name", () => {
    const { heap, memory } = testedMemory();
    const address = memory.mallocz(33);
    const copy = memory.read(address, 33);
    const view = memory.unsafeView(address, 33);
    copy.fill(1);
    assertEquals(memory.read(address, 33), new Uint8Array(33));
    view.fill(2);
    assertEquals(memory.read(address + 5, 2), new Uint8Array([2, 2]));
    assertEquals([copy.buffer === heap.storage, view.buffer === heap.storage], [false, true]);
  });

  it("see a block of no bytes, which has none", () => {
    const { memory } = testedMemory();
    const address = memory.malloc(0);
    assertEquals(memory.read(address, 0).length, 0);
    memory.write(address, new Uint8Array(0));
    assertEquals(codeOf(() => memory.read(address, 1)), "EINVAL");
    assertEquals(codeOf(() => memory.write(address, new Uint8Array(1))), "EINVAL");
  });

  it("follow a block that moves in a storage that grows", () => {
    const storage = new WebAssembly.Memory({ initial: 1, maximum: 100 });
    const { memory } = testedMemory({ storage });
    let address = memory.memdup(counted(100));
    address = memory.realloc(address, 200_001);
    assertEquals(memory.read(address, 100), counted(100));
    memory.write(address + 200_000, new Uint8Array([7]));
    assertEquals([...memory.unsafeView(address + 200_000, 1)], [7]);
  });

  it("work in shared memory", () => {
    const { memory } = testedMemory({ storage: new SharedArrayBuffer(65536) });
    const address = memory.memdup(counted(77));
    const copy = memory.read(address + 1, 76);
    assertEquals([copy.buffer instanceof ArrayBuffer, copy.length], [true, 76]);
    assertEquals(copy, counted(77).slice(1));
  });

  it("refuse what was freed, wherever it lay", () => {
    for (const checked of [false, true]) {
      const { memory } = testedMemory({ checked });
      const blocks = Array.from({ length: 9 }, () => memory.malloc(300));
      // Alone, beside one that is free on either side, and at the end.
      for (const i of [1, 3, 5, 4, 8, 7]) memory.free(blocks[i]!);
      for (const i of [1, 3, 4, 5, 7, 8]) {
        for (const offset of [0, 1, 150, 299]) {
          assertEquals(codeOf(() => memory.read(blocks[i]! + offset, 1)), "USE_AFTER_FREE", `${i} ${offset}`);
        }
        assertEquals(codeOf(() => memory.write(blocks[i]!, new Uint8Array(1))), "USE_AFTER_FREE");
        assertEquals(codeOf(() => memory.unsafeView(blocks[i]!, 0)), "USE_AFTER_FREE");
      }
      for (const i of [0, 2, 6]) assertEquals(memory.read(blocks[i]! + 299, 1).length, 1);
    }
  });

  it("call memory that never was a block's somebody else's", () => {
    const { heap, memory } = testedMemory();
    const address = memory.malloc(100);
    memory.free(memory.malloc(100));
    for (
      const wrong of [0, 1, 64, address - 1, address + 128 * 1000, heap.stats().total * 2, 2 ** 32, 2 ** 50]
    ) {
      assertEquals(codeOf(() => memory.read(wrong, 1)), "WRONG_OWNER", String(wrong));
    }
  });

  it("refuse what are no addresses, lengths and bytes", () => {
    const { memory } = testedMemory();
    const address = memory.malloc(10);
    for (const [wrong, code] of [[-1, "EINVAL"], [0.5, "TypeError"], ["1", "TypeError"]] as const) {
      assertEquals(codeOf(() => memory.read(wrong as number, 1)), code);
      assertEquals(codeOf(() => memory.read(address, wrong as number)), code);
      assertEquals(codeOf(() => memory.unsafeView(wrong as number, 1)), code);
      assertEquals(codeOf(() => memory.unsafeView(address, wrong as number)), code);
      assertEquals(codeOf(() => memory.write(wrong as number, new Uint8Array(1))), code);
    }
    assertEquals(codeOf(() => memory.read(address, 2 ** 40)), "EINVAL");
    assertEquals(codeOf(() => memory.write(address, [1] as unknown as Uint8Array)), "TypeError");
    const gone = new Uint8Array(1);
    gone.buffer.transfer();
    assertEquals(codeOf(() => memory.write(address, gone)), "USE_AFTER_FREE");
  });

  it("find a block by an address inside, in whatever order they are asked for", () => {
    const { heap, memory } = testedMemory({ storage: new ArrayBuffer(1 << 22) });
    const blocks = Array.from({ length: 300 }, (_, i) => {
      const size = 1 + i * 37 % 500;
      return { address: memory.malloc(size), size };
    });
    for (let i = 0; i < blocks.length; i += 3) memory.free(blocks[i]!.address);
    for (let step = 0; step < 3000; step++) {
      const i = step * 7919 % blocks.length;
      const { address, size } = blocks[i]!;
      const offset = step % size;
      if (i % 3 === 0) assertEquals(codeOf(() => memory.read(address + offset, 1)), "USE_AFTER_FREE");
      else assertEquals(memory.read(address + offset, size - offset).length, size - offset);
    }
    assertEquals(heap.check(), []);
  });

  it("say where a header was overwritten", () => {
    const { heap, memory } = testedMemory();
    const address = memory.malloc(100);
    const next = memory.malloc(100);
    new Uint8Array(heap.storage as ArrayBuffer, next - 16, 16).fill(255);
    assertEquals(codeOf(() => memory.read(next + 5, 1)), "CORRUPTED");
    assertEquals(codeOf(() => memory.read(next, 1)), "CORRUPTED");
    assertEquals(memory.read(address + 5, 1).length, 1);
  });
});

describe("memory.memcpyBackptr()", () => {
  it("is a loop over bytes, for every distance and count", () => {
    const { memory } = testedMemory();
    const start = memory.malloc(200);
    for (let back = 0; back <= 40; back++) {
      for (const count of [0, 1, 2, 3, 7, 15, 16, 17, 31, 33, 63, 64, 65, 100, 159]) {
        const wanted = counted(200);
        memory.write(start, wanted);
        for (let i = 41; i < 41 + count && back > 0; i++) wanted[i] = wanted[i - back]!;
        memory.memcpyBackptr(start + 41, back, count);
        assertEquals(memory.read(start, 200), wanted, `${back} ${count}`);
      }
    }
  });

  it("stays in one block", () => {
    const tested = testedMemory();
    const { memory } = tested;
    memory.malloc(100);
    const start = memory.memdup(counted(100));
    memory.malloc(100);
    assertStringIncludes(refusal(() => memory.memcpyBackptr(start + 8, 9, 10)), "EINVAL");
    assertStringIncludes(refusal(() => memory.memcpyBackptr(start + 8, 8, 93)), "EINVAL");
    assertEquals(codeOf(() => memory.memcpyBackptr(start - 1, 1, 1)), "WRONG_OWNER");
    assertEquals(codeOf(() => memory.memcpyBackptr(start, 0, 101)), "EINVAL");
    for (const [wrong, code] of [[-1, "EINVAL"], [2147483648, "EINVAL"], [0.5, "TypeError"]] as const) {
      assertEquals(codeOf(() => memory.memcpyBackptr(start + 50, wrong, 1)), code);
      assertEquals(codeOf(() => memory.memcpyBackptr(start + 50, 1, wrong)), code);
    }
    assertEquals(memory.read(start, 100), counted(100));
    memory.memcpyBackptr(start + 8, 8, 92);
    assert(memory.read(start, 100).every((byte, i) => byte === i % 8));
    assertInUse(tested, 3, 300);
  });
});
