import type { Frame, Frames } from "@mediamem/interface";
import type { NativeLibrary } from "@mediamem/ffi";
import type { AllocationLedger, LedgerEntry } from "@mediamem/ledger";
import type { SCALE_SYMBOLS } from "./codec_symbols.ts";

// The fields of AVFrame lie at the same place in every version.
const DATA = 0;
const LINESIZE = 64;

/** An `SwsContext`: all that the garbage collector may know of a scaler. */
export class ScaleHold {
  readonly #symbols: NativeLibrary<typeof SCALE_SYMBOLS>["symbols"];
  readonly #ledger: AllocationLedger;
  readonly #context: number;
  readonly #scratch: Frame;
  readonly #entry: LedgerEntry | null;

  /** Takes over a context. */
  constructor(
    symbols: NativeLibrary<typeof SCALE_SYMBOLS>["symbols"],
    ledger: AllocationLedger,
    context: number,
    frames: Frames,
  ) {
    this.#symbols = symbols;
    this.#ledger = ledger;
    this.#context = context;
    this.#scratch = frames.alloc();
    this.#entry = ledger.open("sws_getContext", 0);
  }

  /** Throws unless a frame is a live one of the same libavutil, with memory: another's address is a number of nothing. */
  checkOwner(frame: Frame): void {
    this.#scratch.ref(frame);
    this.#scratch.unref();
  }

  /** Scales from the frame at one address into the one at another; gives C's answer. */
  scale(src: number, dst: number, height: number): number {
    const { sws_scale } = this.#symbols;
    return sws_scale(this.#context, src + DATA, src + LINESIZE, 0, height, dst + DATA, dst + LINESIZE);
  }

  /** Says where it was taken, for an error message. */
  describe(): string {
    return this.#ledger.describe(this.#entry);
  }

  /** Gives it back (`sws_freeContext`). */
  release(): void {
    this.#end();
    this.#ledger.close(this.#entry);
  }

  /** The same for one that the garbage collector found. */
  abandon(): void {
    this.#end();
    this.#ledger.abandon(this.#entry);
  }

  #end(): void {
    this.#symbols.sws_freeContext(this.#context);
    this.#scratch[Symbol.dispose]();
  }
}
