import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type ErrorCode, MediaError } from "@mediamem/interface";
import { SharedBufferPool } from "@mediamem/core-ts/buffers";
import { ALIGNMENT_AT, MAX_SLOTS, SIZE_AT, SLOTS_AT, STATES_AT, TAG_AT, VERSION_AT } from "./pool_format.ts";

function codeOf(call: () => unknown): ErrorCode {
  return assertThrows(call, MediaError).code;
}

/** Every call that takes a handle. */
function callsWith(pool: SharedBufferPool, handle: number): (() => unknown)[] {
  return [
    () => pool.release(handle),
    () => pool.read(handle),
    () => pool.write(handle, new Uint8Array(1)),
    () => pool.unsafeView(handle),
  ];
}

describe("SharedBufferPool.create()", () => {
  it("gives slots that are aligned, zero and apart from each other", () => {
    for (
      const [size, slots, alignment] of [[1, 1, 1], [64, 3, 64], [65, 7, 64], [100, 5, 4096], [3, 100, 2]]
    ) {
      const pool = SharedBufferPool.create({ size: size!, slots: slots!, alignment: alignment! });
      assertEquals([pool.size, pool.slots, pool.alignment], [size, slots, alignment]);
      const views = Array.from({ length: slots! }, () => pool.unsafeView(pool.take()));
      for (const view of views) {
        assertEquals([view.length, view.byteOffset % alignment!], [size, 0]);
        assert(view.every((byte) => byte === 0), "another slot's bytes");
        view.fill(255);
      }
      assertEquals(pool.tryTake(), null);
      for (const handle of pool.handles()) pool.release(handle);
      assertEquals(pool.stats(), { slots, free: slots, taken: 0, waits: 0 });
    }
  });

  it("gives as many slots as a handle has bits for", () => {
    const pool = SharedBufferPool.create({ size: 1, slots: MAX_SLOTS, alignment: 1 });
    const handles = Array.from({ length: MAX_SLOTS }, () => pool.take());
    assertEquals(new Set(handles).size, MAX_SLOTS);
    assert(handles.every((handle) => Number.isSafeInteger(handle)));
    assertEquals(pool.tryTake(), null);
    handles.forEach((handle) => pool.release(handle));
    assertEquals(pool.stats().free, MAX_SLOTS);
  });

  it("refuses what is no shape", () => {
    const make = (options: object) => () =>
      SharedBufferPool.create(options as { size: number; slots: number });
    for (
      const [options, words] of [
        [{ size: 0, slots: 1 }, "size is 0, wanted at least 1"],
        [{ size: 1, slots: 0 }, "slots is 0, wanted 1 to 65536"],
        [{ size: 1, slots: 65537 }, "slots is 65537"],
        [{ size: 1, slots: 1, alignment: 0 }, "alignment is 0"],
        [{ size: 1, slots: 1, alignment: 48 }, "alignment is 48, wanted a power of two"],
        [{ size: 1, slots: 1, alignment: 131072 }, "alignment is 131072"],
      ] as const
    ) assertEquals(assertThrows(make(options), MediaError, words).code, "EINVAL");
    assertThrows(make({ size: 1.5, slots: 1 }), TypeError, "size is 1.5");
    assertThrows(make({ size: 1, slots: "2" }), TypeError, 'slots is "2"');
    assertThrows(make({ size: 1, slots: 1, alignment: 2 ** 31 + 0.5 }), TypeError, "alignment is");
    assertThrows(() => SharedBufferPool.create(null as never), TypeError, "options are null");
    assertEquals(codeOf(make({ size: 2 ** 48, slots: 16 })), "ENOMEM");
  });

  it("says what is missing where there is no shared memory", () => {
    const global: { SharedArrayBuffer: unknown } = globalThis;
    const { SharedArrayBuffer } = global;
    global.SharedArrayBuffer = undefined;
    try {
      const error = assertThrows(
        () => SharedBufferPool.create({ size: 1, slots: 1 }),
        MediaError,
        "isolated",
      );
      assertEquals(error.code, "ENOSYS");
    } finally {
      global.SharedArrayBuffer = SharedArrayBuffer;
    }
  });
});

