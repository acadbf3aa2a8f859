import { AllErrors } from "@mediamem/checks";
import type { BufferPoolOptions, PoolStats } from "@mediamem/interface";
import type { PoolGate, PoolTicket } from "@mediamem/ledger";
import type { BufferHome } from "./buffer_home.ts";
import { CoreBufferRef } from "./buffer_ref.ts";
import { type EntryPool, FastBuffer, PoolEntry } from "./pool_entry.ts";
import { PoolSource } from "./pool_source.ts";

const GET = "av_buffer_pool_get";
const RELEASE = "av_buffer_unref";

/** What becomes of buffers that come back when their pool was given up: kept for the last, as C does, or freed at once. */
export type LateReturns = "kept" | "freed";

/** Pools made so far: the number of each marks its buffers while they are out. */
let pools = 0;

/** The buffers of a pool: those that are idle, last in, first out, and how many are out. */
export class PoolStore implements EntryPool {
  readonly #home: BufferHome;
  readonly #size: number;
  readonly #gate: PoolGate;
  readonly #source: PoolSource;
  readonly #free: (() => void) | undefined;
  readonly #poison: number | undefined;
  readonly #lateReturns: LateReturns;
  readonly #number = ++pools;
  /** The buffer that came back last, and through its `next` all that are idle. */
  #head: PoolEntry | null = null;
  /** One for who made the pool, one for each buffer out. */
  #refs = 1;
  #given = false;
  #idle = 0;
  #hits = 0;
  #misses = 0;
  #returned = 0;
  #freed = 0;

  /** Makes a store with nothing in it. Tickets of `gate` come with each buffer, and go back with it. */
  constructor(
    home: BufferHome,
    size: number,
    gate: PoolGate,
    options: BufferPoolOptions,
    lateReturns: LateReturns,
  ) {
    const allocate = options.allocate as Exclude<typeof options.allocate, number>;
    this.#home = home;
    this.#size = size;
    this.#gate = gate;
    this.#source = new PoolSource(home, this, size, allocate);
    this.#free = options.free;
    this.#poison = options.poison;
    this.#lateReturns = lateReturns;
  }

  /** Whether it was given up. */
  get given(): boolean {
    return this.#given;
  }

  /** Whether the program's allocate function is running. */
  get busy(): boolean {
    return this.#source.busy;
  }

  /** Makes `count` idle buffers, or none where it throws. */
  preallocate(op: string, count: number): void {
    try {
      for (let i = 0; i < count; i++) this.#push(this.#source.entry(op));
    } catch (error) {
      this.#flush(new AllErrors());
      throw error;
    }
  }

  /** Gives a buffer to who has a ticket. Where it throws the ticket goes back. */
  handOut(ticket: PoolTicket): CoreBufferRef {
    try {
      const entry = this.#head;
      if (entry === null) return this.#handOutNew(ticket);
      this.#home.checkStruct(GET, "AVBufferRef");
      this.#pop(entry);
      return this.#reference(entry, ticket);
    } catch (error) {
      this.#gate.leave(ticket);
      throw error;
    }
  }

