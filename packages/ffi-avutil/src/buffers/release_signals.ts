import { AllErrors } from "@mediamem/checks";
import { type PointerArray, pointerArray } from "@mediamem/ffi";
import { noMemory } from "../failure.ts";
import type { AvutilSymbols } from "../library.ts";
import { nothing, ReleaseSignal } from "./release_signal.ts";
import { REFERENCE_BYTES } from "./struct_bytes.ts";

/** How many unused signals are kept for the next ones. */
const IDLE_KEPT = 256;

/** All signals that C may give, and those that it may give now. */
export class ReleaseSignals {
  readonly #symbols: AvutilSymbols;
  readonly #cell: PointerArray = pointerArray(1);
  readonly #idle: ReleaseSignal[] = [];
  /** By the address of their slot. Their being here keeps the slots, which C may write to, from being collected. */
  readonly #taken: Map<number, ReleaseSignal> = new Map();
  /** Those whose thing only C holds. */
  #waiting: ReleaseSignal[] = [];
  /** Our reference to the buffer that all tokens refer to: its count tells whether any has gone. 0 while there is none. */
  #sentinel = 0;
  #stamps = 0;
  #closed = false;

  /** Begins with none. */
  constructor(symbols: AvutilSymbols) {
    this.#symbols = symbols;
  }

  /** A signal that is not armed. Throws `ENOMEM`. */
  take(op: string, run: () => void): ReleaseSignal {
    if (this.#sentinel === 0) this.#sentinel = this.#symbols.av_buffer_alloc(0);
    const token = this.#sentinel === 0 ? 0 : this.#symbols.av_buffer_ref(this.#sentinel);
    if (token === 0) noMemory(op, REFERENCE_BYTES);
    const signal = this.#idle.pop() ?? new ReleaseSignal();
    signal.token = token;
    signal.run = run;
    this.#taken.set(signal.slot.address, signal);
    return signal;
  }

  /** Takes back a signal that C was not given. */
  cancel(signal: ReleaseSignal): void {
    this.#unref(signal.token);
    signal.slot.set(0, 0);
    this.#forget(signal);
  }

  /** The signal whose slot is at an address; undefined for other addresses. */
  at(address: number): ReleaseSignal | undefined {
    return this.#taken.get(address);
  }

  /** Notes that a signal's thing was released now: what comes later is to be freed first. */
  stamp(signal: ReleaseSignal): void {
    signal.stamp = ++this.#stamps;
  }

  /** From now on, looks whether C has given a signal. */
  watch(signal: ReleaseSignal): void {
    if (signal.watched) return;
    signal.watched = true;
    this.#waiting.push(signal);
  }

  /** Does what is to be done for the signals that C has given; throws what that threw. Gives how many C has not given yet. */
  settle(op: string): number {
    if (this.#waiting.length !== 0) {
      const gone = 1 + this.#taken.size - this.#symbols.av_buffer_get_ref_count(this.#sentinel);
      if (gone !== 0) this.#look(op, gone);
    }
    return this.#waiting.length;
  }

  /** Gives the common buffer back as soon as no signal is left. */
  close(): void {
    this.#closed = true;
    this.#end();
  }

  #look(op: string, gone: number): void {
    const given = this.#waiting.filter(({ slot }) => slot.get(0) === 0);
    // C clears a slot before it gives up the reference: where that is happening right now, we shall know next time.
    if (given.length !== gone) return;
    for (const signal of given) signal.watched = false;
    this.#waiting = this.#waiting.filter(({ watched }) => watched);
    given.sort((a, b) => b.stamp - a.stamp);
    const runs = given.map(({ run }) => run);
    for (const signal of given) this.#forget(signal);
    const errors = new AllErrors();
    for (const run of runs) {
      try {
        run();
      } catch (error) {
        errors.add(error);
      }
    }
    errors.throwAny(op);
  }

  #forget(signal: ReleaseSignal): void {
    this.#taken.delete(signal.slot.address);
    signal.token = 0;
    signal.stamp = 0;
    signal.memory = null;
    signal.run = nothing;
    if (this.#idle.length < IDLE_KEPT) this.#idle.push(signal);
    if (this.#closed) this.#end();
  }

  #end(): void {
    if (this.#taken.size !== 0 || this.#sentinel === 0) return;
    this.#unref(this.#sentinel);
    this.#sentinel = 0;
  }

  #unref(pointer: number): void {
    this.#cell.set(0, pointer);
    this.#symbols.av_buffer_unref(this.#cell.bytes);
  }
}
