import { type PointerArray, pointerArray } from "@mediamem/ffi";
import { noMemory } from "../failure.ts";
import type { AvutilSymbols } from "../library.ts";
import { nothing, ReleaseSignal } from "./release_signal.ts";

/** How many unused signals are kept for the next ones. */
const IDLE_KEPT = 256;

/** `sizeof(AVBufferRef)`. */
const REFERENCE_BYTES = 24;

/** All signals that C may give, and those that it may give now. */
export class ReleaseSignals {
  readonly #symbols: AvutilSymbols;
  readonly #cell: PointerArray = pointerArray(1);
  readonly #idle: ReleaseSignal[] = [];
  /** By the address of their slot. Their being here keeps the slots, which C may write to, from being collected. */
  readonly #given: Map<number, ReleaseSignal> = new Map();
  /** Those whose thing only C holds. */
  #waiting: ReleaseSignal[] = [];
  #stamps = 0;

  /** Begins with none. */
  constructor(symbols: AvutilSymbols) {
    this.#symbols = symbols;
  }

  /** A signal that is not armed. Throws `ENOMEM`. */
  take(op: string, run: () => void): ReleaseSignal {
    const signal = this.#idle.pop() ?? this.#make(op);
    signal.token = this.#symbols.av_buffer_ref(signal.sentinel);
    if (signal.token === 0) {
      this.#idle.push(signal);
      noMemory(op, REFERENCE_BYTES);
    }
    signal.run = run;
    this.#given.set(signal.slot.address, signal);
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
    return this.#given.get(address);
  }

  /** Notes that something was released now: what comes later is to be freed first. */
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
      const given = this.#waiting.filter((signal) => this.#isGiven(signal));
      if (given.length !== 0) this.#run(op, given);
    }
    return this.#waiting.length;
  }

  #make(op: string): ReleaseSignal {
    const sentinel = this.#symbols.av_buffer_alloc(0);
    if (sentinel === 0) noMemory(op, REFERENCE_BYTES);
    return new ReleaseSignal(sentinel);
  }

  #isGiven(signal: ReleaseSignal): boolean {
    // C clears the slot before it is through with the reference in it, and only its count says that.
    return signal.slot.get(0) === 0 && this.#symbols.av_buffer_get_ref_count(signal.sentinel) === 1;
  }

  #run(op: string, given: ReleaseSignal[]): void {
    for (const signal of given) signal.watched = false;
    this.#waiting = this.#waiting.filter((signal) => signal.watched);
    given.sort((a, b) => b.stamp - a.stamp);
    const errors: unknown[] = [];
    for (const signal of given) {
      const { run } = signal;
      this.#forget(signal);
      try {
        run();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) {
      throw new AggregateError(errors, `Cannot call ${op}: ${errors.length} free functions threw`);
    }
  }

  #forget(signal: ReleaseSignal): void {
    this.#given.delete(signal.slot.address);
    signal.token = 0;
    signal.stamp = 0;
    signal.watched = false;
    signal.memory = null;
    signal.run = nothing;
    if (this.#idle.length < IDLE_KEPT) this.#idle.push(signal);
    else this.#unref(signal.sentinel);
  }

  #unref(pointer: number): void {
    this.#cell.set(0, pointer);
    this.#symbols.av_buffer_unref(this.#cell.bytes);
  }
}
