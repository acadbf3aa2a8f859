import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { AVERROR, type ByteSource, type MaybePromise, MediaError } from "@mediamem/interface";
import { bytesSource, type OpenIoContext, openSource } from "@mediamem/core-ts/io";

/** 0, 1, 2, … 255, 0, … */
function pattern(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => i);
}

/** A source that answers later. */
function later(bytes: Uint8Array): ByteSource {
  const { read, ...rest } = bytesSource(bytes);
  return {
    ...rest,
    read: async (into, position) => {
      await Promise.resolve();
      return read(into, position);
    },
  };
}

/** What a call throws, whatever it is. */
function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("Expected the call to throw");
}

/** What a promise rejects with, whatever it is. */
async function rejected(promise: Promise<unknown>): Promise<unknown> {
  const [result] = await Promise.allSettled([promise]);
  if (result.status === "rejected") return result.reason;
  throw new Error("Expected the promise to reject");
}

describe("a context over a source that answers at once", () => {
  it("answers at once, and reads what the source has", () => {
    const bytes = pattern(100_003);
    using io = openSource(bytesSource(bytes));
    assertEquals([io.r8(), io.rb16(), io.rl24(), io.rb32()], [0, 0x0102, 0x050403, 0x06070809]);
    assertEquals([io.size(), io.seekable, io.bufferSize], [100_003, true, 65536]);
    const rest = new Uint8Array(100_000);
    assertEquals(io.read(rest), 99_993);
    assertEquals(rest.subarray(0, 99_993), bytes.subarray(10));
    assertEquals([io.read(rest), io.eofReached, io.feof()], [0, true, true]);
  });

  it("waits for nothing in the calls that could wait: all is done when they return", () => {
    using io = openSource(bytesSource(pattern(100_003)));
    const promises = [io.rb32Async(), io.seekAsync(99_000), io.readAsync(new Uint8Array(3))];
    assertEquals(io.tell(), 99_003);
    assert(promises.every((promise) => promise instanceof Promise));
  });

  it("asks for as much as there is room, from where it is", () => {
    const asked: [number, number][] = [];
    const source = bytesSource(pattern(5000));
    using io = openSource({
      ...source,
      read: (into, position) => {
        asked.push([position, into.length]);
        return source.read(into, position);
      },
    }, { bufferSize: 1000 });
    io.r8();
    io.seek(4990);
    io.read(new Uint8Array(2000));
    io.seek(0);
    io.r8();
    // 4990 lies in reach of reading on; then 2000 go past the buffer, and the end is asked for once more.
    assertEquals(asked, [
      [0, 1000],
      [1000, 1000],
      [2000, 1000],
      [3000, 1000],
      [4000, 1000],
      [5000, 1990],
      [0, 1000],
    ]);
  });
});

describe("a context over a source that answers later", () => {
  it("reads with the calls that wait", async () => {
    const bytes = pattern(100_003);
    await using io = openSource(later(bytes), { bufferSize: 501 });
    assertEquals(await io.rb64Async(), 0x0001020304050607n);
    assertEquals(await io.seekAsync(100_000), 100_000);
    assertEquals(await io.rl32Async(), 0xa2a1a0);
    assertEquals([await io.feofAsync(), await io.sizeAsync()], [true, 100_003]);
  });

  it("throws from calls that do not wait and says which do, and goes on where it was", async () => {
    const bytes = pattern(1003);
    await using io = openSource(later(bytes), { bufferSize: 100 });
    const error = assertThrows(() => io.r8(), MediaError, "Async");
    assertEquals([error.code, error.op, io.error], ["CALLBACK", "read_packet", AVERROR.EXTERNAL]);
    io.error = 0;
    assertEquals([await io.feofAsync(), await io.rb32Async()], [false, 0x00010203]);
    // These are in the buffer.
    assertEquals([io.rb32(), io.tell()], [0x04050607, 8]);
    await Promise.resolve();
    assertEquals(await io.seekAsync(1000), 1000);
    assertEquals(await io.rb24Async(), 0xe8e9ea);
  });

  it("takes one call at a time", async () => {
    await using io = openSource(later(pattern(1003)));
    const first = io.rb32Async();
    assertEquals(assertThrows(() => io.r8(), MediaError).code, "LOCKED");
    assertEquals((await assertRejects(() => io.r8Async(), MediaError)).code, "LOCKED");
    assertEquals(await first, 0x00010203);
  });

  it("takes anything with a then for a promise", async () => {
    const read = (into: Uint8Array): Promise<number> => {
      into[0] = 7;
      return { then: (found: (count: number) => void) => found(1) } as unknown as Promise<number>;
    };
    await using io = openSource({ read });
    assertEquals(assertThrows(() => io.r8(), MediaError).code, "CALLBACK");
    io.error = 0;
    await io.feofAsync();
    assertEquals(await io.r8Async(), 7);
  });
});

