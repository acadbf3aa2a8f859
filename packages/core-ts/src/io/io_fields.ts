import { checkBoolean, checkError, checkIdle, checkInt, invalid } from "@mediamem/checks";
import { MediaError } from "@mediamem/interface";
import { checkUsable } from "./io_checks.ts";
import type { IoState } from "./io_state.ts";

/** The fields of a context as its owner sees them, and its end. */
export class IoFields implements Disposable {
  /** All fields. */
  protected readonly state: IoState;

  constructor(state: IoState) {
    this.state = state;
  }

  get bufferSize(): number {
    return this.#usable().buffer.length;
  }

  get bufPtr(): number {
    return this.#usable().bufPtr;
  }

  get bufEnd(): number {
    return this.#usable().bufEnd;
  }

  get bufPtrMax(): number {
    return this.#usable().bufPtrMax;
  }

  get pos(): number {
    return this.#usable().pos;
  }

  get eofReached(): boolean {
    return this.#usable().eofReached;
  }

  get error(): number {
    return this.#usable().error;
  }

  set error(value: number) {
    checkError("AVIOContext.error", value);
    this.#usable().error = value | 0;
  }

  get seekable(): boolean {
    return this.#usable().seekable;
  }

  set seekable(value: boolean) {
    checkBoolean("AVIOContext.seekable", "seekable", value);
    this.#usable().seekable = value;
  }

  get maxPacketSize(): number {
    return this.#usable().maxPacketSize;
  }

  set maxPacketSize(value: number) {
    checkSize("maxPacketSize", value);
    this.#usable().maxPacketSize = value | 0;
  }

  get minPacketSize(): number {
    return this.#usable().minPacketSize;
  }

  set minPacketSize(value: number) {
    checkSize("minPacketSize", value);
    this.#usable().minPacketSize = value | 0;
  }

  get direct(): boolean {
    return this.#usable().direct;
  }

  set direct(value: boolean) {
    checkBoolean("AVIOContext.direct", "direct", value);
    this.#usable().direct = value;
  }

  get bytesRead(): number {
    return this.#usable().bytesRead;
  }

  get bytesWritten(): number {
    return this.#usable().bytesWritten;
  }

  get writeFlag(): boolean {
    return this.#usable().writeFlag;
  }

  free(): void {
    const op = "avio_context_free";
    if (this.state.freed) {
      throw new MediaError(
        "DOUBLE_FREE",
        `Cannot call ${op}: the context was freed before, wanted a live one`,
        { op },
      );
    }
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    const { state } = this;
    const op = "avio_context_free";
    if (state.freed) return;
    // A call that waits for a promise can be left; a callback that runs cannot.
    if (state.interrupt === null) checkIdle(op, state.busy);
    state.freed = true;
    state.replaceBuffer(0);
    state.interrupt?.(freedMeanwhile());
  }

  #usable(): IoState {
    checkUsable("AVIOContext", this.state);
    return this.state;
  }
}

function freedMeanwhile(): MediaError {
  const op = "avio_context_free";
  return new MediaError(
    "USE_AFTER_FREE",
    `Cannot go on: the context was freed meanwhile, wanted a live one`,
    {
      op,
    },
  );
}

function checkSize(name: string, value: number): void {
  const op = `AVIOContext.${name}`;
  checkInt(op, name, value);
  if (value < 0) invalid(op, `Cannot set ${name}: ${value}, wanted at least 0`);
}
