import type { Memory } from "@mediamem/interface";
import type { AllocationLedger } from "@mediamem/ledger";
import type { AvutilLibrary } from "./library.ts";
import { checkSize } from "./memory/arguments.ts";

const INT_MAX = 2147483647;

/**
 * The most bytes of one request.
 *
 * libavutil has one for the process, which a backend that has set it sets back when it is disposed.
 */
export class AllocationCap implements Pick<Memory, "maxAlloc"> {
  readonly #library: AvutilLibrary;
  readonly #ledger: AllocationLedger;
  #bytes = INT_MAX;
  #set = false;

  /** Takes it that nobody has called `av_max_alloc` yet. */
  constructor(library: AvutilLibrary, ledger: AllocationLedger) {
    this.#library = library;
    this.#ledger = ledger;
  }

  /** The cap, as far as we know: other code of the process may have set another. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Counts a request before C gets it; gives the bytes that were counted: none where C refuses it anyway, which it does by `asked` bytes.
   * Throws `OVER_BUDGET`.
   */
  count(op: string, size: number, asked: number = size): number {
    if (asked > this.#bytes) return 0;
    this.#ledger.grow(op, size);
    return size;
  }

  maxAlloc(max: number): void {
    const op = "av_max_alloc";
    checkSize(op, "max", max);
    this.#library.symbols.av_max_alloc(max);
    this.#bytes = max;
    this.#set = true;
  }

  /** Sets the cap of the process back where it was changed from here. Call it before the library is closed. */
  restore(): void {
    if (this.#set) this.#library.symbols.av_max_alloc(INT_MAX);
    this.#set = false;
  }
}
