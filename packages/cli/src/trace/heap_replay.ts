import type { Heap } from "@mediamem/core-ts/memory";
import { MediaError } from "@mediamem/interface";
import { UsageError } from "../command_error.ts";
import type { HeapOperation } from "./heap_operation.ts";
import { NameTable } from "./name_table.ts";
import { quoted } from "./trace_words.ts";

/** What a name of a trace stands for. */
export interface TraceBlock {
  /** Where it is; 0 where the heap gave nothing. */
  address: number;
  /** How many bytes were asked for. */
  size: number;
  /** The line that took it. */
  readonly line: number;
  /** The line that freed it; 0 before. */
  freedAt: number;
}

/** What is written by `write`. */
const WRITTEN = 0xa5;

/** Does the operations of a trace on a heap, by the names that the trace gives to blocks. */
export class HeapReplay {
  /** The blocks by their names. */
  readonly blocks: NameTable<TraceBlock> = new NameTable();
  readonly #heap: Heap;
  readonly #bytes: Uint8Array;
  readonly #where: (line: number) => string;

  /**
   * Begins with an empty heap.
   *
   * @param heap The heap.
   * @param storage Its storage; a view of all of it follows it when it grows.
   * @param where What messages call a line.
   */
  constructor(heap: Heap, storage: ArrayBuffer, where: (line: number) => string) {
    this.#heap = heap;
    this.#where = where;
    this.#bytes = new Uint8Array(storage);
  }

  /**
   * Does one operation. What the heap refuses comes out as its `MediaError`, and nothing has changed; what cannot be in a trace is a `UsageError`.
   */
  apply(operation: HeapOperation): void {
    switch (operation.word) {
      case "malloc":
      case "calloc":
        return this.#take(operation);
      case "realloc":
        return this.#resize(operation);
      case "free":
        return this.#free(operation);
      case "write":
        return this.#write(operation);
    }
  }

  #take({ word, name, size, alignment, line }: HeapOperation): void {
    const present = this.blocks.live(name);
    if (present !== undefined && present.address !== 0) {
      throw new UsageError(
        `Cannot replay ${this.#where(line)}: ${
          quoted(name)
        } is in use since line ${present.line}, wanted a name that is not`,
      );
    }
    // What the heap refuses to give is NULL, as in C: it can be freed.
    const block: TraceBlock = { address: 0, size: 0, line, freedAt: 0 };
    this.blocks.add(name, block);
    block.address = alignment === 0 ? this.#heap.malloc(size) : this.#heap.malloc(size, alignment);
    block.size = size;
    if (word === "calloc") this.#bytes.fill(0, block.address, block.address + size);
  }

  /** The block of that name, also one that was freed. */
  #find({ name, line }: HeapOperation): TraceBlock {
    const block = this.blocks.live(name) ?? this.blocks.gone(name);
    if (block !== undefined) return block;
    throw new UsageError(
      `Cannot replay ${this.#where(line)}: ${
        quoted(name)
      } is no block, wanted the name of one that was taken before`,
    );
  }

  /** Throws where the memory of a freed block is another's now: the heap knows addresses only, and would take that one. */
  #checkOwner(op: string, { address, line, freedAt }: TraceBlock): void {
    if (freedAt === 0 || !this.#isInUse(address)) return;
    throw new MediaError(
      "DOUBLE_FREE",
      `Cannot call ${op}: the block of line ${line} was freed at line ${freedAt} and its memory at ${address} is another's now, wanted one in use`,
      { op },
    );
  }

  #isInUse(address: number): boolean {
    try {
      this.#heap.usableSize(address);
      return true;
    } catch {
      return false;
    }
  }

  #resize(operation: HeapOperation): void {
    const block = this.#find(operation);
    this.#checkOwner("realloc", block);
    block.address = this.#heap.realloc(block.address, operation.size);
    block.size = operation.size;
  }

  #free(operation: HeapOperation): void {
    const block = this.#find(operation);
    this.#checkOwner("free", block);
    this.#heap.free(block.address);
    block.freedAt = operation.line;
    this.blocks.remove(operation.name, block);
  }

  #write(operation: HeapOperation): void {
    const { offset, size } = operation;
    const block = this.#find(operation);
    const from = block.address + offset;
    if (block.address === 0 || from < 0 || from + size > this.#bytes.length) {
      const found = block.address === 0
        ? `the block of line ${block.line} is NULL`
        : `bytes ${from} to ${from + size - 1}`;
      throw new MediaError(
        "EINVAL",
        `Cannot write: ${found}, wanted bytes of the storage, 0 to ${this.#bytes.length - 1}`,
        {
          op: "write",
        },
      );
    }
    this.#bytes.fill(WRITTEN, from, from + size);
  }
}
