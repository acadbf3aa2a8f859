import { MediaError } from "@mediamem/interface";
import { BLOCK_BYTES, CHECKED_AT, END_AT, GRANULE_AT, HEADER_WORDS } from "./heap_format.ts";
import { bufferOf, type HeapStorage, wordsIn } from "./storage.ts";

/** Bytes of the red zone behind a block at least. */
const TAIL_BYTES = 16;

/**
 * A heap's storage as this thread sees it: the views of it, and what never changes about the heap.
 *
 * Whatever changes is in the storage itself, so that any number of these can work on one heap, one after the other.
 */
export class HeapMemory {
  /** Where the heap lies. */
  readonly storage: HeapStorage;
  /** Where its header starts, a word index. */
  readonly base: number;
  /** What every block's size in bytes is a multiple of: the heap's alignment. */
  readonly granule: number;
  /** Binary logarithm of the granule in words. */
  readonly wordShift: number;
  /** Whether there are red zones. */
  readonly checked: boolean;
  /** Words from the start of a block to the bytes that its owner gets. */
  readonly lead: number;
  /** Bytes of the red zone behind a block at least. */
  readonly tail: number;
  /** What is added to a request before it is rounded down to granules. */
  readonly overhead: number;
  /** The words of the storage up to the heap's end; get them by {@linkcode HeapMemory.view}. */
  words: Int32Array;
  /** The bytes of the storage, in step with `words`. */
  bytes: Uint8Array;
  /** Where the sentinel was when the views were made. */
  end: number;
  /** The block that an address was last found in, 0 for none; it may be gone by now. */
  lastFound = 0;

  /** Looks at the heap whose header is at word `base`; the caller has checked that there is one. */
  constructor(storage: HeapStorage, base: number) {
    const words = new Int32Array(bufferOf(storage), 0, base + HEADER_WORDS);
    this.storage = storage;
    this.base = base;
    this.granule = words[base + GRANULE_AT]!;
    this.wordShift = 29 - Math.clz32(this.granule);
    this.checked = words[base + CHECKED_AT] === 1;
    this.lead = (BLOCK_BYTES + (this.checked ? this.granule : 0)) >>> 2;
    this.tail = this.checked ? TAIL_BYTES : 0;
    this.overhead = (this.lead << 2) + this.tail + this.granule - 1;
    this.words = words;
    this.bytes = new Uint8Array(0);
    this.end = 0;
    this.renew();
  }

  /** Gives the words of the storage, all of them also where the heap has grown since the last call. */
  view(): Int32Array {
    // A view that was detached or cut off reads undefined here.
    return this.words[this.base + END_AT] === this.end ? this.words : this.renew();
  }

  /** Makes the views anew. */
  renew(): Int32Array {
    const buffer = bufferOf(this.storage);
    const words = new Int32Array(buffer, 0, wordsIn(buffer.byteLength));
    const end = words[this.base + END_AT] ?? 0;
    if (end === 0 || end > words.length - 4) {
      throw new MediaError(
        "CORRUPTED",
        `Cannot use the heap: its storage has ${buffer.byteLength} bytes, wanted the ${
          (end + 4) * 4
        } that it had`,
        { op: "Heap" },
      );
    }
    this.words = words;
    this.bytes = new Uint8Array(buffer, 0, words.length * 4);
    this.end = end;
    return words;
  }
}
