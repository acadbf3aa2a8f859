import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { type ByteSource, MediaError } from "@mediamem/interface";
import { collectGarbage } from "@mediamem/testing";
import { asyncIterableSource, openSource, streamSource } from "@mediamem/core-ts/io";

/** Byte of a position, which does not come again for long. */
function byteAt(position: number): number {
  return Math.imul(position, 2654435761) >>> 21 & 255;
}

/** Bytes of the pattern. */
function part(position: number, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => byteAt(position + i));
}

interface Made {
  readonly source: ByteSource;
  /** How many bytes were asked for so far. */
  readonly given: () => number;
  /** How often it was let go of. */
  readonly ended: () => number;
}

/** The three kinds of sources over the same chunks; they end after `total` bytes or with an error. */
const KINDS: Readonly<
  Record<
    string,
    (total: number, chunk: number, options?: { window?: number; size?: number }, error?: unknown) => Made
  >
> = {
  "a stream": (total, chunk, options, error) => {
    let given = 0;
    let ended = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller): void {
        const length = Math.min(chunk, total - given);
        if (length > 0) controller.enqueue(part(given, length));
        else if (error === undefined) controller.close();
        else controller.error(error);
        given += length;
      },
      cancel: () => void ended++,
    }, { highWaterMark: 0 });
    return { source: streamSource(stream, options), given: () => given, ended: () => ended };
  },
  "a stream of bytes": (total, chunk, options, error) => {
    let given = 0;
    let ended = 0;
    const stream = new ReadableStream({
      type: "bytes",
      pull(controller): void {
        const request = controller.byobRequest;
        const room = request === null ? chunk : Math.min(chunk, request.view!.byteLength);
        const length = Math.min(room, total - given);
        if (length === 0) {
          if (error !== undefined) return controller.error(error);
          controller.close();
          request?.respond(0);
        } else if (request === null) {
          controller.enqueue(part(given, length));
        } else {
          const { buffer, byteOffset } = request.view!;
          new Uint8Array(buffer, byteOffset, length).set(part(given, length));
          request.respond(length);
        }
        given += length;
      },
      cancel: () => void ended++,
    });
    return { source: streamSource(stream, options), given: () => given, ended: () => ended };
  },
  "an iterable": (total, chunk, options, error) => {
    let given = 0;
    let ended = 0;
    async function* chunks(): AsyncGenerator<Uint8Array> {
      const memory = new Uint8Array(chunk);
      try {
        while (given < total) {
          const length = Math.min(chunk, total - given);
          memory.set(part(given, length));
          given += length;
          // The same memory every time, and no bytes now and then.
          yield await Promise.resolve(memory.subarray(0, length));
          yield memory.subarray(0, 0);
        }
        if (error !== undefined) throw error;
      } finally {
        ended++;
      }
    }
    return { source: asyncIterableSource(chunks(), options), given: () => given, ended: () => ended };
  },
};