describe("SharedBufferPool.attach()", () => {
  it("shares everything", () => {
    const first = SharedBufferPool.create({ size: 1001, slots: 2, alignment: 16 });
    const second = SharedBufferPool.attach(first.storage);
    assertStrictEquals(second.storage, first.storage);
    assertEquals([second.size, second.slots, second.alignment], [1001, 2, 16]);
    const handle = first.take();
    second.write(handle, new Uint8Array([7, 8]), 999);
    assertEquals([...first.read(handle, 999)], [7, 8]);
    const other = second.take();
    assertEquals(first.tryTake(), null);
    second.release(handle);
    first.release(other);
    assertEquals(second.stats(), first.stats());
    assertEquals(codeOf(() => first.release(handle)), "DOUBLE_FREE");
  });

  it("refuses a storage that is no pool's, and changes nothing in it", () => {
    const { storage } = SharedBufferPool.create({ size: 10, slots: 2 });
    const broken = (at: number, value: number): SharedArrayBuffer => {
      const copy = new SharedArrayBuffer(storage.byteLength);
      const words = new Int32Array(copy);
      words.set(new Int32Array(storage));
      words[at] = value;
      return copy;
    };
    for (
      const [bad, code, words] of [
        [new SharedArrayBuffer(0), "EINVAL", "the storage has 0 bytes"],
        [new SharedArrayBuffer(STATES_AT * 4 - 4), "EINVAL", "wanted its header"],
        [new SharedArrayBuffer(65536), "EINVAL", "the first word is 0x0, wanted 0x70736d6d"],
        [broken(VERSION_AT, 2), "ABI_MISMATCH", "format is version 2, wanted 1"],
        [broken(SLOTS_AT, 3), "CORRUPTED", "3 slots of 10 bytes"],
        [broken(SLOTS_AT, 0), "CORRUPTED", "0 slots"],
        [broken(SLOTS_AT, -1), "CORRUPTED", "-1 slots"],
        [broken(SIZE_AT, 1000), "CORRUPTED", "1000 bytes"],
        [broken(SIZE_AT + 1, 1), "CORRUPTED", "4294967306 bytes"],
        [broken(ALIGNMENT_AT, 0), "CORRUPTED", "aligned to 0"],
        [broken(TAG_AT, 0), "CORRUPTED", "tag"],
      ] as const
    ) {
      const before = new Uint8Array(bad).slice();
      assertEquals(assertThrows(() => SharedBufferPool.attach(bad), MediaError, words).code, code);
      assertEquals(new Uint8Array(bad).slice(), before);
    }
    assertThrows(() => SharedBufferPool.attach(new ArrayBuffer(65536) as never), TypeError, "ArrayBuffer");
    assertThrows(() => SharedBufferPool.attach(undefined as never), TypeError, "storage is undefined");
  });
});

describe("SharedBufferPool's handles", () => {
  it("are refused once their slot was returned", () => {
    const pool = SharedBufferPool.create({ size: 8, slots: 1 });
    const stale = pool.take();
    pool.release(stale);
    assertEquals(callsWith(pool, stale).map(codeOf), [
      "DOUBLE_FREE",
      "USE_AFTER_FREE",
      "USE_AFTER_FREE",
      "USE_AFTER_FREE",
    ]);
    const handle = pool.take();
    assert(handle !== stale);
    for (const call of callsWith(pool, stale)) assertEquals(codeOf(call), "USE_AFTER_FREE");
    assertEquals([...pool.read(handle)], [0, 0, 0, 0, 0, 0, 0, 0]);
    pool.release(handle);
  });

  it("are refused by other pools, and so is what is no handle", () => {
    for (const slots of [1, 2, 3, 1000]) {
      const pool = SharedBufferPool.create({ size: 8, slots });
      const words = new Int32Array(pool.storage);
      const tag = words[TAG_AT]!;
      const other = SharedBufferPool.create({ size: 8, slots });
      new Int32Array(other.storage)[TAG_AT] = tag === 1 ? 2 : 1;
      const foreign = SharedBufferPool.attach(other.storage).take();
      const handle = pool.take();
      const wrong = [
        foreign,
        0,
        1,
        -1,
        -handle,
        handle - 1,
        handle + 2 ** 53,
        Number.MAX_SAFE_INTEGER,
        2 ** 40,
      ];
      // Three slots have an index of two bits: 3 is out of range.
      if (slots === 3) wrong.push(tag * 4 * 2 ** 32 + 3 * 2 ** 32 + 1);
      for (const value of wrong.filter(Number.isSafeInteger)) {
        for (const call of callsWith(pool, value)) assertEquals(codeOf(call), "WRONG_OWNER", `${value}`);
      }
      for (const value of [NaN, Infinity, 0.5, String(handle), null, undefined, {}]) {
        for (const call of callsWith(pool, value as number)) assertThrows(call, TypeError, "handle is");
      }
      assertEquals(pool.handles(), [handle]);
      pool.release(handle);
    }
  });

  it("stay good when a generation has gone all the way round", () => {
    const pool = SharedBufferPool.create({ size: 8, slots: 1 });
    const words = new Int32Array(pool.storage);
    words[STATES_AT] = 0x7ffffffc;
    const last = pool.take();
    assertEquals(pool.handles(), [last]);
    pool.release(last);
    assertEquals(words[STATES_AT]!, -0x80000000);
    assertEquals(codeOf(() => pool.release(last)), "DOUBLE_FREE");
    const next = pool.take();
    assertEquals(codeOf(() => pool.release(last)), "USE_AFTER_FREE");
    pool.release(next);
    words[STATES_AT] = -4;
    const negative = pool.take();
    pool.write(negative, new Uint8Array([1]));
    assertThrows(() => pool.take({ timeout: 0 }), MediaError, "none of 1");
    pool.release(negative);
    assertEquals(words[STATES_AT]!, 0);
    assertEquals(codeOf(() => pool.release(negative)), "DOUBLE_FREE");
  });

  it("of a worker that is gone can be returned by another", () => {
    const pool = SharedBufferPool.create({ size: 8, slots: 3 });
    const alive = pool.take();
    const lost = [pool.take(), pool.take()];
    for (const handle of SharedBufferPool.attach(pool.storage).handles()) {
      if (handle !== alive) pool.release(handle);
    }
    assertEquals(pool.handles(), [alive]);
    for (const handle of lost) assertEquals(codeOf(() => pool.release(handle)), "DOUBLE_FREE");
  });
});

