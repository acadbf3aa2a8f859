import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { openSink, streamSink } from "@mediamem/core-ts/io";

describe("streamSink()", () => {
  it("writes all, and gives the stream back closed", async () => {
    const chunks: Uint8Array[] = [];
    let closed = 0;
    const stream = new WritableStream<Uint8Array>({
      write: (chunk) => void chunks.push(chunk),
      close: () => void closed++,
    });
    const io = openSink(streamSink(stream), { bufferSize: 100 });
    const bytes = Uint8Array.from({ length: 1003 }, (_, i) => i);
    await io.writeAsync(bytes);
    await io.closeAsync();
    assertEquals(chunks.flatMap((chunk) => [...chunk]), [...bytes]);
    assertEquals([chunks.length, closed, stream.locked], [11, 1, false]);
  });

  it("waits for a stream that is full", async () => {
    let take = (): void => {};
    let written = 0;
    const stream = new WritableStream<Uint8Array>({
      write: () => {
        written++;
        return new Promise<void>((resolve) => take = resolve);
      },
    });
    await using io = openSink(streamSink(stream), { bufferSize: 10 });
    let done = false;
    const writing = io.writeAsync(new Uint8Array(30)).then(() => done = true);
    for (let i = 1; i <= 3; i++) {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      assertEquals([written, done], [i, false]);
      take();
    }
    await writing;
    assertEquals(written, 3);
  });

  it("hands on what the stream fails with, from the call that was running", async () => {
    const what = new RangeError("disk full");
    const stream = new WritableStream<Uint8Array>({
      write: () => {
        throw what;
      },
    });
    const io = openSink(streamSink(stream));
    io.w8(5);
    assertStrictEquals(await assertRejects(() => io.flushAsync(), RangeError), what);
    assertEquals((await assertRejects(() => io.closeAsync(), MediaError)).cause, what);
    assertEquals(stream.locked, false);
  });

  it("aborts the stream of a context that was left, and gives it back", async () => {
    const reasons: unknown[] = [];
    const stream = new WritableStream<Uint8Array>({ abort: (reason) => void reasons.push(reason) });
    {
      await using io = openSink(streamSink(stream));
      io.w8(5);
    }
    assertEquals([reasons.length, (reasons[0] as MediaError).code, stream.locked], [1, "EXTERNAL", false]);
  });

  it("takes its bytes one after the other, and keeps none that are lent", async () => {
    const chunks: Uint8Array[] = [];
    const sink = streamSink(new WritableStream({ write: (chunk) => void chunks.push(chunk) }));
    const bytes = Uint8Array.of(1, 2, 3);
    const writing = sink.write(bytes, 0);
    bytes.fill(0);
    await writing;
    const error = await assertRejects(async () => await sink.write(bytes, 0), MediaError, "wanted 3");
    assertEquals([error.code, [...chunks[0]!]], ["EPIPE", [1, 2, 3]]);
    await sink.write(Uint8Array.of(4), 3);
    assertEquals(chunks.length, 2);
    await sink.close!();
  });

  it("takes nothing but a stream that is free", () => {
    assertThrows(() => streamSink({} as WritableStream), TypeError, "a WritableStream");
    const stream = new WritableStream();
    streamSink(stream);
    assertThrows(() => streamSink(stream), TypeError);
  });
});