for (const [name, make] of Object.entries(KINDS)) {
  describe(`a source over ${name}`, () => {
    it("gives all of it, in whatever pieces", async () => {
      for (
        const [total, chunk, room] of [[100_003, 1000, 4096], [5000, 5000, 1], [
          70_001,
          70_001,
          65536,
        ]] as const
      ) {
        const { source } = make(total, chunk);
        const into = new Uint8Array(room);
        let position = 0;
        for (let count: number | null = 1; count !== 0 && count !== null; position += count ?? 0) {
          count = await source.read(into, position);
          assertEquals(into.subarray(0, count ?? 0), part(position, count ?? 0));
        }
        assertEquals([position, await source.read(into, total)], [total, 0]);
        await source.close!();
      }
    });

    it("answers at once where the bytes have come", async () => {
      const { source } = make(3000, 1000);
      const into = new Uint8Array(10);
      assert(source.read(into, 0) instanceof Promise);
      await Promise.resolve();
      await source.read(into, 0);
      assertEquals([source.read(into, 10), into], [10, part(10, 10)]);
      assertEquals([source.read(into, 3), into], [10, part(3, 10)]);
      assertEquals(source.read(new Uint8Array(0), 1000), 0);
    });

    it("goes back as far as its window and the chunk that came last, and not further", async () => {
      const { source } = make(100_000, 1000, { window: 2500 });
      await using io = openSource(source, { bufferSize: 16 });
      await io.skipAsync(9500);
      assertEquals(source.earliest, 9000 - 2500);
      assertEquals([await io.seekAsync(6500), await io.r8Async()], [6500, byteAt(6500)]);
      assertEquals((await assertRejects(() => io.seekAsync(6499), MediaError)).code, "EPIPE");
      assertEquals((await assertRejects(() => io.seekAsync(0), MediaError)).code, "EPIPE");
      const into = new Uint8Array(5000);
      assertEquals([await io.readAsync(into), into], [5000, part(6501, 5000)]);
    });

    it("refuses positions that it does not have", async () => {
      const { source } = make(100_000, 1000, { window: 0 });
      const into = new Uint8Array(1000);
      for (let position = 0; position < 5000; position += 1000) await source.read(into, position);
      assertEquals(await source.read(into, 5000), 1000);
      for (const position of [0, 4999, 6001]) {
        assertEquals(assertThrows(() => source.read(into, position), MediaError).code, "EPIPE");
      }
      await source.close!();
    });

    it("knows its size where it was told", async () => {
      const { source } = make(10, 5, { size: 10 });
      await using io = openSource(source);
      assertEquals([io.size(), io.seekable], [10, false]);
      const { source: other } = make(10, 5);
      await using unknown = openSource(other);
      assertEquals((await assertRejects(() => unknown.sizeAsync(), MediaError)).code, "ENOSYS");
    });

    it("fails as what is behind it fails, again and again, and not after it was closed", async () => {
      const what = new RangeError("gone");
      const { source } = make(1000, 1000, {}, what);
      await using io = openSource(source);
      const into = new Uint8Array(65536);
      assertEquals(await source.read(into, 0), 1000);
      assertStrictEquals(await assertRejects(async () => await source.read(into, 1000), RangeError), what);
      assertStrictEquals(await assertRejects(async () => await source.read(into, 1000), RangeError), what);
      assertStrictEquals(await assertRejects(() => io.readAsync(new Uint8Array(1001)), RangeError), what);
    });

    it("asks for no more than is wanted", async () => {
      const { source, given } = make(1_000_000, 1000, { window: 0 });
      await using io = openSource(source, { bufferSize: 1000 });
      await io.skipAsync(10_500);
      assertEquals(given(), 11_000);
    });

    it("ends what is behind it once", async () => {
      const { source, ended } = make(10_000, 1000);
      await source.read(new Uint8Array(10), 0);
      await source.close!();
      assertEquals(ended(), 1);
      assertEquals(assertThrows(() => source.read(new Uint8Array(10), 0), MediaError).code, "USE_AFTER_FREE");
    });

    it("has no more to end once it has ended", async () => {
      const { source, ended } = make(10, 10);
      const into = new Uint8Array(10);
      assertEquals([await source.read(into, 0), await source.read(into, 10)], [10, 0]);
      await source.close!();
      assertEquals(ended(), name === "an iterable" ? 1 : 0);
    });
  });
}

describe("64 MiB through a window", () => {
  const TOTAL = 64 << 20;
  const CHUNK = 1 << 16;

  /** Counts the chunks that are still alive. */
  function counted(): { chunk(): Uint8Array; live(): number } {
    let live = 0;
    const registry = new FinalizationRegistry(() => live--);
    return {
      chunk: () => {
        const chunk = new Uint8Array(CHUNK);
        registry.register(chunk.buffer, null);
        live++;
        return chunk;
      },
      live: () => live,
    };
  }

  /** Reads all of a source; gives how many chunks of it are alive when that is done. */
  async function readAll(source: ByteSource, live: () => number): Promise<number> {
    await using io = openSource(source);
    const into = new Uint8Array(CHUNK);
    let read = 0;
    for (let count = 1; count > 0; read += count) count = await io.readAsync(into);
    assertEquals([read, source.earliest], [TOTAL, TOTAL - (1 << 18)]);
    await collectGarbage(() => live() <= 4);
    return live();
  }

  it("never holds more than the window and a few chunks, of a stream", async () => {
    const { chunk, live } = counted();
    let made = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller): void {
        if (made === TOTAL) return controller.close();
        controller.enqueue(chunk());
        made += CHUNK;
      },
    });
    assert(await readAll(streamSource(stream, { window: 1 << 18 }), live) <= 4);
  });

  it("never holds more than the window and a few chunks, of an iterable", async () => {
    const { chunk, live } = counted();
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let made = 0; made < TOTAL; made += CHUNK) yield await Promise.resolve(chunk());
    }
    assert(await readAll(asyncIterableSource(chunks(), { window: 1 << 18 }), live) <= 4);
  });

  it("never holds more than the window and 64 KiB, of a stream of bytes", async () => {
    let largest = 0;
    let made = 0;
    const buffers = new Set<number>();
    const stream = new ReadableStream({
      type: "bytes",
      pull(controller): void {
        const request = controller.byobRequest!;
        if (made === TOTAL) {
          controller.close();
          return request.respond(0);
        }
        const { byteLength, buffer } = request.view!;
        largest = Math.max(largest, byteLength);
        buffers.add(buffer.byteLength);
        made += byteLength;
        request.respond(byteLength);
      },
    });
    await readAll(streamSource(stream, { window: 1 << 18 }), () => 0);
    assertEquals([largest, [...buffers]], [CHUNK, [CHUNK]]);
  });
});

