import { checkBoolean, checkInteger, checkOptions, invalid, show } from "@mediamem/checks";
import { AVERROR, MediaError } from "@mediamem/interface";
import {
  BLOCK_WORDS,
  CHECKED_AT,
  END_AT,
  FORMAT_VERSION,
  GRANULE_AT,
  HEADER_WORDS,
  LIMIT_AT,
  MAGIC,
  MAGIC_AT,
  QUARANTINE_AT,
  VERSION_AT,
} from "./heap_format.ts";
import { placeOf, takeIn } from "./growth.ts";
import { limitWord } from "./limit.ts";
import { HeapMemory } from "./heap_memory.ts";
import { bufferOf, growStorage, type HeapStorage, isStorage, MAX_BYTES, wordsIn } from "./storage.ts";

/** How a heap is made. */
export interface HeapOptions {
  /** What every address is a multiple of: 16, 32 or 64. Default 64. */
  readonly alignment?: 16 | 32 | 64;
  /** Where in the storage the heap starts, bytes, a multiple of 64. What is below is left alone. Default 0. */
  readonly start?: number;
  /** The most bytes that may be in use at a time. Default: as many as there is room for. */
  readonly limitBytes?: number;
  /** Whether blocks have red zones, are poisoned when they are freed, and are kept back before they are reused. Default false. */
  readonly checked?: boolean;
  /** With `checked`: how many bytes of freed blocks are kept back, headers counted. Default 1 MiB. */
  readonly quarantineBytes?: number;
}

/** Writes the header of an empty heap into a storage, growing it where it is too small for any block. */
export function createHeap(storage: HeapStorage, options: HeapOptions): HeapMemory {
  const op = "Heap.create";
  checkStorage(op, storage);
  checkOptions(op, options, "{ alignment, start, … }");
  const { alignment = 64, start = 0, limitBytes = Infinity, checked = false, quarantineBytes = 2 ** 20 } =
    options;
  checkInteger(op, "alignment", alignment);
  if (alignment !== 16 && alignment !== 32 && alignment !== 64) {
    invalid(op, `Cannot create a heap: alignment is ${alignment}, wanted 16, 32 or 64`);
  }
  checkStart(op, start);
  const limit = limitWord(op, limitBytes);
  checkBoolean(op, "checked", checked);
  checkInteger(op, "quarantineBytes", quarantineBytes);
  if (quarantineBytes < 0) {
    invalid(op, `Cannot create a heap: quarantineBytes is ${quarantineBytes}, wanted at least 0`);
  }
  const base = start / 4;
  const first = placeOf(base + HEADER_WORDS, alignment);
  const least = (first + BLOCK_WORDS) * 4 + alignment;
  if (least > MAX_BYTES) {
    invalid(op, `Cannot create a heap: start is ${start}, wanted room for a block below 4 GiB`);
  }
  if (bufferOf(storage).byteLength < least && !growStorage(storage, least)) {
    throw new MediaError(
      "ENOMEM",
      `Cannot create a heap: the storage has ${bufferOf(storage).byteLength} bytes, wanted at least ${least}`,
      { op, averror: AVERROR.ENOMEM },
    );
  }
  const header = new Int32Array(bufferOf(storage), start, first + BLOCK_WORDS - base);
  header.fill(0);
  header[MAGIC_AT] = MAGIC;
  header[VERSION_AT] = FORMAT_VERSION;
  header[GRANULE_AT] = alignment;
  header[CHECKED_AT] = checked ? 1 : 0;
  header[END_AT] = first;
  header[LIMIT_AT] = limit;
  header[QUARANTINE_AT] = Math.floor(Math.min(quarantineBytes, MAX_BYTES - 4) / 4);
  const memory = new HeapMemory(storage, base);
  takeIn(memory, first);
  return memory;
}

/** Looks at a heap that is in the storage already. */
export function attachHeap(storage: HeapStorage, start: number): HeapMemory {
  const op = "Heap.attach";
  checkStorage(op, storage);
  checkStart(op, start);
  const buffer = bufferOf(storage);
  const base = start / 4;
  if (wordsIn(buffer.byteLength) < base + HEADER_WORDS) {
    invalid(
      op,
      `Cannot attach to a heap at ${start}: the storage has ${buffer.byteLength} bytes, wanted its header`,
    );
  }
  const header = new Int32Array(buffer, start, HEADER_WORDS);
  if (header[MAGIC_AT] !== MAGIC) {
    const found = (header[MAGIC_AT]! >>> 0).toString(16);
    invalid(
      op,
      `Cannot attach to a heap at ${start}: its first word is 0x${found}, wanted 0x${MAGIC.toString(16)}`,
    );
  }
  if (header[VERSION_AT] !== FORMAT_VERSION) {
    throw new MediaError(
      "ABI_MISMATCH",
      `Cannot attach to a heap at ${start}: its format is version ${
        header[VERSION_AT]
      }, wanted ${FORMAT_VERSION}`,
      { op },
    );
  }
  return new HeapMemory(storage, base);
}

/** Throws a `TypeError` unless `storage` is one. */
export function checkStorage(op: string, storage: HeapStorage): void {
  if (isStorage(storage)) return;
  throw new TypeError(
    `Cannot call ${op}: storage is ${
      show(storage)
    }, wanted an ArrayBuffer, a SharedArrayBuffer or a WebAssembly.Memory`,
  );
}

function checkStart(op: string, start: number): void {
  checkInteger(op, "start", start);
  if (start >= 0 && start % 64 === 0 && start < MAX_BYTES) return;
  invalid(op, `Cannot call ${op}: start is ${start}, wanted a multiple of 64 from 0 to 4 GiB`);
}
