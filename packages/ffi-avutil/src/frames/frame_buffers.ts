import { withStruct } from "../struct.ts";
import type { FrameContext } from "./frame_context.ts";

/** The buffers that somebody is counted for. */
export class FrameBuffers {
  readonly #context: FrameContext;
  #buffers: number[] = [];

  /** Begins with none. */
  constructor(context: FrameContext) {
    this.#context = context;
  }

  /** Counts the buffers of `AVBufferRef`s. Throws `OVER_BUDGET`, and counts none of them, beyond the limit. */
  hold(op: string, references: readonly number[]): void {
    const { account, library } = this.#context;
    const counted: number[] = [];
    try {
      for (const reference of references) {
        const [buffer, bytes] = withStruct(
          library.abi.structs.AVBufferRef,
          reference,
          (fields) => [fields.pointer("buffer"), fields.size("size")] as const,
        );
        account.hold(op, buffer, bytes);
        counted.push(buffer);
      }
    } catch (error) {
      for (const buffer of counted) account.release(buffer);
      throw error;
    }
    this.#buffers.push(...counted);
  }

  /** Takes over what another is counted for: its references moved here. */
  takeFrom(other: FrameBuffers): void {
    this.#buffers.push(...other.#buffers);
    other.#buffers = [];
  }

  /** Counts for none any more. Before C lets them go: where they were, others may be a moment later. */
  drop(): void {
    const buffers = this.#buffers;
    this.#buffers = [];
    for (const buffer of buffers) this.#context.account.release(buffer);
  }
}
