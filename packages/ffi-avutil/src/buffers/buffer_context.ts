import { lengthOf } from "@mediamem/checks";
import { type PointerArray, pointerArray, releaseKeptMemory, releaseMemory } from "@mediamem/ffi";
import type { AllocationLedger } from "@mediamem/ledger";
import type { AllocationCap } from "../allocation_cap.ts";
import type { BufferAccount } from "../buffer_account.ts";
import { noMemory } from "../failure.ts";
import type { AvutilLibrary, AvutilSymbols } from "../library.ts";
import { checkSize } from "../memory/arguments.ts";
import { BufferStruct } from "./buffer_struct.ts";
import { NativeBuffer, type Reference } from "./native_buffer.ts";
import type { PoolMember } from "./pool_member.ts";
import { ReleaseSignals } from "./release_signals.ts";

const INT_MAX = 2147483647;

/** Functions of C whose addresses C is given, to call them for us. */
export interface FunctionAddresses {
  readonly av_buffer_ref: number;
  readonly av_buffer_unref: number;
}

/** Every context of this thread. Who has a live reference holds its context, so that those that are gone own nothing. */
const contexts: Set<WeakRef<BufferContext>> = new Set();

/** What all buffers of one backend share. */
export class BufferContext {
  readonly symbols: AvutilSymbols;
  readonly struct: BufferStruct;
  readonly signals: ReleaseSignals;
  /** The buffers that the program refers to, by the address of the `AVBuffer`. */
  readonly buffers: Map<number, NativeBuffer> = new Map();
  /** The buffers of our pools, by the address of the `BufferPoolEntry`. */
  readonly members: Map<number, PoolMember> = new Map();
  readonly #cell: PointerArray = pointerArray(1);
  /** Sizes are an `int` in libavutil 56: what is larger would arrive as something else. */
  readonly #mostBytes: number;

  /** Begins with no buffers. */
  constructor(
    readonly library: AvutilLibrary,
    readonly ledger: AllocationLedger,
    readonly account: BufferAccount,
    readonly cap: AllocationCap,
    readonly functions: FunctionAddresses,
  ) {
    this.symbols = library.symbols;
    this.struct = new BufferStruct(library);
    this.signals = new ReleaseSignals(library.symbols);
    this.#mostBytes = library.version.major === 56 ? INT_MAX : Infinity;
    contexts.add(new WeakRef(this));
  }

  /** Whether a handle owns the reference at an address, to the buffer at `key`: of whatever backend, since two would free it twice. */
  static owns(key: number, pointer: number): boolean {
    for (const known of contexts) {
      const context = known.deref();
      if (context === undefined) contexts.delete(known);
      else if (
        context.buffers.get(key)?.references.some((reference) => reference.pointer === pointer) === true
      ) {
        return true;
      }
    }
    return false;
  }

  /** Throws unless `value` is a size that C can be asked for: `TypeError`, `EINVAL` for a negative one, `ENOMEM` for one too large. */
  checkSize(op: string, name: string, value: number): void {
    checkSize(op, name, value);
    if (value > this.#mostBytes) noMemory(op, value);
  }

  /** Makes a buffer known that C has just made, whose struct was read and of whose bytes `counted` are in the account. */
  begin(counted: number): NativeBuffer {
    const { buffer: key, data, size } = this.struct;
    const buffer = new NativeBuffer(this, key, data, size);
    this.buffers.set(key, buffer);
    this.account.begin(key, counted);
    return buffer;
  }

  /** The buffer of a reference that came from elsewhere and was read: one that is known, or a new one. Throws `OVER_BUDGET`. */
  find(op: string, pointer: number): NativeBuffer {
    const { buffer: key, data, size } = this.struct;
    const known = this.buffers.get(key);
    if (known !== undefined) return known;
    const buffer = new NativeBuffer(this, key, data, size);
    buffer.readOnly = null;
    this.#recognise(buffer, this.symbols.av_buffer_get_opaque(pointer));
    // The program's own memory is not libavutil's, and that of a pool is counted already.
    this.account.hold(op, key, buffer.program === null && buffer.member === null ? size : 0);
    this.buffers.set(key, buffer);
    return buffer;
  }

  /** Finds out whether a buffer that came back through C is one that the program brought, or one of a pool. */
  #recognise(buffer: NativeBuffer, opaque: number): void {
    const { start, length } = buffer;
    const signal = this.signals.at(opaque);
    const program = signal?.memory ?? null;
    if (
      program !== null && start >= program.address &&
      start + length <= program.address + lengthOf(program.data)
    ) {
      buffer.signal = signal!;
      buffer.program = program;
      buffer.readOnly = program.readOnly;
    }
    const member = this.members.get(opaque);
    if (member !== undefined && start >= member.start && start + length <= member.start + member.length) {
      buffer.member = member;
      buffer.program = member.signal?.memory ?? null;
    }
  }

  /** What the program knows an `opaque` of C as: what it gave, else the address as a number, or null for NULL. */
  opaqueAt(address: number): unknown {
    const memory = this.signals.at(address)?.memory ?? null;
    if (memory !== null) return memory.opaque;
    return address === 0 ? null : address;
  }

  /** Calls a function of C that takes an `AVBufferRef **`; gives its result. The reference it leaves is {@linkcode BufferContext.left}. */
  change(pointer: number, call: (cell: Uint8Array) => number): number {
    this.#cell.set(0, pointer);
    return call(this.#cell.bytes);
  }

  /** What the last {@linkcode BufferContext.change} has left in place of the reference. */
  get left(): number {
    return this.#cell.get(0);
  }

  /** Gives a reference back to C that is no handle's. */
  unref(pointer: number): void {
    this.#cell.set(0, pointer);
    this.symbols.av_buffer_unref(this.#cell.bytes);
  }

  /** Gives a reference of the program's back; the views go with the last one. */
  drop(reference: Reference): void {
    const { buffer, pointer } = reference;
    buffer.remove(reference);
    if (buffer.references.length > 0) this.unref(pointer);
    else this.end(buffer, pointer);
  }

  /** Gives the last reference of the program's back. Where a view is pinned, C gets it when that is over. */
  end(buffer: NativeBuffer, pointer: number): void {
    this.buffers.delete(buffer.key);
    releaseKeptMemory();
    if (buffer.views.revoke()) this.#release(buffer, pointer);
    else releaseMemory(buffer.views.pinned(), () => this.#release(buffer, pointer));
  }

  #release(buffer: NativeBuffer, pointer: number): void {
    const { key, member, signal } = buffer;
    this.account.release(key);
    if (member !== null) {
      member.pool.takeBack(member, pointer);
      return;
    }
    this.unref(pointer);
    if (signal === null) return;
    this.signals.stamp(signal);
    this.signals.watch(signal);
  }
}
