import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { MediaError } from "@mediamem/interface";
import { bytesSink } from "@mediamem/core-ts/io";

/** Runs a function as in a runtime whose memory cannot grow in place. */
function withoutResize(run: () => void): void {
  const { resize } = ArrayBuffer.prototype;
  (ArrayBuffer.prototype as Partial<ArrayBuffer>).resize = undefined as never;
  try {
    run();
  } finally {
    ArrayBuffer.prototype.resize = resize;
  }
}

for (
  const [where, run] of [["", (test: () => void) => test()], [
    " where memory does not grow",
    withoutResize,
  ]] as const
) {
  describe(`bytesSink()${where}`, () => {
    it("keeps what is written, at any position", () =>
      run(() => {
        const write = fc.record({ bytes: fc.uint8Array({ maxLength: 100_000 }), position: fc.nat(200_000) });
        fc.assert(
          fc.property(fc.array(write, { maxLength: 5 }), (writes) => {
            const sink = bytesSink();
            const all = new Uint8Array(400_000);
            let size = 0;
            for (const { bytes, position } of writes) {
              sink.write(bytes, position);
              all.set(bytes, position);
              size = Math.max(size, position + bytes.length);
            }
            assertEquals([sink.size, sink.bytes], [size, all.slice(0, size)]);
          }),
          { numRuns: 30 },
        );
      }));

    it("refuses what goes beyond its limit, and writes nothing of it", () =>
      run(() => {
        const sink = bytesSink({ limitBytes: 100_000 });
        sink.write(new Uint8Array(70_000).fill(1), 0);
        const error = assertThrows(() => sink.write(Uint8Array.of(2, 2), 99_999), MediaError);
        assertEquals([error.code, error.op, sink.size], ["OVER_BUDGET", "ByteSink.write", 70_000]);
        sink.write(Uint8Array.of(2), 99_999);
        assertEquals([sink.size, sink.bytes[70_000], sink.bytes[99_999]], [100_000, 0, 2]);
      }));
  });
}

describe("bytesSink()", () => {
  it("gives bytes that are the caller's", () => {
    const sink = bytesSink();
    sink.write(Uint8Array.of(1, 2, 3), 0);
    const { bytes } = sink;
    bytes[0] = 9;
    assertEquals([...sink.bytes], [1, 2, 3]);
    assertEquals([bytes.buffer.resizable, bytes.buffer.byteLength], [false, 3]);
  });

  it("has nothing before it was written to", () => {
    const sink = bytesSink();
    assertEquals([sink.size, sink.bytes.length, sink.seekable], [0, 0, true]);
    sink.write(new Uint8Array(0), 0);
    assertEquals(sink.size, 0);
  });

  it("grows by half, so that many small writes cost no more than one", () => {
    const { resize } = ArrayBuffer.prototype;
    let times = 0;
    const counted = (...args: unknown[]): unknown => (times++, Reflect.apply(resize, args[0], args.slice(1)));
    ArrayBuffer.prototype.resize = function (...args: unknown[]): never {
      return counted(this, ...args) as never;
    };
    try {
      const sink = bytesSink();
      for (let i = 0; i < 4096; i++) sink.write(new Uint8Array(4096), 4096 * i);
      assert(times > 5 && times < 20);
    } finally {
      ArrayBuffer.prototype.resize = resize;
    }
  });

  it("checks its limit", () => {
    assertThrows(() => bytesSink({ limitBytes: 1.5 }), TypeError);
    assertEquals(assertThrows(() => bytesSink({ limitBytes: -1 }), MediaError).code, "EINVAL");
    assertEquals(
      assertThrows(() => bytesSink({ limitBytes: 0 }).write(Uint8Array.of(1), 0), MediaError).code,
      "OVER_BUDGET",
    );
  });
});
