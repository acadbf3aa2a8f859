import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { type ByteSink, type ByteSource, MediaError } from "@mediamem/interface";
import { bytesSource, type OpenIoContext, openSink, openSource } from "@mediamem/core-ts/io";

/** A source whose first answer comes when it is told to. */
function stalling(): ByteSource & { answer(count: number): void; into: Uint8Array; closed: number } {
  let answer: (count: number) => void = () => {};
  return {
    into: new Uint8Array(0),
    closed: 0,
    answer: (count) => answer(count),
    read(into): Promise<number> {
      this.into = into;
      return new Promise((resolve) => answer = resolve);
    },
    close(): void {
      this.closed++;
    },
  };
}

/** Writes down what is done to it. */
function logging(fails: Partial<Record<"write" | "close" | "abort", unknown>> = {}): ByteSink & {
  readonly log: unknown[];
} {
  const log: unknown[] = [];
  const note = (what: "write" | "close" | "abort", detail: unknown): void => {
    log.push(what, detail);
    if (what in fails) throw fails[what];
  };
  return {
    log,
    write: (bytes, position) => note("write", [position, ...bytes]),
    close: () => note("close", null),
    abort: (reason) => note("abort", reason),
  };
}

/** What a promise rejects with, whatever it is. */
async function rejected(promise: PromiseLike<unknown>): Promise<unknown> {
  const [result] = await Promise.allSettled([promise]);
  if (result.status === "rejected") return result.reason;
  throw new Error("Expected the promise to reject");
}

describe("close() of a reader", () => {
  it("frees the context, then closes the source, once", () => {
    const source = stalling();
    const io = openSource(source);
    io.close();
    assertEquals(source.closed, 1);
    assertEquals(assertThrows(() => io.tell(), MediaError).code, "USE_AFTER_FREE");
    assertEquals(assertThrows(() => io.close(), MediaError).code, "USE_AFTER_FREE");
    assertEquals(assertThrows(() => io.free(), MediaError).code, "DOUBLE_FREE");
    io[Symbol.dispose]();
    assertEquals(source.closed, 1);
  });

  it("throws what the source throws; the context is free all the same", async () => {
    const what = new RangeError("jammed");
    const close = (): never => {
      throw what;
    };
    const io = openSource({ ...bytesSource(new Uint8Array(3)), close });
    assertStrictEquals(assertThrows(() => io.close(), RangeError), what);
    assertEquals(assertThrows(() => io.tell(), MediaError).code, "USE_AFTER_FREE");
    const other = openSource({ read: () => 0, close: () => Promise.reject(what) });
    assertStrictEquals(await rejected(other.closeAsync()), what);
  });

  it("says what waits where the source closes later", () => {
    const io = openSource({ read: () => 0, close: () => Promise.reject(new Error("nobody hears")) });
    const error = assertThrows(() => io.close(), MediaError, "Async");
    assertEquals([error.code, error.op], ["CALLBACK", "ByteSource.close"]);
  });

  it("is not the place for an error of reading, which was heard of before", () => {
    const io = openSource({
      read: () => {
        throw new RangeError("gone");
      },
    });
    assertThrows(() => io.r8(), RangeError);
    io.close();
  });

  it("waits for no call", async () => {
    const source = stalling();
    const io = openSource(source);
    const first = io.r8Async();
    assertEquals(assertThrows(() => io.close(), MediaError).code, "LOCKED");
    assertEquals((await assertRejects(() => io.closeAsync(), MediaError)).code, "LOCKED");
    source.answer(1);
    assertEquals(await first, 0);
    await io.closeAsync();
    assertEquals(source.closed, 1);
  });
});

