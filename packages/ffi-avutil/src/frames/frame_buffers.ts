import type { LedgerEntry } from "@mediamem/ledger";
import { withStruct } from "../struct.ts";
import type { FrameContext } from "./frame_context.ts";

/** The buffers that somebody is counted for. */
export class FrameBuffers {
  readonly #context: FrameContext;
  #buffers: number[] = [];
  #bytes = 0;
  #entry: LedgerEntry | null = null;

  /** Begins with none. */
  constructor(context: FrameContext) {
    this.#context = context;
  }

  /** Counts the buffers of `AVBufferRef`s. Throws `OVER_BUDGET`, and counts none of them, beyond the limit. */
  hold(op: string, references: readonly number[]): void {
    const { account, library } = this.#context;
    const counted: number[] = [];
    let sum = 0;
    try {
      for (const reference of references) {
        const [buffer, bytes] = withStruct(
          library.abi.structs.AVBufferRef,
          reference,
          (fields) => [fields.pointer("buffer"), fields.size("size")] as const,
        );
        account.hold(op, buffer, bytes);
        counted.push(buffer);
        sum += bytes;
      }
    } catch (error) {
      for (const buffer of counted) account.release(buffer);
      throw error;
    }
    this.#buffers.push(...counted);
    this.#count(sum);
  }

  /** Keeps the entry of whoever is counted true from now on. */
  enter(entry: LedgerEntry | null): void {
    this.#entry = entry;
    this.#count(0);
  }

  /** Takes over what another is counted for: its references moved here. */
  takeFrom(other: FrameBuffers): void {
    this.#buffers.push(...other.#buffers);
    this.#count(other.#bytes);
    other.#buffers = [];
    other.#count(-other.#bytes);
  }

  /** Counts for none any more. Before C lets them go: where they were, others may be a moment later. */
  drop(): void {
    const buffers = this.#buffers;
    this.#buffers = [];
    for (const buffer of buffers) this.#context.account.release(buffer);
    this.#count(-this.#bytes);
  }

  #count(more: number): void {
    this.#bytes += more;
    if (this.#entry !== null) this.#entry.bytes = this.#bytes;
  }
}
