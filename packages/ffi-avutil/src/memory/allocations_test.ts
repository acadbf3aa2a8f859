import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";

const { avutil, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

const BIG = 2 ** 52;

describe("new blocks of libavutil", () => {
  it("lie at multiples of the alignment, which is 16, 32 or 64", () => {
    const { memory } = avutil;
    assert([16, 32, 64].includes(memory.alignment));
    for (const take of [memory.malloc, memory.mallocz]) {
      for (const size of [0, 1, 63, 4097]) {
        const address = take(size);
        assertEquals(address % memory.alignment, 0);
        memory.free(address);
      }
    }
  });

  it("lie as well below a cap that leaves room for none", () => {
    using backend = loadAvutil();
    const { memory } = backend;
    memory.maxAlloc(0);
    assertEquals(memory.alignment, avutil.memory.alignment);
  });

  it("are counted with the bytes that were asked for, and 0 bytes are a block", () => {
    using backend = loadAvutil({ tracing: "counts" });
    const { memory, ledger } = backend;
    const blocks = [memory.malloc(0), memory.malloc(7), memory.mallocArray(3, 5), memory.calloc(0, 9)];
    assertEquals([new Set(blocks).size, ledger.live, ledger.bytes], [4, 4, 22]);
    assertEquals(ledger.report().groups.map(({ op, bytes }) => [op, bytes]).sort(), [
      ["av_calloc", 0],
      ["av_malloc", 7],
      ["av_malloc_array", 15],
    ]);
    for (const block of blocks) memory.free(block);
    assertEquals([ledger.live, ledger.bytes, ledger.peak], [0, 0, 22]);
  });

  it("are zero where C says so", () => {
    const { memory } = avutil;
    for (const address of [memory.mallocz(99), memory.calloc(9, 11)]) {
      assertEquals(memory.read(address, 99), new Uint8Array(99));
      memory.free(address);
    }
  });

  it("hold copies of bytes and of texts", () => {
    const { memory } = avutil;
    const read = (address: number, length: number): number[] => {
      const bytes = [...memory.read(address, length)];
      memory.free(address);
      return bytes;
    };
    assertEquals(read(memory.memdup(Uint8Array.of(1, 2, 3)), 3), [1, 2, 3]);
    assertEquals(read(memory.memdup(new Uint8Array(0)), 0), []);
    assertEquals(read(memory.strdup("aé"), 4), [97, 0xc3, 0xa9, 0]);
    assertEquals(read(memory.strdup(""), 1), [0]);
    assertEquals(read(memory.strndup("aé", 2), 3), [97, 0xc3, 0]);
    assertEquals(read(memory.strndup("aé", BIG), 4), [97, 0xc3, 0xa9, 0]);
    assertEquals([memory.memdup(null), memory.strdup(null), memory.strndup(null, 3)], [0, 0, 0]);
  });

  it("copy no more than the array has", () => {
    const { memory } = avutil;
    const short = new Uint8Array(4);
    Object.defineProperty(short, "length", { value: 2 ** 26 });
    Object.defineProperty(short, "byteLength", { value: 2 ** 26 });
    const address = memory.memdup(short);
    assertEquals(codeOf(() => memory.read(address, 5)), "EINVAL");
    memory.free(address);
  });

  it("are followed by 64 zeros for a packet", () => {
    const { memory } = avutil;
    for (const size of [0, 1, 1001]) {
      const address = memory.allocPacketData(size);
      assertEquals(memory.read(address + size, 64), new Uint8Array(64));
      assertEquals(codeOf(() => memory.read(address + size, 65)), "EINVAL");
      memory.free(address);
    }
    for (const size of [2 ** 31 - 64, 2 ** 40]) {
      assertEquals(codeOf(() => memory.allocPacketData(size)), "EINVAL");
    }
  });

  it("are not there where C has none, and nothing stays counted", () => {
    using backend = loadAvutil();
    const { memory, ledger } = backend;
    for (
      const call of [
        () => memory.malloc(2 ** 31),
        () => memory.mallocz(BIG),
        () => memory.mallocArray(BIG, BIG),
        () => memory.calloc(2 ** 31, 2 ** 33),
      ]
    ) {
      const error = assertThrows(call, MediaError);
      assertEquals([error.code, error.averror], ["ENOMEM", -12]);
    }
    assertEquals([ledger.live, ledger.bytes, ledger.peak], [0, 0, 0]);
  });

  it("are refused beyond the budget", () => {
    using backend = loadAvutil({ limitBytes: 100 });
    const { memory, ledger } = backend;
    const address = memory.malloc(60);
    for (const call of [() => memory.malloc(41), () => memory.strdup("x".repeat(40))]) {
      assertEquals(codeOf(call), "OVER_BUDGET");
    }
    assertEquals([ledger.live, ledger.bytes], [1, 60]);
    memory.free(address);
  });

  it("are refused for what is no size, array or text", () => {
    const { memory } = avutil;
    const live = avutil.ledger.live;
    for (const size of [1.5, NaN, "8", null, 8n, 2 ** 53]) {
      assertThrows(() => memory.malloc(size as number), TypeError);
      assertThrows(() => memory.calloc(1, size as number), TypeError);
      assertThrows(() => memory.allocPacketData(size as number), TypeError);
    }
    for (
      const call of [() => memory.mallocz(-1), () => memory.mallocArray(-1, 1), () => memory.strndup("a", -1)]
    ) {
      assertEquals(codeOf(call), "EINVAL");
    }
    assertEquals(codeOf(() => memory.strdup("a\0b")), "EINVAL");
    assertThrows(() => memory.strdup(5 as unknown as string), TypeError);
    for (const bytes of [[1], new Int8Array(2), new DataView(new ArrayBuffer(2)), "text"]) {
      assertThrows(() => memory.memdup(bytes as unknown as Uint8Array), TypeError);
    }
    const gone = new Uint8Array(8);
    gone.buffer.transfer();
    assertEquals(codeOf(() => memory.memdup(gone)), "USE_AFTER_FREE");
    assertEquals(avutil.ledger.live, live);
  });
});