describe("using a context", () => {
  it("lets go of a source", async () => {
    const source = stalling();
    {
      using _io = openSource(source);
    }
    assertEquals(source.closed, 1);
    {
      await using _io = openSource(source);
    }
    assertEquals(source.closed, 2);
    openSource(source).free();
    assertEquals(source.closed, 3);
  });

  it("waits for a source that closes later only where it can, and tells then", async () => {
    let steps = "";
    const what = new RangeError("jammed");
    const source: ByteSource = {
      read: () => 0,
      close: async () => {
        steps += "a";
        await Promise.resolve();
        steps += "b";
        throw what;
      },
    };
    {
      using _io = openSource(source);
    }
    assertEquals(steps, "a");
    await Promise.resolve();
    assertEquals(steps, "ab");
    assertStrictEquals(await rejected(openSource(source)[Symbol.asyncDispose]()), what);
    assertEquals(steps, "abab");
  });

  it("writes nothing of what is buffered, and tells a sink to abort", async () => {
    const sink = logging();
    {
      using io = openSink(sink);
      io.w8(5);
    }
    {
      await using io = openSink(sink);
      io.w8(5);
    }
    const [abort, reason] = sink.log;
    assertEquals([abort, sink.log.length], ["abort", 4]);
    assert(reason instanceof MediaError && reason.code === "EXTERNAL");
  });

  it("closes a sink that cannot abort", () => {
    let closed = 0;
    {
      using _io = openSink({ write: () => {}, close: () => void closed++ });
    }
    assertEquals(closed, 1);
  });

  it("closes what is read, also where it could be written to", () => {
    const both = { ...logging(), ...bytesSource(new Uint8Array(5)) };
    {
      using _io = openSource(both);
    }
    assertEquals(both.log, ["close", null]);
  });

  it("does nothing more after close()", async () => {
    const sink = logging();
    {
      await using io = openSink(sink);
      io.w8(5);
      await io.closeAsync();
    }
    assertEquals(sink.log, ["write", [0, 5], "close", null]);
  });
});

describe("dispose while a call waits", () => {
  it("makes the call fail, closes the source, and keeps what comes later away", async () => {
    for (const end of ["dispose", "asyncDispose", "free"] as const) {
      const source = stalling();
      const io = openSource(source);
      const waiting = io.rb32Async();
      assertEquals(source.into.length, 65536);
      if (end === "free") io.free();
      else if (end === "dispose") io[Symbol.dispose]();
      else await io[Symbol.asyncDispose]();
      assertEquals(source.into.length, 0);
      source.answer(4);
      assertEquals((await assertRejects(() => waiting, MediaError)).code, "USE_AFTER_FREE");
      assertEquals(source.closed, 1);
      assertEquals((await assertRejects(() => io.r8Async(), MediaError)).code, "USE_AFTER_FREE");
    }
  });

  it("comes too late for an answer that is there, which is of no use any more", async () => {
    const source = stalling();
    const io = openSource(source);
    const waiting = io.rb32Async();
    source.answer(4);
    io[Symbol.dispose]();
    assertEquals((await assertRejects(() => waiting, MediaError)).code, "USE_AFTER_FREE");
  });

  it("is LOCKED from inside of the source", async () => {
    for (const wait of [false, true]) {
      const io: OpenIoContext = openSource({
        read: () => {
          io[Symbol.dispose]();
          return 0;
        },
      });
      const error = wait
        ? await assertRejects(() => io.r8Async(), MediaError)
        : assertThrows(() => io.r8(), MediaError);
      assertEquals(error.code, "LOCKED");
      io.close();
    }
  });

  it("is LOCKED from inside also after a call that waited", async () => {
    const codes: unknown[] = [];
    const io: OpenIoContext = openSource({
      read: (into, position) => {
        if (position === 0) return Promise.resolve(into.length);
        codes.push(assertThrows(() => io[Symbol.dispose](), MediaError).code);
        return into.length;
      },
    }, { bufferSize: 4 });
    await io.rb32Async();
    io.rb32();
    assertEquals(codes, ["LOCKED"]);
    io.close();
  });

  it("leaves a write that waits, too", async () => {
    let lent = new Uint8Array(0);
    const io = openSink({
      write: (bytes) => {
        lent = bytes as Uint8Array<ArrayBuffer>;
        return new Promise(() => {});
      },
    });
    io.w8(1);
    const waiting = io.flushAsync();
    assertEquals(lent.length, 1);
    io[Symbol.dispose]();
    assertEquals([(await assertRejects(() => waiting, MediaError)).code, lent.length], ["USE_AFTER_FREE", 0]);
  });
});

