import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type ByteSink, MediaError } from "@mediamem/interface";
import { bytesSink, openSink } from "@mediamem/core-ts/io";

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

describe("openSink()", () => {
  it("moves in a sink that lets it", () => {
    const sink = bytesSink();
    const io = openSink(sink, { bufferSize: 3 });
    io.write(Uint8Array.of(1, 2, 3, 4, 5));
    assertEquals([io.seekable, io.seek(1), io.size()], [true, 1, 5]);
    io.w8(9);
    assertEquals(io.seek(7), 7);
    io.wb16(0x0a0b);
    io.close();
    assertEquals([...sink.bytes], [1, 9, 3, 4, 5, 0, 0, 10, 11]);
  });

  it("does not move in one that does not", () => {
    const sink = logging();
    using io = openSink(sink, { bufferSize: 3 });
    io.write(Uint8Array.of(1, 2, 3, 4));
    assertEquals(assertThrows(() => io.seek(0), MediaError).code, "EPIPE");
    assertEquals([io.seekable, io.size()], [false, 4]);
    using other = openSink({ write: () => {}, seekable: false });
    assertEquals(other.seekable, false);
    assertEquals(sink.log, ["write", [0, 1, 2, 3], "write", [3, 4]]);
  });

  it("knows a sink's size before it wrote", () => {
    using known = openSink({ write: () => {}, seekable: true, size: 77 });
    assertEquals(known.size(), 77);
    using unknown = openSink({ write: () => {}, seekable: true });
    assertEquals(assertThrows(() => unknown.size(), MediaError).code, "ENOSYS");
  });

  it("waits for a sink that takes its time, with the calls that wait", async () => {
    const written: number[] = [];
    const io = openSink({
      write: async (bytes) => {
        await Promise.resolve();
        written.push(...bytes);
      },
    }, { bufferSize: 3 });
    await io.writeAsync(Uint8Array.of(1, 2, 3, 4));
    io.w8(5);
    assertEquals(assertThrows(() => io.w8(6), MediaError, "Async").code, "CALLBACK");
    assertEquals(written.slice(0, 3), [1, 2, 3]);
    assertEquals((await assertRejects(() => io.closeAsync(), MediaError)).code, "EXTERNAL");
  });

  it("checks what it is given", () => {
    const write = (): void => {};
    for (const sink of [undefined, null, 5, {}, { write: 5 }, new Uint8Array(5)]) {
      assertThrows(() => openSink(sink as unknown as ByteSink), TypeError, "wanted an object with write");
    }
    assertThrows(() => openSink({ write, seekable: 1 as unknown as boolean }), TypeError, "true or false");
    assertEquals(assertThrows(() => openSink({ write }, { bufferSize: 0 }), MediaError).code, "EINVAL");
    assertThrows(() => openSink({ write }, { signal: {} as AbortSignal }), TypeError, "AbortSignal");
  });
});