describe("the answer of a source", () => {
  const wrong: readonly (readonly [string, unknown, string])[] = [
    ["more than was asked for", 101, "at most the 100"],
    ["no number", NaN, "NaN"],
    ["a negative number", -541478725, "a number of bytes, or null"],
    ["a fraction", 0.5, "0.5"],
    ["a text", "5", '"5"'],
    ["nothing", undefined, "undefined"],
    ["a bigint", 5n, "5n"],
    ["an object", {}, "Object"],
  ];
  for (const [name, answer, includes] of wrong) {
    it(`is an error of the source if it is ${name}; the context can still be used`, async () => {
      let lies = true;
      const read = (into: Uint8Array): MaybePromise<number> => lies ? answer as number : into.fill(9).length;
      for (const wait of [false, true]) {
        lies = true;
        using io = openSource(
          { read: wait ? (into) => Promise.resolve(read(into)) : read },
          { bufferSize: 100 },
        );
        const error = wait
          ? await assertRejects(() => io.rb32Async(), MediaError, includes)
          : assertThrows(() => io.rb32(), MediaError, includes);
        assertEquals([error.code, error.op, io.tell(), io.bytesRead], ["CALLBACK", "ByteSource.read", 0, 0]);
        lies = false;
        io.error = 0;
        assertEquals([await io.feofAsync(), await io.rb32Async(), io.tell()], [false, 0x09090909, 4]);
      }
    });
  }

  for (const end of [null, 0]) {
    it(`is the end if it is ${end}`, async () => {
      using now = openSource({ read: () => end });
      assertEquals([now.read(new Uint8Array(3)), now.eofReached, now.error], [0, true, 0]);
      using then = openSource({ read: () => Promise.resolve(end) });
      assertEquals([await then.readAsync(new Uint8Array(3)), then.eofReached, then.error], [0, true, 0]);
    });
  }

  it("may be given by a source that grew meanwhile", () => {
    let bytes = pattern(3);
    using io = openSource({ read: (into, position) => bytesSource(bytes).read(into, position) });
    assertEquals([io.read(new Uint8Array(10)), io.feof()], [3, true]);
    bytes = pattern(5);
    assertEquals([io.feof(), io.r8(), io.r8(), io.r8(), io.feof()], [false, 3, 4, 0, true]);
  });

  it("is not asked for no bytes", async () => {
    let asked = 0;
    const read = (into: Uint8Array): number => {
      asked++;
      return into.length;
    };
    using io = openSource({ read });
    assertEquals([io.read(new Uint8Array(0)), await io.readAsync(new Uint8Array(0)), asked], [0, 0, 0]);
  });

  it("cannot be kept: the memory is gone with the context", () => {
    let kept = new Uint8Array(0);
    {
      using io = openSource({
        read: (into) => {
          kept = into as Uint8Array<ArrayBuffer>;
          return into.length;
        },
      });
      io.r8();
      assertEquals(kept.length, 65536);
    }
    assertEquals(kept.length, 0);
  });
});

