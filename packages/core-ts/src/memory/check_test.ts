import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { Heap } from "@mediamem/core-ts/memory";
import {
  BEFORE,
  COLUMNS_AT,
  HEADS_AT,
  IS_FREE,
  NEWEST_AT,
  NEXT,
  RESERVE_WORDS,
  RESERVES_AT,
  ROWS_AT,
  SIZE,
  STAMP,
} from "./heap_format.ts";
import { classOf } from "./size_class.ts";

/** A heap, the words that it lies in, and the word indexes of its blocks. */
function heapOf(
  sizes: readonly number[],
  checked = false,
): { heap: Heap; words: Int32Array; blocks: number[] } {
  const storage = new ArrayBuffer(1 << 20);
  const heap = Heap.create(storage, { checked });
  const blocks = sizes.map((size) => heap.malloc(size) / 4 - (checked ? 20 : 4));
  return { heap, words: new Int32Array(storage), blocks };
}

/** What the block's owner knows it by. */
function addressOf(block: number): number {
  return block * 4 + 16;
}

describe("Heap.check() of what only a broken heap does", () => {
  it("finds free neighbours", () => {
    const { heap, words, blocks } = heapOf([1000, 1000, 1000]);
    heap.free(addressOf(blocks[1]!));
    const [, block, next] = blocks as [number, number, number];
    const half = block + 128;
    words[block + SIZE] = 128 | IS_FREE;
    words[half + SIZE] = 128 | IS_FREE | 2;
    words[half + BEFORE] = block;
    words[next + BEFORE] = half;
    // Lists them as well as a heap would that had left them so.
    const head = HEADS_AT + classOf(8);
    words[HEADS_AT + classOf(16)] = 0;
    words[COLUMNS_AT] = 1 << 8;
    words[head] = block;
    words[block + NEXT] = half;
    words[half + NEXT] = 0;
    words[half + STAMP] = block;
    assertEquals(heap.check(), [
      `The block at ${half * 4} and the one before are both free, wanted them to be one`,
    ]);
  });

  it("finds a free block in no list", () => {
    const { heap, words, blocks } = heapOf([1000, 1000]);
    heap.free(addressOf(blocks[0]!));
    words[HEADS_AT + 16] = 0;
    words[COLUMNS_AT] = 0;
    words[ROWS_AT]! &= ~1;
    assertEquals(heap.check(), [`The free block at ${blocks[0]! * 4} is in no list`]);
  });

  it("finds a block that is twice in a list, and lists that go in circles", () => {
    const { heap, words, blocks } = heapOf([1000, 1, 1000, 1]);
    heap.free(addressOf(blocks[0]!));
    heap.free(addressOf(blocks[2]!));
    words[blocks[0]! + NEXT] = blocks[2]!;
    assertEquals(heap.check(), [
      `The list of size class 16 has the block at ${blocks[2]! * 4}, which was listed before`,
    ]);
  });

  it("finds a block that is twice in reserve", () => {
    const { heap, words, blocks } = heapOf(Array(400).fill(100));
    heap.free(addressOf(blocks[7]!));
    heap.free(addressOf(blocks[9]!));
    const slots = RESERVES_AT + 2 * RESERVE_WORDS;
    assertEquals([...words.subarray(slots, slots + 3)], [2, blocks[7]!, blocks[9]!]);
    words[slots] = 3;
    words[slots + 3] = blocks[7]!;
    assertEquals(heap.check(), [`The reserve for 128 bytes has the block at ${blocks[7]! * 4} twice`]);
    words[slots] = 1;
    assertEquals(heap.check(), [`The block at ${blocks[9]! * 4} says it is in reserve, and is not`]);
  });

  it("finds a quarantine that does not end where it says", () => {
    const { heap, words, blocks } = heapOf([100, 100], true);
    for (const block of blocks) heap.free(block * 4 + 80);
    assertEquals(heap.check(), []);
    words[NEWEST_AT] = blocks[0]!;
    assertEquals(heap.check(), [`The quarantine ends at ${blocks[0]! * 4}, wanted ${blocks[1]! * 4}`]);
  });
});
