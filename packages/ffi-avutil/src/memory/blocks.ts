import { MediaError } from "@mediamem/interface";
import { checkInteger, invalid } from "@mediamem/checks";
import { memory, type NativeMemory, releaseKeptMemory, releaseMemory } from "@mediamem/ffi";
import type { AllocationLedger } from "@mediamem/ledger";
import type { AllocationCap } from "../allocation_cap.ts";
import { noMemory } from "../failure.ts";
import type { AvutilSymbols } from "../library.ts";
import { Block } from "./block.ts";
import { FreedBlocks } from "./freed_blocks.ts";

/** Every block that is alive, and the last ones that are not: what tells a good address from a bad one before C sees it. */
export class Blocks {
  readonly ledger: AllocationLedger;
  readonly cap: AllocationCap;
  readonly #symbols: AvutilSymbols;
  readonly #live: Map<number, Block> = new Map();
  readonly #freed: FreedBlocks = new FreedBlocks();
  /** The block that was found last by an address inside it: the next one is likely to be inside it too. */
  #recent: Block | null = null;

  /** Begins with no blocks. */
  constructor(symbols: AvutilSymbols, ledger: AllocationLedger, cap: AllocationCap) {
    this.#symbols = symbols;
    this.ledger = ledger;
    this.cap = cap;
  }

  /**
   * Takes in a block that C gave, and of which `counted` bytes were counted before; gives its address. Throws `ENOMEM` for NULL.
   *
   * C gives more than we counted where somebody else has raised its cap.
   */
  add(op: string, address: number, size: number, counted: number): number {
    if (address === 0) noMemory(op, size);
    if (counted !== size) this.ledger.shrink(counted - size);
    this.#live.set(address, new Block(address, size, this.ledger.open(op, size)));
    return address;
  }

  /** The live block that starts at an address. Throws `late`, or `WRONG_OWNER` for an address that never started one. */
  start(op: string, address: number, late: "USE_AFTER_FREE" | "DOUBLE_FREE" = "USE_AFTER_FREE"): Block {
    return this.#live.get(address) ?? this.#refuse(op, address, late, true);
  }

  /** The live block of an address that may be NULL; null for that. */
  startOrNull(op: string, address: number): Block | null {
    return address === 0 ? null : this.start(op, address);
  }

  /** Whether a block is alive. */
  has(block: Block): boolean {
    return this.#live.get(block.address) === block;
  }

  /** The live block that an address lies in. Throws `USE_AFTER_FREE` or `WRONG_OWNER` where there is none. */
  around(op: string, address: number): Block {
    const start = this.#live.get(address);
    if (start !== undefined) return start;
    const recent = this.#recent;
    if (recent !== null && recent.address < address && address < recent.address + recent.size) return recent;
    for (const block of this.#live.values()) {
      if (block.address < address && address < block.address + block.size) return this.#recent = block;
    }
    return this.#refuse(op, address, "USE_AFTER_FREE", false);
  }

  /** All bytes of a block; the same view until the block is freed or moved. */
  view(block: Block): NativeMemory {
    return block.view ??= memory(block.address, block.size);
  }

  /** Takes a block away from its views before C may move or free it. Throws `LOCKED`, and changes nothing, where one is pinned. */
  detach(op: string, block: Block): void {
    if (block.view === null) return;
    if (!block.view.revoke()) {
      throw new MediaError(
        "LOCKED",
        `Cannot call ${op}: an asynchronous operation still uses the block at ${block.address}, wanted none` +
          this.ledger.describe(block.entry),
        { op },
      );
    }
    block.view = null;
  }

  /** Frees a block; where a view is pinned, its memory is kept until that is over. */
  free(block: Block): void {
    this.#remove(block);
    releaseKeptMemory();
    const { address, size, view } = block;
    if (view === null) {
      this.ledger.shrink(size);
      this.#symbols.av_free(address);
      return;
    }
    releaseMemory(view, () => {
      this.ledger.shrink(size);
      this.#symbols.av_free(address);
    });
  }

  /** Notes that C has freed a block, whose views are gone already. */
  forget(block: Block): void {
    this.#remove(block);
    this.ledger.shrink(block.size);
  }

  /** Notes that C has put another block in the place of one, whose views are gone already and whose bytes are no longer counted. */
  replace(op: string, block: Block | null, address: number, size: number): number {
    if (block !== null) this.#remove(block);
    return this.add(op, address, size, size);
  }

  #remove(block: Block): void {
    this.#live.delete(block.address);
    if (this.#recent === block) this.#recent = null;
    this.ledger.close(block.entry);
    this.#freed.add(block.address, block.size, block.entry);
  }

  #refuse(op: string, address: number, late: "USE_AFTER_FREE" | "DOUBLE_FREE", starts: boolean): never {
    checkInteger(op, "address", address);
    if (address < 0) invalid(op, `Cannot call ${op}: address is ${address}, wanted an address`);
    const wanted = starts ? "the address of a live block" : "an address in a live block";
    const freed = this.#freed.find(address);
    if (freed === null || (starts && freed.address !== address)) {
      const where = starts ? this.#inside(address) : "no address of a block of this backend";
      throw new MediaError("WRONG_OWNER", `Cannot call ${op}: ${address} is ${where}, wanted ${wanted}`, {
        op,
      });
    }
    throw new MediaError(
      late,
      `Cannot call ${op}: the block at ${freed.address} was freed, wanted ${wanted}` +
        this.ledger.describe(freed.entry),
      { op },
    );
  }

  /** What an address is that starts no block. */
  #inside(address: number): string {
    for (const block of this.#live.values()) {
      if (block.address < address && address < block.address + block.size) {
        return `${address - block.address} bytes into the block at ${block.address}` +
          ` (${block.size} bytes${this.ledger.describe(block.entry)})`;
      }
    }
    return "no address of a block of this backend";
  }
}
