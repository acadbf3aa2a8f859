import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { ByteSource } from "@mediamem/interface";
import {
  asyncIterableSource,
  blobSource,
  bytesSink,
  bytesSource,
  openSink,
  openSource,
  streamSource,
} from "@mediamem/core-ts/io";

/** A call, and what it says about bytes at a position. */
type Call =
  | { readonly call: "read"; readonly length: number }
  | { readonly call: "r8" | "rl16" | "rb16" | "rl24" | "rb24" | "rl32" | "rb32" | "rl64" | "rb64" }
  | { readonly call: "seek"; readonly to: number }
  | { readonly call: "getStr"; readonly length: number; readonly room: number }
  | { readonly call: "tell" };

const WIDTHS = { r8: 1, rl16: 2, rb16: 2, rl24: 3, rb24: 3, rl32: 4, rb32: 4, rl64: 8, rb64: 8 } as const;
const NUMBERS = Object.keys(WIDTHS) as (keyof typeof WIDTHS)[];

const calls: fc.Arbitrary<Call[]> = fc.array(
  fc.oneof(
    fc.record({ call: fc.constant("read" as const), length: fc.oneof(fc.nat(20), fc.nat(3000)) }),
    fc.record({ call: fc.constantFrom(...NUMBERS) }),
    fc.record({ call: fc.constant("seek" as const), to: fc.nat(1_000_000) }),
    fc.record({
      call: fc.constant("getStr" as const),
      length: fc.nat(50),
      room: fc.integer({ min: 1, max: 50 }),
    }),
    fc.record({ call: fc.constant("tell" as const) }),
  ),
  { maxLength: 60 },
);

/** Bytes with zeros now and then. */
const contents = fc.nat(5000).chain((length) =>
  fc.nat().map((seed) => Uint8Array.from({ length }, (_, i) => Math.imul(i + seed, 2654435761) >>> 27))
);