describe("SharedBufferPool.read() and write()", () => {
  it("stay in their slot", () => {
    const pool = SharedBufferPool.create({ size: 10, slots: 2, alignment: 2 });
    const [left, right] = [pool.take(), pool.take()];
    pool.write(left, new Uint8Array(10).fill(1));
    pool.write(right, new Uint8Array(0), 10);
    assertEquals([...pool.read(right)], Array(10).fill(0));
    assertEquals(pool.read(left, 10).length, 0);
    for (
      const call of [
        () => pool.read(left, 0, 11),
        () => pool.read(left, 10, 1),
        () => pool.read(left, 11),
        () => pool.read(left, -1, 1),
        () => pool.read(left, 0, -1),
        () => pool.write(left, new Uint8Array(11)),
        () => pool.write(left, new Uint8Array(1), 10),
        () => pool.write(left, new Uint8Array(1), -1),
      ]
    ) assertEquals(codeOf(call), "EINVAL");
    assertThrows(() => pool.read(left, 0.5, 1), TypeError, "offset is 0.5");
    assertThrows(() => pool.read(left, 0, NaN), TypeError, "length is NaN");
    assertThrows(() => pool.write(left, [1] as never), TypeError, "bytes are Array");
    assertEquals([...pool.read(left)], Array(10).fill(1));
  });

  it("tell when the slot was returned meanwhile", () => {
    const pool = SharedBufferPool.create({ size: 10, slots: 1 });
    // A worker that comes in between the first look and the copy, as this thread's own code.
    const set = Uint8Array.prototype.set;
    const calls: ((handle: number) => unknown)[] = [
      (handle) => pool.read(handle),
      (handle) => pool.write(handle, new Uint8Array(4)),
    ];
    for (const call of calls) {
      const handle = pool.take();
      Uint8Array.prototype.set = function (...values) {
        Uint8Array.prototype.set = set;
        pool.release(handle);
        return set.apply(this, values);
      };
      try {
        assertEquals(codeOf(() => call(handle)), "USE_AFTER_FREE");
      } finally {
        Uint8Array.prototype.set = set;
      }
    }
  });
});

describe("SharedBufferPool.take()", () => {
  it("says after how long it found none", () => {
    const pool = SharedBufferPool.create({ size: 1, slots: 3 });
    for (let i = 0; i < 3; i++) pool.take();
    const error = assertThrows(() => pool.take({ timeout: 0 }), MediaError, "none of 3 is free after 0 ms");
    assertEquals(error.code, "EAGAIN");
    assertThrows(() => pool.take({ timeout: 2 }), MediaError, "none of 3 is free after 2 ms");
    assertEquals(pool.stats().waits, 2);
    assertEquals(codeOf(() => pool.take({ timeout: -1 })), "EINVAL");
    assertThrows(() => pool.take({ timeout: NaN }), TypeError, "timeout is NaN");
  });

  it("names takeAsync where the thread must not block, also while a slot is free", () => {
    const { wait } = Atomics;
    Atomics.wait = () => {
      throw new TypeError("Atomics.wait cannot be called in this context");
    };
    try {
      const pool = SharedBufferPool.create({ size: 1, slots: 1 });
      const error = assertThrows(() => pool.take(), MediaError, "wanted takeAsync");
      assertEquals([error.code, pool.stats().taken], ["ENOSYS", 0]);
      assert(pool.tryTake() !== null);
    } finally {
      Atomics.wait = wait;
    }
  });
});