describe("a chunk", () => {
  it("that is no Uint8Array is an error", async () => {
    for (const chunk of ["text", new ArrayBuffer(5), new Uint16Array(5), 5, undefined]) {
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(chunk as unknown as Uint8Array),
      });
      await using io = openSource(streamSource(stream));
      await assertRejects(() => io.r8Async(), TypeError, "wanted a Uint8Array");
    }
  });
});

describe("a call that nobody waits for any more", () => {
  it("takes nothing away from the next one", async () => {
    let go: (chunk: Uint8Array) => void = () => {};
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => new Promise((resolve) => go = (chunk) => resolve(controller.enqueue(chunk))),
    }, { highWaterMark: 0 });
    await using io = openSource(streamSource(stream, { window: 0 }));
    assertEquals(assertThrows(() => io.r8(), MediaError).code, "CALLBACK");
    io.error = 0;
    const again = io.feofAsync();
    await Promise.resolve();
    go(part(0, 100));
    assertEquals([await again, io.rb16()], [false, byteAt(0) << 8 | byteAt(1)]);
  });

  it("is ended with the stream that it waits for", async () => {
    for (const type of [undefined, "bytes"] as const) {
      let cancelled = 0;
      const stream = new ReadableStream({
        type: type as undefined,
        pull: () => new Promise<void>(() => {}),
        cancel: () => void cancelled++,
      });
      const io = openSource(streamSource(stream));
      const waiting = io.r8Async();
      await io[Symbol.asyncDispose]();
      assertEquals((await assertRejects(() => waiting, MediaError)).code, "USE_AFTER_FREE");
      assertEquals([cancelled, stream.locked], [1, false]);
    }
  });

  it("does not keep a generator from being left", async () => {
    async function* stalls(): AsyncGenerator<Uint8Array> {
      await new Promise(() => {});
      yield new Uint8Array(0);
    }
    const io = openSource(asyncIterableSource(stalls()));
    const waiting = io.r8Async();
    await io[Symbol.asyncDispose]();
    assertEquals((await assertRejects(() => waiting, MediaError)).code, "USE_AFTER_FREE");
  });
});

describe("streamSource() and asyncIterableSource()", () => {
  it("check what they are given", () => {
    for (const stream of [undefined, null, {}, "text"]) {
      assertThrows(() => streamSource(stream as unknown as ReadableStream), TypeError, "a ReadableStream");
      assertThrows(
        () => asyncIterableSource(stream as unknown as AsyncIterable<Uint8Array>),
        TypeError,
        "an AsyncIterable",
      );
    }
    const stream = new ReadableStream();
    assertThrows(() => streamSource(stream, { window: 1.5 }), TypeError, "window is 1.5");
    assertEquals(assertThrows(() => streamSource(stream, { window: -1 }), MediaError).code, "EINVAL");
    assertEquals(stream.locked, false);
    streamSource(stream);
    assertThrows(() => streamSource(stream), TypeError);
  });

  it("take an iterator that cannot be ended", async () => {
    const source = asyncIterableSource({
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: false, value: Uint8Array.of(5) }),
      }),
    });
    await using io = openSource(source);
    assertEquals(await io.rb16Async(), 0x0505);
  });
});