/** What slicing the bytes says. */
class Slices {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  play(call: Call): unknown {
    switch (call.call) {
      case "tell":
        return this.#at;
      case "seek":
        return this.#at = this.target(call.to);
      case "read":
        return [...this.#take(call.length)];
      case "getStr": {
        const part = this.#bytes.subarray(this.#at, this.#at + call.length);
        const zero = part.indexOf(0);
        const text = zero < 0 ? part : part.subarray(0, zero);
        // What is missing at the end reads as the zero behind a text.
        const consumed = Math.min(text.length + 1, call.length);
        this.#take(consumed);
        return [[...text.subarray(0, call.room - 1)], consumed];
      }
      default: {
        const width = WIDTHS[call.call];
        const bytes = new Uint8Array(8);
        bytes.set(this.#take(width));
        const ordered = call.call.startsWith("rb")
          ? bytes.subarray(0, width)
          : bytes.subarray(0, width).reverse();
        const value = ordered.reduce((value, byte) => value << 8n | BigInt(byte), 0n);
        return width === 8 ? value : Number(value);
      }
    }
  }

  target(to: number): number {
    return to % (this.#bytes.length + 1);
  }

  #take(length: number): Uint8Array {
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += part.length;
    return part;
  }
}

/** Opens bytes in some way, for calls that wait or not. */
type Open = (bytes: Uint8Array<ArrayBuffer>) => ByteSource;

async function play(
  open: Open,
  wait: boolean,
  bytes: Uint8Array<ArrayBuffer>,
  bufferSize: number,
  script: Call[],
): Promise<void> {
  const model = new Slices(bytes);
  await using io = openSource(open(bytes), { bufferSize });
  for (const call of script) {
    const expected = model.play(call);
    let found: unknown;
    switch (call.call) {
      case "tell":
        found = io.tell();
        break;
      case "seek": {
        const to = model.target(call.to);
        found = wait ? await io.seekAsync(to) : io.seek(to);
        break;
      }
      case "read": {
        const into = new Uint8Array(call.length);
        const count = wait ? await io.readAsync(into) : io.read(into);
        found = [...into.subarray(0, count)];
        break;
      }
      case "getStr": {
        const { length, room } = call;
        const text = wait ? await io.getStrAsync(length, room) : io.getStr(length, room);
        found = [[...text.bytes], text.consumed];
        break;
      }
      default:
        found = wait ? await io[`${call.call}Async`]() : io[call.call]();
    }
    assertEquals(found, expected);
  }
  assertEquals(io.error, 0);
}

/** Gives at most `most` bytes at a time. */
function pieces(source: ByteSource, most: number): ByteSource {
  return { ...source, read: (into, position) => source.read(into.subarray(0, most), position) };
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += 333) yield await Promise.resolve(bytes.subarray(i, i + 333));
}

const WAYS: Readonly<Record<string, readonly [open: Open, wait: boolean]>> = {
  "bytes": [bytesSource, false],
  "bytes, with the calls that wait": [bytesSource, true],
  "bytes in small pieces": [(bytes) => pieces(bytesSource(bytes), 7), false],
  "bytes that come later": [
    (bytes) => {
      const { read, ...rest } = pieces(bytesSource(bytes), 77);
      return { ...rest, read: async (into, position) => await read(into, position) };
    },
    true,
  ],
  "a Blob": [(bytes) => blobSource(new Blob([bytes])), true],
  "an iterable": [(bytes) => asyncIterableSource(chunks(bytes)), true],
  "a stream": [(bytes) => streamSource(new Blob([bytes]).stream()), true],
};

describe("any calls on a context say what slicing the bytes says", () => {
  for (const [name, [open, wait]] of Object.entries(WAYS)) {
    it(`over ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          contents,
          fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 6000 }), fc.constant(65536)),
          calls,
          async (bytes, bufferSize, script) => await play(open, wait, bytes, bufferSize, script),
        ),
        { numRuns: wait && name !== "bytes, with the calls that wait" ? 60 : 300 },
      );
    });
  }
});

describe("any writes into a sink leave what writing into an array leaves", () => {
  const write = fc.oneof(
    fc.record({ call: fc.constant("write" as const), bytes: fc.uint8Array({ maxLength: 300 }) }),
    fc.record({ call: fc.constantFrom("w8", "wb16", "wl24", "wb32", "wl64", "flush"), value: fc.nat(255) }),
    fc.record({ call: fc.constant("seek" as const), to: fc.nat(3000) }),
  );
  for (const wait of [false, true]) {
    it(wait ? "with the calls that wait, too" : "at once", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 100 }),
          fc.array(write, { maxLength: 60 }),
          async (size, script) => {
            const memory = bytesSink();
            const sink = wait
              ? {
                seekable: true,
                get size(): number {
                  return memory.size;
                },
                write: async (bytes: Uint8Array, position: number): Promise<void> => {
                  await Promise.resolve();
                  memory.write(bytes, position);
                },
              }
              : memory;
            const io = openSink(sink, { bufferSize: size });
            const all = new Uint8Array(30_000);
            let at = 0;
            let end = 0;
            const put = (bytes: readonly number[] | Uint8Array): void => {
              all.set(bytes, at);
              at += bytes.length;
              if (bytes.length > 0) end = Math.max(end, at);
            };
            for (const step of script) {
              if (step.call === "write") {
                put(step.bytes);
                await io.writeAsync(step.bytes);
              } else if (step.call === "seek") {
                at = step.to;
                assertEquals(await io.seekAsync(at), at);
              } else if ("value" in step) {
                const { value } = step;
                if (step.call === "w8") {
                  put([value]);
                  await io.w8Async(value);
                } else if (step.call === "wb16") {
                  put([0, value]);
                  await io.wb16Async(value);
                } else if (step.call === "wl24") {
                  put([value, 0, 0]);
                  await io.wl24Async(value);
                } else if (step.call === "wb32") {
                  put([0, 0, 0, value]);
                  await io.wb32Async(value);
                } else if (step.call === "wl64") {
                  put([value, 0, 0, 0, 0, 0, 0, 0]);
                  await io.wl64Async(BigInt(value));
                } else {
                  await io.flushAsync();
                }
              }
              assertEquals(io.tell(), at);
            }
            await io.closeAsync();
            assertEquals(memory.bytes, all.slice(0, end));
          },
        ),
        { numRuns: 200 },
      );
    });
  }
});