describe("what a source throws", () => {
  for (const what of [new RangeError("no such sector"), "a text", undefined, Object.freeze({ code: 5 })]) {
    it(`comes out of the call that was running as it is: ${String(what)}`, async () => {
      using now = openSource({
        read: () => {
          throw what;
        },
      });
      using then = openSource({ read: () => Promise.reject(what) });
      const calls: ((io: OpenIoContext) => unknown)[] = [
        (io) => io.r8(),
        (io) => io.rb64(),
        (io) => io.read(new Uint8Array(5)),
        (io) => io.read(new Uint8Array(100_000)),
        (io) => io.seek(5),
        (io) => io.getStr(5),
        (io) => io.getLine(5),
      ];
      for (const call of calls) {
        now.error = 0;
        now.seek(0);
        assertStrictEquals(thrown(() => call(now)), what);
        assertEquals([now.tell(), now.error], [0, AVERROR.EXTERNAL]);
      }
      for (
        const call of [
          () => then.r8Async(),
          () => then.readAsync(new Uint8Array(5)),
          () => then.readAsync(new Uint8Array(100_000)),
          () => then.seekAsync(5),
          () => then.getStrAsync(5),
        ]
      ) {
        then.error = 0;
        then.seek(0);
        assertStrictEquals(await rejected(call()), what);
        assertEquals([then.tell(), then.error], [0, AVERROR.EXTERNAL]);
      }
    });
  }

  it("is the cause of the error that later calls see", () => {
    const what = new RangeError("no such sector");
    using io = openSource({
      read: () => {
        throw what;
      },
    });
    assertStrictEquals(thrown(() => io.read(new Uint8Array(5))), what);
    const error = assertThrows(() => io.read(new Uint8Array(5)), MediaError);
    assertEquals([error.code, error.averror], ["EXTERNAL", AVERROR.EXTERNAL]);
    assertStrictEquals(error.cause, what);
  });

  it("comes after the bytes that were there before", async () => {
    let times = 0;
    const read = (into: Uint8Array): number => {
      if (times++ > 0) throw new RangeError("gone");
      return into.fill(1).length;
    };
    await using io = openSource({ read }, { bufferSize: 10 });
    io.r8();
    const into = new Uint8Array(15);
    assertThrows(() => io.read(into), RangeError, "gone");
    assertEquals([...into.subarray(0, 10)], [1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
    assertEquals(io.tell(), 10);
  });
});

describe("a context over a source that is read once", () => {
  const once = (bytes: Uint8Array, earliest?: () => number): ByteSource & { readonly asked: number[] } => {
    const asked: number[] = [];
    return {
      asked,
      seekable: false,
      get earliest(): number {
        return earliest!();
      },
      read: (into, position) => {
        asked.push(position);
        return bytesSource(bytes).read(into, position);
      },
    };
  };

  it("reads on to where it is to be, and goes back in its buffer and as far as the source says", () => {
    const source = once(pattern(200_000), () => 100_000);
    using io = openSource(source, { bufferSize: 1000 });
    assertEquals([io.seekable, io.seek(150_500)], [false, 150_500]);
    assertEquals(source.asked, Array.from({ length: 151 }, (_, i) => 1000 * i));
    assertEquals([io.seek(150_001), io.r8(), source.asked.length], [150_001, 150_001 & 255, 151]);
    assertEquals([io.seek(100_000), io.r8()], [100_000, 100_000 & 255]);
    assertEquals(assertThrows(() => io.seek(99_999), MediaError).code, "EPIPE");
    assertEquals([io.tell(), io.r8()], [100_001, 100_001 & 255]);
    assertEquals(assertThrows(() => io.size(), MediaError).code, "ENOSYS");
  });

  it("cannot go back where the source says nothing", () => {
    const { read } = once(pattern(5000));
    using io = openSource({ read }, { bufferSize: 1000 });
    io.skip(2500);
    assertEquals(io.seek(2000), 2000);
    assertEquals(assertThrows(() => io.seek(1999), MediaError).code, "EPIPE");
  });

  it("may know its size", () => {
    using io = openSource({ ...bytesSource(pattern(77)), seekable: false }, { bufferSize: 10 });
    assertEquals([io.size(), io.seekable], [77, false]);
  });
});

describe("a context inside of its source", () => {
  it("is LOCKED in every call, also where there are bytes in the buffer", async () => {
    for (const wait of [false, true]) {
      const codes: unknown[] = [];
      const io: OpenIoContext = openSource({
        read: (into, position) => {
          if (position > 0) {
            for (
              const call of [
                () => io.r8(),
                () => io.rb32(),
                () => io.skip(1),
                () => io.read(new Uint8Array(1)),
              ]
            ) {
              codes.push((thrown(call) as MediaError).code);
            }
          }
          return into.length;
        },
      }, { bufferSize: 100 });
      io.r8();
      assertEquals([wait ? await io.seekAsync(150) : io.seek(150), io.r8()], [150, 0]);
      assertEquals(codes, ["LOCKED", "LOCKED", "LOCKED", "LOCKED"]);
      io.close();
    }
  });
});

describe("openSource()", () => {
  it("checks what it is given, and takes nothing then", () => {
    const read = (): number => 0;
    for (const source of [undefined, null, 5, {}, { read: 5 }, new Uint8Array(5)]) {
      assertThrows(
        () => openSource(source as unknown as ByteSource),
        TypeError,
        "wanted an object with read",
      );
    }
    assertThrows(() => openSource({ read, size: NaN }), TypeError, "NaN");
    assertEquals(assertThrows(() => openSource({ read, size: -1 }), MediaError).code, "EINVAL");
    assertThrows(() => openSource({ read, seekable: 1 as unknown as boolean }), TypeError, "true or false");
    assertEquals(assertThrows(() => openSource({ read }, { bufferSize: 0 }), MediaError).code, "EINVAL");
    assertThrows(() => openSource({ read }, { bufferSize: 1.5 }), TypeError);
    assertThrows(() => openSource({ read }, { signal: {} as AbortSignal }), TypeError, "AbortSignal");
  });

  it("works with a buffer of a single byte", () => {
    using io = openSource(bytesSource(pattern(7)), { bufferSize: 1 });
    assertEquals([io.rb16(), io.rb32(), io.r8(), io.r8(), io.feof()], [1, 0x02030405, 6, 0, true]);
  });
});
