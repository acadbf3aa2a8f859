import { rmSync, writeFile } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertStrictEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type BufferRef, MediaError } from "@mediamem/interface";
import { collectGarbage, itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";

const { avutil, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("a buffer of libavutil", () => {
  it("is counted once, its references each, and is gone with the last", () => {
    using backend = loadAvutil({ tracing: "counts" });
    const { buffers, ledger } = backend;
    const first = buffers.allocz(17);
    assertEquals([first.size, first.refCount, first.isWritable, first.readOnly, first.opaque], [
      17,
      1,
      true,
      false,
      null,
    ]);
    assertEquals([...first.data], Array(17).fill(0));
    const second = first.ref();
    assertEquals([second.address, second.size, first.refCount, first.isWritable], [
      first.address,
      17,
      2,
      false,
    ]);
    assertEquals([ledger.live, ledger.bytes], [2, 17]);
    assertEquals(ledger.report().groups.map(({ op }) => op).sort(), ["av_buffer_allocz", "av_buffer_ref"]);
    first.unref();
    assertEquals([second.refCount, second.isWritable, ledger.live, ledger.bytes], [1, true, 1, 17]);
    second.unref();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });

  it("may have no bytes", () => {
    const { buffers } = avutil;
    for (const ref of [buffers.alloc(0), buffers.allocz(0), buffers.realloc(null, 0)]) {
      assertEquals([ref.size, ref.data.length, ref.isWritable], [0, 0, true]);
      ref.unref();
    }
  });

  it("shows all its references the same memory, until the last of them goes", () => {
    const { buffers } = avutil;
    const first = buffers.alloc(9);
    const second = first.ref();
    const part = first.ref();
    part.narrow(2, 5);
    part.narrow(1, 3);
    assertEquals([part.address - first.address, part.size, part.data.length], [3, 3, 3]);
    first.data[4] = 7;
    assertEquals([second.data[4], part.data[1]], [7, 7]);
    assertStrictEquals(first.data.buffer, part.data.buffer);
    const views = [first.data, second.data, part.data, new Uint16Array(first.data.buffer, 0, 4)];
    first.unref();
    part.unref();
    assertEquals(views.map(({ length }) => length), [9, 9, 3, 4]);
    second.unref();
    assertEquals(views.map(({ length }) => length), [0, 0, 0, 0]);
  });

  it("hands out a part's range only", () => {
    const { buffers } = avutil;
    using ref = buffers.alloc(10);
    ref.narrow(0, 10);
    for (const [offset, size] of [[0, 11], [10, 1], [-1, 1], [1, -1], [2 ** 40, 0]] as const) {
      assertEquals(codeOf(() => ref.narrow(offset, size)), "EINVAL");
    }
    assertThrows(() => ref.narrow(0.5, 1), TypeError);
    ref.narrow(10, 0);
    assertEquals([ref.size, ref.data.length], [0, 0]);
  });

  it("is refused for sizes that are none, and where there is no memory or no budget", () => {
    using backend = loadAvutil({ limitBytes: 100 });
    const { buffers, ledger } = backend;
    for (const make of [buffers.alloc, buffers.allocz, (size: number) => buffers.realloc(null, size)]) {
      const call = make.bind(buffers);
      assertThrows(() => call(1.5), TypeError);
      assertEquals(codeOf(() => call(-1)), "EINVAL");
      assertEquals(codeOf(() => call(2 ** 40)), "ENOMEM");
      assertEquals(codeOf(() => call(2 ** 32 + 5)), "ENOMEM");
      assertEquals(codeOf(() => call(101)), "OVER_BUDGET");
    }
    assertEquals([ledger.live, ledger.bytes, ledger.peak], [0, 0, 0]);
  });
});

describe("a dead reference of libavutil", () => {
  it("says where it was taken and given back", () => {
    using backend = loadAvutil({ tracing: "all" });
    let ref = backend.buffers.alloc(5);
    ref.unref();
    takeReference();
    giveBack();
    const uses: readonly (readonly [() => unknown, string])[] = [
      [giveBack, "DOUBLE_FREE"],
      [() => ref.data, "USE_AFTER_FREE"],
      [() => ref.address, "USE_AFTER_FREE"],
      [() => ref.size, "USE_AFTER_FREE"],
      [() => ref.refCount, "USE_AFTER_FREE"],
      [() => ref.isWritable, "USE_AFTER_FREE"],
      [() => ref.readOnly, "USE_AFTER_FREE"],
      [() => ref.opaque, "USE_AFTER_FREE"],
      [() => ref.poolOpaque, "USE_AFTER_FREE"],
      [() => ref.pointer, "USE_AFTER_FREE"],
      [() => ref.ref(), "USE_AFTER_FREE"],
      [() => ref.take(), "USE_AFTER_FREE"],
      [() => ref.narrow(0, 0), "USE_AFTER_FREE"],
      [() => ref.getMut(), "USE_AFTER_FREE"],
      [() => ref.makeMut(), "USE_AFTER_FREE"],
      [() => ref.makeWritable(), "USE_AFTER_FREE"],
      [() => backend.buffers.realloc(ref, 9), "USE_AFTER_FREE"],
      [() => backend.buffers.replace(ref, null), "USE_AFTER_FREE"],
      [() => backend.buffers.replace(null, ref), "USE_AFTER_FREE"],
    ];
    for (const [use, code] of uses) {
      const error = assertThrows(use, MediaError);
      assertEquals(error.code, code);
      assertStringIncludes(error.message, "taken at takeReference");
      assertStringIncludes(error.message, "given back at giveBack");
    }
    assertEquals(ref.live, false);
    ref[Symbol.dispose]();

    function takeReference(): void {
      ref = backend.buffers.alloc(77);
    }
    function giveBack(): void {
      ref.unref();
      void ref;
    }
  });

  it("may have been taken over by another handle", () => {
    using backend = loadAvutil();
    const ref = backend.buffers.alloc(5);
    const { data } = ref;
    const taker = ref.take();
    assertEquals([ref.live, taker.live, backend.ledger.live], [false, true, 1]);
    assertStrictEquals(taker.data, data);
    assertEquals(codeOf(() => ref.unref()), "USE_AFTER_FREE");
    assertEquals(codeOf(() => ref.data), "USE_AFTER_FREE");
    ref[Symbol.dispose]();
    assertEquals(data.length, 5);
    taker.unref();
    assertEquals([data.length, backend.ledger.live, backend.ledger.bytes], [0, 0, 0]);
  });

  it("is no reference of another backend, nor anything else", () => {
    using other = loadAvutil();
    using ref = avutil.buffers.alloc(5);
    assertEquals(codeOf(() => other.buffers.realloc(ref, 9)), "WRONG_OWNER");
    assertEquals(codeOf(() => other.buffers.replace(ref, null)), "WRONG_OWNER");
    for (const thing of [{}, 5, "text", undefined]) {
      assertThrows(() => avutil.buffers.realloc(thing as BufferRef, 9), TypeError);
      assertThrows(() => avutil.buffers.replace(null, thing as BufferRef), TypeError);
    }
  });
});

describe("a reference of libavutil", () => {
  it("may be looked through and given back after its backend was disposed", () => {
    const backend = loadAvutil();
    const { buffers, ledger } = backend;
    const ref = buffers.allocz(10);
    const own = buffers.create(new Uint8Array(4), { free: () => freed++ });
    let freed = 0;
    backend[Symbol.dispose]();
    ref.data[0] = 1;
    const taken = ref.take();
    assertEquals([taken.data[0], taken.size, taken.refCount], [1, 10, 1]);
    for (
      const use of [
        () => buffers.alloc(5),
        () => buffers.create(new Uint8Array(3)),
        () => buffers.realloc(taken, 99),
        () => buffers.poolInit(5),
        () => taken.narrow(0, 1),
        () => taken.isWritable,
      ]
    ) {
      assertEquals(codeOf(use), "USE_AFTER_FREE");
    }
    assertEquals([ledger.live, ledger.bytes], [2, 10]);
    taken.unref();
    own.unref();
    assertEquals([freed, ledger.live, ledger.bytes], [1, 0, 0]);
  });

  it("is kept, and not resized, while an asynchronous write still reads it", async () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const size = 1 << 20;
    const isBun = process.versions.bun !== undefined;
    const path = join(tmpdir(), `mediamem-buffer-${process.pid}`);
    const ref = buffers.realloc(null, size);
    const { data } = ref;
    await new Promise<void>((done) => {
      writeFile(path, data, () => done());
      if (isBun) {
        assertEquals(codeOf(() => buffers.realloc(ref, 2 * size)), "LOCKED");
        assertEquals([ref.size, ref.data === data, ledger.bytes], [size, true, size]);
      }
      ref.unref();
      assertEquals([data.length, ledger.live, ledger.bytes], isBun ? [size, 0, size] : [0, 0, 0]);
    });
    const second = buffers.allocz(size);
    const other = second.ref();
    const seen = second.data;
    await new Promise<void>((done) => {
      writeFile(path, seen, () => done());
      other.unref();
      buffers.realloc(second, 2);
      assertEquals([second.size, seen.length], [2, isBun ? size : 0]);
    });
    rmSync(path, { force: true });
    assertEquals([buffers.settle(), data.length, seen.length, ledger.bytes], [0, 0, 0, 2]);
    second.unref();
  });

  it("tells C where to find it", () => {
    const { buffers } = avutil;
    using ref = buffers.alloc(12);
    using other = ref.ref();
    const seen = buffers.borrow(ref.pointer);
    assertEquals(seen, {
      pointer: ref.pointer,
      address: ref.address,
      size: 12,
      refCount: 2,
      isWritable: false,
      opaque: null,
    });
    assert(ref.pointer !== other.pointer);
  });

  it("leaves nothing behind, nor do 100000 of them", async () => {
    const { buffers } = avutil;
    const bytes = new Uint8Array(4096);
    const round = (count: number): void => {
      for (let i = 0; i < count; i++) {
        buffers.create(bytes).unref();
        const ref = buffers.alloc(1 + i % 999);
        ref.data[0] = i;
        ref.ref().unref();
        ref.unref();
      }
    };
    // The collector in between: what a registry of finalizers let go of is garbage that only a full collection takes.
    const rounds = (count: number): Promise<void> =>
      collectGarbage(() => count-- === 0 || (round(10_000), false));
    await rounds(2);
    const before = process.memoryUsage().rss;
    await rounds(10);
    const grown = process.memoryUsage().rss - before;
    assert(grown < 64 * 2 ** 20, `RSS grew by ${grown} bytes`);
  });
});
