import process from "node:process";
import { describe } from "@std/testing/bdd";
import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { type BufferOptions, MediaError } from "@mediamem/interface";
import { addressOf, load, pointerArray, type SymbolTable } from "@mediamem/ffi";
import { itUnless, missingCompiler, withCompiled } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";
import { rawAvutil } from "./testdata/raw_avutil_test.ts";

const { avutil, missing } = testedAvutil();
const it = itUnless(missing);

const THREAD_SYMBOLS = {
  unref_on_thread: {
    parameters: [
      "pointer", // void (*unref)(void **)
      "pointer", // void **reference
    ],
    result: "i32", // int
  },
} as const satisfies SymbolTable;

const THREAD_SOURCE = `#include <pthread.h>
static void (*call)(void **);
static void *run(void *reference) {
  call(reference);
  return 0;
}
int unref_on_thread(void (*unref)(void **), void **reference) {
  pthread_t thread;
  call = unref;
  if (pthread_create(&thread, 0, run, reference)) return -1;
  return pthread_join(thread, 0);
}
`;

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("memory of the program in libavutil", () => {
  it("stays the program's, and comes back once", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const data = new Uint8Array(9);
    const opaque = { name: "mine" };
    const freed: unknown[][] = [];
    const ref = buffers.create(data, { opaque, free: (...args) => freed.push(args) });
    assertStrictEquals(ref.data, data);
    assertStrictEquals(ref.opaque, opaque);
    assertEquals([ref.address, ref.size, ref.readOnly, ledger.live, ledger.bytes], [
      addressOf(data),
      9,
      false,
      1,
      0,
    ]);
    const part = ref.ref();
    part.narrow(2, 3);
    part.data[0] = 5;
    assertEquals([data[2], part.data.length, part.opaque === opaque], [5, 3, true]);
    ref.unref();
    assertEquals(freed.length, 0);
    const seen = part.data;
    part.unref();
    assertEquals([freed.length, freed[0]![0] === opaque, freed[0]![1] === data], [1, true, true]);
    assertEquals([data.length, seen.length, ledger.live], [9, 3, 0]);
  });

  it("needs neither opaque nor free, and may have no bytes", () => {
    const { buffers } = avutil;
    for (const data of [new Uint8Array(0), new Uint8Array(3), new Uint8Array(new ArrayBuffer(9), 2, 5)]) {
      const ref = buffers.create(data);
      assertEquals([ref.opaque, ref.size, ref.data === data], [null, data.length, true]);
      ref.unref();
    }
  });

  it("may be shared, and small, and nowhere else referenced", () => {
    const { buffers } = avutil;
    const shared = new Uint8Array(new SharedArrayBuffer(16), 4, 8);
    const ref = buffers.create(shared);
    assertEquals([ref.address, ref.data === shared], [addressOf(shared), true]);
    ref.unref();
    const refs = Array.from({ length: 300 }, (_, i) => buffers.create(new Uint8Array(40).fill(i)));
    for (let i = 0; i < 20_000; i++) new Uint8Array(40).fill(255);
    for (const [i, small] of refs.entries()) {
      const copy = small.ref();
      small.narrow(3, 5);
      // Another reference by another door sees what C sees.
      assertEquals([...buffers.realloc(copy, 2).data], [i & 255, i & 255]);
      copy.unref();
      small.unref();
    }
  });

  it("is not taken where it could go away, nor anything that is no memory", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const resizable = new ArrayBuffer(8, { maxByteLength: 16 });
    assertEquals(codeOf(() => buffers.create(new Uint8Array(resizable))), "EINVAL");
    const lying = new Uint8Array(resizable);
    Object.defineProperty(lying, "buffer", { value: new ArrayBuffer(8) });
    assertEquals(codeOf(() => buffers.create(lying)), "EINVAL");
    const gone = new Uint8Array(8);
    gone.buffer.transfer();
    assertEquals(codeOf(() => buffers.create(gone)), "USE_AFTER_FREE");
    for (
      const data of [null, 5, [1], new ArrayBuffer(8), new Uint16Array(4), new DataView(new ArrayBuffer(8))]
    ) {
      assertThrows(() => buffers.create(data as unknown as Uint8Array), TypeError);
    }
    for (const options of [null, 5, { free: 5 }, { readOnly: 1 }]) {
      assertThrows(() => buffers.create(new Uint8Array(8), options as unknown as BufferOptions), TypeError);
    }
    backend.memory.maxAlloc(10);
    assertEquals(codeOf(() => buffers.create(new Uint8Array(8))), "ENOMEM");
    assertEquals([ledger.live, ledger.bytes, buffers.settle()], [0, 0, 0]);
  });

  it("comes back when C lets it go, which may be later", () => {
    using backend = loadAvutil();
    const { buffers } = backend;
    using library = rawAvutil();
    const freed: string[] = [];
    const make = (name: string) => buffers.create(new Uint8Array(5), { free: () => freed.push(name) });
    const references = ["first", "second", "third"].map((name) => {
      const reference = pointerArray(1);
      using ref = make(name);
      reference.set(0, library.symbols.av_buffer_ref(ref.pointer));
      return reference;
    });
    assertEquals([freed.length, buffers.settle()], [0, 3]);
    library.symbols.av_buffer_unref(references[1]!.bytes);
    make("fourth").unref();
    assertEquals(freed, ["second", "fourth"]);
    const adopted = buffers.adopt(references[0]!.get(0));
    assertEquals([adopted.refCount, adopted.opaque, adopted.data.length], [1, null, 5]);
    adopted.unref();
    assertEquals([freed.at(-1), buffers.settle()], ["first", 1]);
    library.symbols.av_buffer_unref(references[2]!.bytes);
    assertEquals([buffers.settle(), freed.at(-1)], [0, "third"]);
  });

  itUnless(missing ?? missingCompiler())("comes back when a thread of C lets it go", () => {
    using backend = loadAvutil();
    const { buffers } = backend;
    using library = rawAvutil();
    withCompiled(THREAD_SOURCE, ["-shared", "-fPIC", "-pthread"], (path) => {
      const before = process.env["MEDIAMEM_TEST_THREADS"];
      process.env["MEDIAMEM_TEST_THREADS"] = path;
      const threads = load({
        library: "threads",
        environment: "MEDIAMEM_TEST_THREADS",
        candidates: [],
        symbols: THREAD_SYMBOLS,
      }).symbols;
      if (before === undefined) delete process.env["MEDIAMEM_TEST_THREADS"];
      let freed = 0;
      for (let i = 0; i < 50; i++) {
        const ref = buffers.create(new Uint8Array(5), { free: () => freed++ });
        const reference = pointerArray(1);
        reference.set(0, library.symbols.av_buffer_ref(ref.pointer));
        ref.unref();
        assertEquals(threads.unref_on_thread(library.address("av_buffer_unref"), reference.address), 0);
        assertEquals([freed, reference.get(0)], [i, 0]);
        assertEquals([buffers.settle(), freed], [0, i + 1]);
      }
    });
  });

  it("lets what free throws out of the call that ended it, everything done", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const boom = new Error("boom");
    const make = (): ReturnType<typeof buffers.create> =>
      buffers.create(new Uint8Array(4), {
        readOnly: true,
        free: () => {
          throw boom;
        },
      });
    let ref = make();
    assertStrictEquals(assertThrows(() => ref.unref()), boom);
    assertEquals([ref.live, ledger.live], [false, 0]);
    ref = make();
    assertStrictEquals(assertThrows(() => ref.makeWritable()), boom);
    assertEquals([ref.live, ref.isWritable, ref.refCount, ledger.live, ledger.bytes], [true, true, 1, 1, 4]);
    ref.unref();
    ref = make();
    const src = buffers.alloc(3);
    assertStrictEquals(assertThrows(() => buffers.replace(ref, src)), boom);
    assertEquals([ref.size, src.refCount], [3, 2]);
    ref.unref();
    src.unref();
    ref = make();
    assertStrictEquals(assertThrows(() => buffers.realloc(ref, 20)), boom);
    // In place: a copy beside it would be beyond the limit.
    ledger.limitBytes = 25;
    buffers.realloc(ref, 24);
    assertEquals([ref.size, ledger.live, ledger.bytes], [24, 1, 24]);
    ledger.limitBytes = Infinity;
    ref.unref();
    assertEquals([ledger.live, ledger.bytes, buffers.settle()], [0, 0, 0]);
  });

  it("lets free use the buffers", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    let depth = 0;
    const make = (): void => {
      buffers.create(new Uint8Array(4), {
        free: () => {
          if (++depth < 10) make();
        },
      }).unref();
    };
    make();
    assertEquals([depth, ledger.live], [10, 0]);
  });
});