  /** Gives a buffer on the fast grade to whom the gate let in without a ticket. */
  handOutFast(): FastBuffer {
    let entry = this.#head;
    if (entry === null) entry = this.#newFast();
    else this.#pop(entry);
    const fast = entry.fast ??= new FastBuffer(entry, this.#size);
    fast.state = this.#number;
    fast.ledgerEntry = this.#home.ledger.open(GET, this.#size);
    this.#refs++;
    return fast;
  }

  /** Whether a buffer of the fast grade is out, and of this pool. */
  isOut(fast: FastBuffer): boolean {
    return fast?.state === this.#number;
  }

  /** Takes back a buffer of the fast grade that is out. */
  takeBackFast(fast: FastBuffer): void {
    fast.state = 0;
    this.#home.ledger.close(fast.ledgerEntry);
    this.#returned++;
    if (fast.data.length === this.#size) {
      this.#push(fast.entry);
      this.#gate.leaveUnnamed();
      if (--this.#refs === 0) this.#end(new AllErrors(), RELEASE);
    } else this.#dropFast(fast.entry);
  }

  takeBack(entry: PoolEntry): void {
    const ticket = entry.ticket!;
    entry.ticket = null;
    this.#returned++;
    const errors = new AllErrors();
    const late = this.#given && this.#lateReturns === "freed";
    // Memory that a runtime still uses is not handed out again.
    if (entry.memory.revoke() && !late) this.#push(entry);
    else this.#freeEntry(entry, errors);
    this.#gate.leave(ticket);
    if (--this.#refs === 0) this.#end(errors, RELEASE);
    else errors.throwAny(RELEASE);
  }

  lose(entry: PoolEntry): void {
    this.#freed++;
    entry.original.lose(entry.memory);
    this.#gate.leave(entry.ticket!);
    if (--this.#refs === 0) this.#end(new AllErrors(), RELEASE);
  }

  /** Whether a reference is to a buffer of this pool. */
  owns(ref: CoreBufferRef): boolean {
    const { owner } = ref.buffer;
    return owner instanceof PoolEntry && owner.pool === this;
  }

  /** Frees what is idle; gives how many. */
  trim(op: string): number {
    const errors = new AllErrors();
    const count = this.#flush(errors);
    errors.throwAny(op);
    return count;
  }

  /** Frees what is idle, and the rest when it is back. */
  giveUp(op: string): void {
    this.#given = true;
    const errors = new AllErrors();
    this.#flush(errors);
    if (--this.#refs === 0) this.#end(errors, op);
    else errors.throwAny(op);
  }

  /** What became of the buffers. The most that were out is the gate's to say. */
  stats(): Omit<PoolStats, "peak"> {
    return {
      hits: this.#hits,
      misses: this.#misses,
      out: this.#refs - (this.#given ? 0 : 1),
      idle: this.#idle,
      returned: this.#returned,
      freed: this.#freed,
    };
  }

  #handOutNew(ticket: PoolTicket): CoreBufferRef {
    const ref = this.#source.reference(GET);
    if (ref === null) {
      const entry = this.#source.entry(GET);
      this.#misses++;
      return this.#reference(entry, ticket);
    }
    (ref.buffer.owner as PoolEntry).ticket = ticket;
    this.#misses++;
    this.#refs++;
    return ref;
  }

  #newFast(): PoolEntry {
    try {
      const entry = this.#source.entry(GET);
      this.#misses++;
      return entry;
    } catch (error) {
      this.#gate.leaveUnnamed();
      throw error;
    }
  }

  /** A new reference to an entry: from the first byte of its memory on, of the pool's size, writable, whatever it was before. */
  #reference(entry: PoolEntry, ticket: PoolTicket): CoreBufferRef {
    entry.fast = null;
    entry.ticket = ticket;
    entry.renew();
    this.#refs++;
    return CoreBufferRef.open(this.#home, GET, entry.buffer, 0, this.#size);
  }

  /** Somebody moved the memory away. */
  #dropFast(entry: PoolEntry): void {
    const errors = new AllErrors();
    this.#freeEntry(entry, errors);
    this.#gate.leaveUnnamed();
    if (--this.#refs === 0) this.#end(errors, RELEASE);
    else errors.throwAny(RELEASE);
  }

  #pop(entry: PoolEntry): void {
    this.#head = entry.next;
    entry.next = null;
    this.#idle--;
    this.#hits++;
  }

  #push(entry: PoolEntry): void {
    if (this.#poison !== undefined) entry.memory.view(0, entry.memory.size).fill(this.#poison);
    entry.next = this.#head;
    this.#head = entry;
    this.#idle++;
  }

  #flush(errors: AllErrors): number {
    let count = 0;
    for (let entry = this.#head; entry !== null; entry = this.#head) {
      this.#head = entry.next;
      this.#idle--;
      this.#freeEntry(entry, errors);
      count++;
    }
    return count;
  }

  #freeEntry(entry: PoolEntry, errors: AllErrors): void {
    this.#freed++;
    try {
      entry.free();
    } catch (error) {
      errors.add(error);
    }
  }

  /** Nobody holds the pool or a buffer of it any more. */
  #end(errors: AllErrors, op: string): void {
    this.#flush(errors);
    try {
      this.#free?.();
    } catch (error) {
      errors.add(error);
    }
    errors.throwAny(op);
  }
}