describe("SharedBufferPool.takeAsync()", () => {
  for (
    const [title, waitAsync] of [["", Atomics.waitAsync], [" without Atomics.waitAsync", undefined]] as const
  ) {
    /** Runs with that `Atomics.waitAsync`. */
    const withWait = async (run: () => Promise<void>): Promise<void> => {
      const atomics: { waitAsync: unknown } = Atomics;
      const before = atomics.waitAsync;
      atomics.waitAsync = waitAsync;
      try {
        await run();
      } finally {
        atomics.waitAsync = before;
      }
    };

    it(`waits for a return${title}`, () =>
      withWait(async () => {
        const pool = SharedBufferPool.create({ size: 1, slots: 1 });
        const first = await pool.takeAsync();
        const others = [pool.takeAsync(), pool.takeAsync({ timeout: 60_000 })];
        assertEquals(pool.stats().waits, 2);
        pool.release(first);
        const second = await Promise.race(others);
        pool.release(second);
        const third = (await Promise.all(others)).find((handle) => handle !== second)!;
        pool.release(third);
        assertEquals(pool.stats().free, 1);
      }));

    it(`ends with the time, and with the signal${title}`, () =>
      withWait(async () => {
        const pool = SharedBufferPool.create({ size: 1, slots: 1 });
        const handle = pool.take();
        for (const timeout of [0, 5]) {
          const error = await assertRejects(
            () => pool.takeAsync({ timeout }),
            MediaError,
            `none of 1 is free after ${timeout} ms`,
          );
          assertEquals(error.code, "EAGAIN");
        }
        const controller = new AbortController();
        const waiting = pool.takeAsync({ signal: controller.signal });
        const other = pool.takeAsync();
        controller.abort(new Error("no more frames"));
        await assertRejects(() => waiting, Error, "no more frames");
        await assertRejects(() => pool.takeAsync({ signal: controller.signal }), Error, "no more frames");
        pool.release(handle);
        // The wait that was given up keeps no slot from the one that goes on.
        pool.release(await other);
        await assertRejects(() => pool.takeAsync({ signal: controller.signal }), Error, "no more frames");
        assertEquals(pool.stats().free, 1);
      }));
  }

  it("refuses what is no wait", async () => {
    const pool = SharedBufferPool.create({ size: 1, slots: 1 });
    assertEquals((await assertRejects(() => pool.takeAsync({ timeout: -1 }), MediaError)).code, "EINVAL");
    await assertRejects(() => pool.takeAsync({ signal: {} as AbortSignal }), TypeError, "signal is Object");
    assertEquals(pool.stats().free, 1);
  });
});

describe("SharedBufferPool", () => {
  it("keeps to a model of it, from two sights of one storage", () => {
    const step = fc.record({ take: fc.boolean(), which: fc.nat(20), second: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.array(step, { maxLength: 100 }), (slots, steps) => {
        const first = SharedBufferPool.create({ size: 1, slots, alignment: 1 });
        const second = SharedBufferPool.attach(first.storage);
        const live = new Set<number>();
        const returned: number[] = [];
        for (const { take, which, second: other } of steps) {
          const pool = other ? second : first;
          if (take) {
            const handle = pool.tryTake();
            assertEquals(handle === null, live.size === slots);
            if (handle !== null) {
              assert(!live.has(handle) && !returned.includes(handle));
              live.add(handle);
            }
          } else if (which < live.size) {
            const handle = [...live][which]!;
            pool.release(handle);
            live.delete(handle);
            returned.push(handle);
          } else if (returned.length > 0) {
            const stale = returned[which % returned.length]!;
            assert(["DOUBLE_FREE", "USE_AFTER_FREE"].includes(codeOf(() => pool.release(stale))));
          }
          assertEquals([...pool.handles()].sort(), [...live].sort());
        }
      }),
    );
  });
});