describe("the signal of a context", () => {
  it("makes the call that waits and all later ones throw its reason", async () => {
    const controller = new AbortController();
    const reason = { why: "enough" };
    const source = stalling();
    const io = openSource(source, { signal: controller.signal });
    const waiting = io.readAsync(new Uint8Array(5));
    controller.abort(reason);
    source.answer(5);
    assertStrictEquals(await rejected(waiting), reason);
    assertStrictEquals(await rejected(io.r8Async()), reason);
    assertEquals(source.into.length, 0);
    for (const call of [() => io.r8(), () => io.tell(), () => io.bufPtr, () => io.seek(0), () => io.feof()]) {
      let thrown: unknown;
      try {
        call();
      } catch (error) {
        thrown = error;
      }
      assertStrictEquals(thrown, reason);
    }
    await io.closeAsync();
    assertEquals(source.closed, 1);
    assertEquals((await assertRejects(() => io.r8Async(), MediaError)).code, "USE_AFTER_FREE");
  });

  it("takes what is buffered away, too", () => {
    const controller = new AbortController();
    using io = openSource(bytesSource(new Uint8Array(9)), { signal: controller.signal });
    io.r8();
    controller.abort();
    assertEquals(assertThrows(() => io.rb32()).name, "AbortError");
  });

  it("may have been given before", async () => {
    const signal = AbortSignal.abort();
    using io = openSource(bytesSource(new Uint8Array(9)), { signal });
    assertStrictEquals(await rejected(io.r8Async()), signal.reason);
  });

  it("may be given by the source itself", async () => {
    for (const wait of [false, true]) {
      const controller = new AbortController();
      using io = openSource({
        read: (into) => {
          controller.abort();
          return into.length;
        },
      }, { signal: controller.signal });
      const error = wait ? await assertRejects(() => io.r8Async()) : assertThrows(() => io.r8());
      assertEquals(error.name, "AbortError");
    }
  });

  it("is what a sink aborts with; close() cannot write any more", async () => {
    for (const wait of [false, true]) {
      const controller = new AbortController();
      const sink = logging();
      const io = openSink(sink, { signal: controller.signal });
      io.w8(1);
      controller.abort("enough");
      if (wait) assertEquals(await rejected(io.closeAsync()), "enough");
      else assertEquals(await rejected((async () => await io.close())()), "enough");
      assertEquals(sink.log, ["abort", "enough"]);
    }
  });

  it("is what a sink hears that is left afterwards", () => {
    const controller = new AbortController();
    const sink = logging();
    {
      using _io = openSink(sink, { signal: controller.signal });
      controller.abort("enough");
    }
    assertEquals(sink.log, ["abort", "enough"]);
  });

  it("is not listened to any more once the context is gone", () => {
    const listeners = new Set<unknown>();
    const controller = new AbortController();
    const { signal } = controller;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = function (this: AbortSignal, ...args: Parameters<typeof addEventListener>) {
      listeners.add(args[1]);
      addEventListener.apply(this, args);
    } as typeof addEventListener;
    signal.removeEventListener = function (this: AbortSignal, ...args: Parameters<typeof addEventListener>) {
      listeners.delete(args[1]);
      removeEventListener.apply(this, args);
    } as typeof removeEventListener;
    const io = openSource(bytesSource(new Uint8Array(9)), { signal });
    assertEquals(listeners.size, 1);
    io.close();
    assertEquals(listeners.size, 0);
  });
});

describe("close() of a writer", () => {
  it("writes what is buffered, then closes the sink", async () => {
    for (const wait of [false, true]) {
      const sink = logging();
      const io = openSink(sink, { bufferSize: 4 });
      io.write(Uint8Array.of(1, 2, 3, 4, 5));
      if (wait) await io.closeAsync();
      else io.close();
      assertEquals(sink.log, ["write", [0, 1, 2, 3, 4], "write", [4, 5], "close", null]);
    }
  });

  it("throws what the last write throws, and aborts", async () => {
    const what = new RangeError("full");
    for (const wait of [false, true]) {
      const sink = logging({ write: what, abort: new Error("nobody wants to know") });
      const io = openSink(sink);
      io.w8(1);
      const error = wait
        ? await assertRejects(() => io.closeAsync(), RangeError)
        : assertThrows(() => io.close(), RangeError);
      assertStrictEquals(error, what);
      assertEquals(sink.log, ["write", [0, 1], "abort", what]);
    }
  });

  it("throws the error that the context has: writes after it were lost", () => {
    const what = new RangeError("full");
    const sink = logging({ write: what });
    const io = openSink(sink, { bufferSize: 1 });
    assertStrictEquals(assertThrows(() => io.w8(1), RangeError), what);
    // As in C.
    io.w8(2);
    assertEquals(io.tell(), 2);
    const error = assertThrows(() => io.close(), MediaError);
    assertEquals([error.code, error.op], ["EXTERNAL", "avio_close"]);
    assertStrictEquals(error.cause, what);
    assertEquals(sink.log, ["write", [0, 1], "abort", error]);
  });
});
