import process from "node:process";
import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { type BufferPoolOptions, type BufferRef, type HighWater, MediaError } from "@mediamem/interface";
import { pointerArray } from "@mediamem/ffi";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";
import { rawAvutil } from "./testdata/raw_avutil_test.ts";

const { avutil, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("the options of a pool of libavutil", () => {
  it("may be those of a class", () => {
    using backend = loadAvutil();
    class Options implements BufferPoolOptions {
      get max(): number {
        return 1;
      }
    }
    using pool = backend.buffers.poolInit(3, new Options());
    using ref = pool.get();
    assertEquals([ref.size, pool.tryGet()], [3, null]);
  });
});

describe("a pool of libavutil", () => {
  it("gives last what came back first, and counts what becomes of it", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const pool = buffers.poolInit(50);
    const refs = [pool.get(), pool.get(), pool.get()];
    const addresses = refs.map(({ address }) => address);
    for (const i of [0, 2, 1]) refs[i]!.unref();
    assertEquals([ledger.live, ledger.bytes], [0, 150]);
    const again = [pool.get(), pool.get(), pool.get()];
    assertEquals(again.map(({ address }) => addresses.indexOf(address)), [1, 2, 0]);
    assertEquals(pool.stats(), { hits: 3, misses: 3, out: 3, idle: 0, returned: 3, freed: 0, peak: 3 });
    pool.release(again[0]!);
    pool.uninit();
    assertEquals(pool.stats(), { hits: 3, misses: 3, out: 2, idle: 0, returned: 4, freed: 1, peak: 3 });
    again[1]!.data.fill(1);
    again[1]!.unref();
    assertEquals([pool.stats().idle, ledger.bytes], [1, 100]);
    again[2]!.unref();
    assertEquals(pool.stats(), { hits: 3, misses: 3, out: 0, idle: 0, returned: 6, freed: 3, peak: 3 });
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });

  it("takes a buffer back with its last reference, and its views away", () => {
    const { buffers } = avutil;
    using pool = buffers.poolInit(9);
    const ref = pool.get();
    const other = ref.ref();
    const { data } = ref;
    data[0] = 7;
    ref.unref();
    assertEquals([pool.stats().out, data.length], [1, 9]);
    other.unref();
    assertEquals([pool.stats().out, data.length], [0, 0]);
    using next = pool.get();
    assertEquals([next.data[0], next.opaque !== null, next.poolOpaque], [7, true, null]);
    assertEquals(codeOf(() => buffers.alloc(1).poolOpaque), "WRONG_OWNER");
  });

  it("keeps its buffer when a reference moves off it", () => {
    const { buffers } = avutil;
    using pool = buffers.poolInit(9);
    const moved = pool.get();
    buffers.realloc(moved, 20);
    assertEquals([moved.size, pool.stats().idle, pool.stats().returned], [20, 1, 1]);
    const shared = pool.get();
    const other = shared.ref();
    shared.makeWritable();
    assertEquals(pool.stats().out, 1);
    other.unref();
    assertEquals(pool.stats().out, 0);
    for (const ref of [moved, shared]) {
      assertEquals(codeOf(() => pool.release(ref)), "WRONG_OWNER");
      ref.unref();
    }
  });

  it("fills what comes back with the poison, and makes some buffers ahead", () => {
    const { buffers } = avutil;
    using pool = buffers.poolInit(5, { poison: 0xaa, preallocate: 3 });
    assertEquals(pool.stats(), { hits: 0, misses: 0, out: 0, idle: 3, returned: 0, freed: 0, peak: 0 });
    const ref = pool.get();
    assertEquals([...ref.data], Array(5).fill(0xaa));
    ref.data.fill(1);
    const { address } = ref;
    ref.narrow(2, 1);
    ref.unref();
    using again = pool.get();
    assertEquals([again.address, ...again.data], [address, ...Array(5).fill(0xaa)]);
    assertEquals([pool.stats().hits, pool.stats().misses], [2, 0]);
  });

  it("may have buffers without bytes", () => {
    const { buffers } = avutil;
    using pool = buffers.poolInit(0, { poison: 1 });
    const ref = pool.get();
    assertEquals([ref.size, ref.data.length], [0, 0]);
    ref.unref();
    assertEquals(pool.stats().returned, 1);
  });

  it("refuses other buffers, and calls after its end", () => {
    const { buffers } = avutil;
    const pool = buffers.poolInit(9);
    using other = buffers.poolInit(9);
    using foreign = other.get();
    using own = buffers.alloc(9);
    assertEquals(codeOf(() => pool.release(foreign)), "WRONG_OWNER");
    assertEquals(codeOf(() => pool.release(own)), "WRONG_OWNER");
    for (const thing of [null, 5, {}]) assertThrows(() => pool.release(thing as BufferRef), TypeError);
    const ref = pool.get();
    pool.release(ref);
    assertEquals(codeOf(() => pool.release(ref)), "DOUBLE_FREE");
    pool.uninit();
    assertEquals(codeOf(() => pool.get()), "USE_AFTER_FREE");
    assertEquals(codeOf(() => pool.tryGet()), "USE_AFTER_FREE");
    assertEquals(codeOf(() => pool.trim()), "USE_AFTER_FREE");
    assertEquals(codeOf(() => pool.pointer), "USE_AFTER_FREE");
    assertEquals(codeOf(() => pool.uninit()), "DOUBLE_FREE");
    pool[Symbol.dispose]();
  });

  it("refuses options that are none, and sizes", () => {
    const { buffers } = avutil;
    for (
      const options of [null, 5, { allocate: "x" }, { free: 5 }, { poison: 1.5 }, { preallocate: "3" }, {
        max: "3",
      }]
    ) {
      assertThrows(() => buffers.poolInit(5, options as BufferPoolOptions), TypeError);
    }
    for (
      const options of [
        { poison: 256 },
        { poison: -1 },
        { preallocate: -1 },
        { max: 0 },
        { max: 2, preallocate: 3 },
        { highWater: 0 },
        { allocate: 8 },
        { allocate: 2 ** 40, free: () => {} },
      ]
    ) {
      assertEquals(codeOf(() => buffers.poolInit(5, options)), "EINVAL");
    }
    assertThrows(() => buffers.poolInit(1.5), TypeError);
    assertEquals(codeOf(() => buffers.poolInit(-1)), "EINVAL");
  });

  it("lets as many out as there may be, names who holds them, and serves who waits in order", async () => {
    using backend = loadAvutil({ tracing: "counts" });
    const warnings: HighWater[] = [];
    using pool = backend.buffers.poolInit(9, {
      max: 2,
      highWater: 2,
      onHighWater: (warning) => warnings.push(warning),
    });
    const first = pool.tryGet("the decoder")!;
    const second = await pool.get({ holder: "the filter" });
    assertEquals([pool.tryGet(), pool.stats().out, pool.stats().peak], [null, 2, 2]);
    const error = assertThrows(() => pool.get(), MediaError, "the decoder");
    assertEquals(error.code, "EAGAIN");
    assertEquals(warnings.map(({ out, max }) => [out, max]), [[2, 2]]);
    assertEquals((await assertRejects(() => pool.get({ timeout: 1 }), MediaError)).code, "EAGAIN");
    const waits = [pool.get({ holder: "a" }), pool.get({ holder: "b" })];
    first.unref();
    second.unref();
    const served = await Promise.all(waits);
    assertEquals([pool.stats().out, pool.stats().misses], [2, 2]);
    for (const ref of served) ref.unref();
    const abort = new AbortController();
    pool.get();
    pool.get();
    const waiting = pool.get({ signal: abort.signal });
    const late = pool.get({});
    abort.abort(new Error("enough"));
    await assertRejects(() => waiting, Error, "enough");
    pool.uninit();
    assertEquals((await assertRejects(() => late, MediaError)).code, "USE_AFTER_FREE");
  });

  it("gives back the place of a buffer that could not be made", () => {
    using backend = loadAvutil({ limitBytes: 100 });
    const pool = backend.buffers.poolInit(60, { max: 1 });
    const block = backend.memory.malloc(60);
    assertEquals(codeOf(() => pool.get()), "OVER_BUDGET");
    backend.memory.free(block);
    const ref = pool.get();
    assertEquals([pool.stats().out, pool.stats().misses, backend.ledger.bytes], [1, 1, 60]);
    ref.unref();
    pool.uninit();
    assertEquals(backend.ledger.bytes, 0);
    const large = backend.buffers.poolInit(2 ** 31 - 1);
    backend.memory.maxAlloc(1000);
    assertEquals(codeOf(() => large.get()), "ENOMEM");
    assertEquals([large.stats().out, large.stats().misses, backend.ledger.bytes], [0, 0, 0]);
    large.uninit();
    assertEquals(codeOf(() => backend.buffers.poolInit(500, { preallocate: 3 })), "OVER_BUDGET");
    assertEquals([backend.ledger.live, backend.ledger.bytes], [0, 0]);
  });

  it("is given up once its last buffer is back, and says so", () => {
    const { buffers } = avutil;
    let freed = 0;
    const pool = buffers.poolInit(5, { free: () => freed++ });
    const ref = pool.get();
    pool.uninit();
    assertEquals(freed, 0);
    ref.unref();
    assertEquals(freed, 1);
    buffers.poolInit(5, { free: () => freed++ }).uninit();
    assertEquals(freed, 2);
    const boom = new Error("boom");
    const other = buffers.poolInit(5, {
      free: () => {
        throw boom;
      },
    });
    assertStrictEquals(assertThrows(() => other.uninit()), boom);
  });

  it("frees what is idle when trimmed; what is out is freed when the last of it is back", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    let freed = 0;
    const pool = buffers.poolInit(10, { free: () => freed++, preallocate: 2 });
    const [first, second, third] = [pool.get(), pool.get(), pool.get()];
    assertEquals(pool.trim(), 0);
    first.unref();
    assertEquals([pool.trim(), pool.trim(), ledger.bytes], [1, 0, 20]);
    assertEquals([pool.stats().freed, pool.stats().out, pool.stats().idle], [1, 2, 0]);
    second.unref();
    assertEquals([pool.stats().idle, pool.trim()], [1, 0]);
    const fourth = pool.get();
    third.unref();
    assertEquals([pool.stats().freed, pool.stats().idle, ledger.bytes, freed], [3, 0, 10, 0]);
    pool.uninit();
    fourth.unref();
    assertEquals([pool.stats().freed, ledger.live, ledger.bytes, freed], [4, 0, 0, 1]);
  });

  it("may end after its backend was disposed", () => {
    const backend = loadAvutil();
    let freed = 0;
    const pool = backend.buffers.poolInit(10, { free: () => freed++, poison: 3 });
    const ref = pool.get();
    pool.get().unref();
    backend[Symbol.dispose]();
    assertEquals(codeOf(() => pool.get()), "USE_AFTER_FREE");
    assertEquals(codeOf(() => pool.trim()), "USE_AFTER_FREE");
    assertEquals(pool.stats().out, 1);
    ref.data[0] = 1;
    pool.uninit();
    ref.unref();
    assertEquals([freed, pool.stats().freed, backend.ledger.live, backend.ledger.bytes], [1, 2, 0, 0]);
  });

  it("sees what C held on to when the pool hands it out again, or ends", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    using library = rawAvutil();
    let freed = 0;
    const pool = buffers.poolInit(10, { max: 2, poison: 7, free: () => freed++ });
    const held = pointerArray(1);
    const ref = pool.get();
    ref.data.fill(1);
    const { address } = ref;
    held.set(0, library.symbols.av_buffer_ref(ref.pointer));
    ref.unref();
    assertEquals([pool.stats().out, pool.stats().returned], [1, 0]);
    library.symbols.av_buffer_unref(held.bytes);
    const again = pool.get();
    assertEquals([again.address, again.data[0]], [address, 1]);
    assertEquals(pool.stats(), { hits: 1, misses: 1, out: 1, idle: 0, returned: 1, freed: 0, peak: 2 });
    assertEquals(ledger.bytes, 10);
    held.set(0, library.symbols.av_buffer_ref(again.pointer));
    again.unref();
    const adopted = buffers.adopt(held.get(0));
    assertEquals([adopted.poolOpaque, adopted.refCount, ledger.bytes], [null, 1, 10]);
    pool.release(adopted);
    assertEquals([pool.stats().out, pool.stats().returned], [0, 2]);
    const last = pool.get();
    held.set(0, library.symbols.av_buffer_ref(last.pointer));
    last.unref();
    pool.uninit();
    assertEquals([freed, pool.stats().freed, ledger.bytes], [0, 0, 10]);
    library.symbols.av_buffer_unref(held.bytes);
    assertEquals([buffers.settle(), freed, pool.stats().freed, ledger.bytes], [0, 1, 1, 0]);
  });

  it("may be given to C, which takes buffers itself", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    using library = rawAvutil();
    const pool = buffers.poolInit(10);
    pool.get().unref();
    const theirs = pointerArray(1);
    theirs.set(0, library.symbols.av_buffer_pool_get(pool.pointer));
    using ref = pool.get();
    assertEquals([pool.stats().misses, pool.stats().hits, ledger.bytes], [2, 0, 20]);
    assertEquals(ref.size, 10);
    library.symbols.av_buffer_unref(theirs.bytes);
    assertEquals(codeOf(() => pool.trim()), "LOCKED");
    ref.unref();
    pool.uninit();
    assertEquals(ledger.bytes, 0);
  });

  it("leaves nothing behind, nor do 100000 of its buffers", () => {
    const { buffers } = avutil;
    using pool = buffers.poolInit(5000);
    const round = (count: number): void => {
      for (let i = 0; i < count; i++) {
        const ref = pool.get();
        ref.data[0] = i;
        ref.unref();
        if (i % 100 === 0) buffers.poolInit(5000, { preallocate: 3, free: () => {} }).uninit();
      }
    };
    round(20_000);
    const before = process.memoryUsage().rss;
    round(100_000);
    const grown = process.memoryUsage().rss - before;
    assert(grown < 64 * 2 ** 20, `RSS grew by ${grown} bytes`);
  });
});
