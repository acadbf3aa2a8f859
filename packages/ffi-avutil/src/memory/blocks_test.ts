import { rmSync, writeFile } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { releaseKeptMemory } from "@mediamem/ffi";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";

const { avutil, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("the bytes of a block of libavutil", () => {
  it("are read, written and seen anywhere in it", () => {
    const { memory } = avutil;
    const other = memory.malloc(50);
    const address = memory.mallocz(10);
    memory.write(address + 7, Uint8Array.of(1, 2, 3));
    assertEquals([...memory.read(address + 6, 4)], [0, 1, 2, 3]);
    const view = memory.unsafeView(address + 8, 2);
    view[0] = 9;
    assertEquals([...memory.read(address + 7, 3)], [1, 9, 3]);
    assertEquals([memory.read(address, 0).length, memory.read(address + 9, 0).length], [0, 0]);
    memory.free(address);
    assertEquals([view.length, view.buffer.byteLength], [0, 0]);
    memory.free(other);
  });

  it("are copied: what is read is the program's", () => {
    const { memory } = avutil;
    const address = memory.mallocz(8);
    const copy = memory.read(address, 8);
    copy[0] = 1;
    assertEquals(memory.read(address, 1)[0], 0);
    memory.free(address);
    assertEquals(copy.length, 8);
  });

  it("are not those before and behind it", () => {
    const { memory } = avutil;
    const address = memory.malloc(100);
    assertEquals(codeOf(() => memory.read(address, 101)), "EINVAL");
    assertEquals(codeOf(() => memory.write(address + 1, new Uint8Array(100))), "EINVAL");
    assertEquals(codeOf(() => memory.unsafeView(address + 99, 2)), "EINVAL");
    assertEquals(codeOf(() => memory.read(address - 1, 1)), "WRONG_OWNER");
    assertEquals(codeOf(() => memory.read(address, -1)), "EINVAL");
    assertThrows(() => memory.read(address, 1.5), TypeError);
    assertThrows(() => memory.write(address, [1] as unknown as Uint8Array), TypeError);
    assertThrows(() => memory.read("5" as unknown as number, 1), TypeError);
    assertEquals(codeOf(() => memory.read(-5, 1)), "EINVAL");
    memory.free(address);
  });

  it("repeat what lies before them", () => {
    const { memory } = avutil;
    for (const back of [0, 1, 2, 3, 4, 5, 7, 16, 33]) {
      for (const count of [0, 1, 2, 7, 15, 16, 31, 60]) {
        const bytes = Uint8Array.from({ length: 100 }, (_, i) => i + 1);
        const address = memory.memdup(bytes);
        memory.memcpyBackptr(address + 40, back, count);
        for (let i = 40; i < 40 + count; i++) bytes[i] = bytes[i - back]!;
        assertEquals(memory.read(address, 100), bytes);
        memory.free(address);
      }
    }
    const address = memory.mallocz(100);
    for (const [at, back, count] of [[8, 9, 1], [0, 0, 101], [99, 1, 2], [8, -1, 1], [8, 1, -1]] as const) {
      assertEquals(codeOf(() => memory.memcpyBackptr(address + at, back, count)), "EINVAL");
    }
    memory.free(address);
  });
});

describe("an address that is none of a live block", () => {
  it("is refused with where the block was taken and given back", () => {
    using backend = loadAvutil({ tracing: "all" });
    const { memory } = backend;
    let address = 0;
    takeBlock();
    giveBack();
    const uses: readonly (readonly [() => unknown, string])[] = [
      [giveBack, "DOUBLE_FREE"],
      [() => memory.realloc(address, 5), "USE_AFTER_FREE"],
      [() => memory.read(address + 5, 1), "USE_AFTER_FREE"],
      [() => memory.unsafeView(address, 1), "USE_AFTER_FREE"],
      [() => memory.memcpyBackptr(address + 5, 1, 1), "USE_AFTER_FREE"],
      [() => memory.dynarrayAdd({ address, count: 0 }, 1), "USE_AFTER_FREE"],
      [() => memory.fastMalloc({ address, size: 0 }, 1), "USE_AFTER_FREE"],
    ];
    for (const [use, code] of uses) {
      const error = assertThrows(use, MediaError);
      assertEquals(error.code, code);
      assertStringIncludes(error.message, "taken at takeBlock");
      assertStringIncludes(error.message, "given back at giveBack");
    }

    // Nothing is returned: Bun leaves the caller of a last call out of the stack.
    function takeBlock(): void {
      address = memory.malloc(77);
    }
    function giveBack(): void {
      memory.free(address);
    }
  });

  it("is told apart from one that never was one, also without tracing", () => {
    const { memory } = avutil;
    const address = memory.malloc(64);
    assertEquals(codeOf(() => memory.free(address + 16)), "WRONG_OWNER");
    assertEquals(codeOf(() => memory.free(4096)), "WRONG_OWNER");
    memory.free(address);
    assertEquals(codeOf(() => memory.free(address)), "DOUBLE_FREE");
    assertEquals(codeOf(() => memory.free(address + 16)), "WRONG_OWNER");
    assertThrows(() => memory.free(1.5), TypeError);
    assertThrows(() => memory.free(null as unknown as number), TypeError);
    memory.free(0);
  });

  it("is another backend's", () => {
    using backend = loadAvutil();
    using other = loadAvutil();
    const address = other.memory.malloc(5);
    assertEquals(codeOf(() => backend.memory.free(address)), "WRONG_OWNER");
    other.memory.free(address);
  });
});

describe("a block of libavutil", () => {
  it("may be freed, read and written after its backend was disposed, and nothing else", () => {
    const backend = loadAvutil();
    const { memory, ledger } = backend;
    const address = memory.mallocz(10);
    backend[Symbol.dispose]();
    memory.write(address, Uint8Array.of(7));
    assertEquals(memory.read(address, 1)[0], 7);
    for (
      const use of [
        () => memory.malloc(5),
        () => memory.realloc(address, 20),
        () => memory.strdup("x"),
        () => memory.dynarrayAdd({ address: 0, count: 0 }, 1),
        () => memory.maxAlloc(5),
        () => memory.alignment,
      ]
    ) {
      assertEquals(codeOf(use), "USE_AFTER_FREE");
    }
    assertEquals([ledger.live, ledger.bytes], [1, 10]);
    memory.free(address);
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });

  it("is kept, and not moved, while an asynchronous write still reads it", async () => {
    using backend = loadAvutil();
    const { memory, ledger } = backend;
    const size = 1 << 20;
    const address = memory.malloc(size);
    const view = memory.unsafeView(address, size);
    const path = join(tmpdir(), `mediamem-block-${process.pid}`);
    let pinned = false;
    await new Promise<void>((done) => {
      writeFile(path, view, () => done());
      if (process.versions.bun !== undefined) {
        assertEquals(codeOf(() => memory.realloc(address, 2 * size)), "LOCKED");
        assertEquals([ledger.live, ledger.bytes], [1, size]);
      }
      memory.free(address);
      pinned = view.length !== 0;
      assertEquals([ledger.live, ledger.bytes], [0, pinned ? size : 0]);
      assertEquals(codeOf(() => memory.free(address)), "DOUBLE_FREE");
    });
    rmSync(path, { force: true });
    assertEquals(pinned, process.versions.bun !== undefined);
    assertEquals([releaseKeptMemory(), view.length, ledger.bytes], [0, 0, 0]);
  });

  it("leaves nothing behind, nor do 100000 of them", () => {
    const { memory } = avutil;
    const round = (count: number): void => {
      for (let i = 0; i < count; i++) {
        const address = memory.realloc(memory.malloc(1 + i % 999), 2000);
        memory.write(address, Uint8Array.of(1));
        memory.free(address);
      }
    };
    round(20_000);
    const before = process.memoryUsage().rss;
    round(100_000);
    const grown = process.memoryUsage().rss - before;
    assert(grown < 64 * 2 ** 20, `RSS grew by ${grown} bytes`);
  });
});
