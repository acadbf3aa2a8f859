import type { Backend, BufferPool, BufferRef, Buffers, Ledger, Memory, PoolStats } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { Operation } from "../../model.ts";
import { fillSeeded } from "../image/seeded.ts";
import { DEFAULT_MAX_ALLOC, LEAST_ALIGNMENT } from "../memory/attempt.ts";
import { ledgerOf, memoryOf } from "../memory/backend_areas.ts";
import { seededBytes } from "../memory/seeded_bytes.ts";
import { buffersOf } from "./buffers_of.ts";
import { PlannedError, poolSource } from "./pool_sources.ts";
import type { PoolSource } from "./trace_operations.ts";
import { describe, unknown, wordFor } from "./trace_words.ts";

/** One pool of a trace. */
interface HeldPool {
  readonly pool: BufferPool;
  /** Whether the memory of its buffers comes from the library, so that its content is unknown at first. */
  readonly isPlain: boolean;
  /** The buffers by their address, numbered in the order in which they first came out; null where the trace marks them by an opaque. */
  readonly numbers: Map<number, number> | null;
  /** How many numbers there are. */
  count: number;
  given: boolean;
}

const STATS: readonly (keyof PoolStats)[] = ["hits", "misses", "out", "idle", "returned", "freed", "peak"];

/** Plays the operations of a trace on one backend and says what can be seen after each. */
export class TracePlayer {
  readonly #buffers: Buffers;
  readonly #memory: Memory;
  readonly #ledger: Ledger;
  readonly #out: Answer;
  readonly #refs: (BufferRef | undefined)[] = [];
  readonly #pools: (HeldPool | undefined)[] = [];
  /** Everything that was handed out, to be given back at the end. */
  readonly #madeRefs: BufferRef[] = [];
  readonly #madePools: HeldPool[] = [];
  /** What callbacks said since the last operation. */
  readonly #notes: string[] = [];
  readonly #liveBefore: number;
  readonly #bytesBefore: number;
  readonly #limitBefore: number;
  #step = 0;

  /** Gets ready to play on a backend. */
  constructor(backend: Backend, out: Answer) {
    this.#buffers = buffersOf(backend);
    this.#memory = memoryOf(backend);
    this.#ledger = ledgerOf(backend);
    this.#out = out;
    this.#liveBefore = this.#ledger.live;
    this.#bytesBefore = this.#ledger.bytes;
    this.#limitBefore = this.#ledger.limitBytes;
  }

  /** Plays one operation: `ok` and what it gave, the code of its error, or `empty` where a place holds nothing. */
  play(operation: Operation): void {
    this.#step++;
    try {
      this.#play(operation);
    } catch (error) {
      this.#out.text(wordFor(error));
    }
    for (const name of ["at", "to"]) {
      const place = operation[name];
      if (typeof place === "number") this.#see(place);
    }
    this.#account();
  }

  /** Gives everything back, in the order in which it was taken, and says what is left on the account. */
  end(): void {
    this.#memory.maxAlloc(DEFAULT_MAX_ALLOC);
    this.#ledger.limitBytes = this.#limitBefore;
    for (const ref of this.#madeRefs) if (ref.live) this.#finish(() => ref.unref());
    for (const held of this.#madePools) if (!held.given) this.#finish(() => held.pool.uninit());
    this.#account();
  }

  #finish(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#out.text(wordFor(error));
    }
  }

  #play(operation: Operation): void {
    const { op } = operation;
    const number = (name: string): number => operation[name] as number;
    switch (op) {
      case "alloc":
      case "allocz": {
        const taken = this.#hold(number("at"), this.#buffers[op](number("size")));
        this.#out.text("ok");
        this.#out.push(taken.address % this.#memory.alignment === 0 ? 1 : 0);
        if (op === "alloc") this.#fill(taken, 0);
        return;
      }
      case "create":
        return this.#create(operation);
      case "poolInit":
        return this.#poolInit(operation);
      case "limit": {
        const bytes = operation["bytes"] as number | null;
        this.#ledger.limitBytes = bytes === null ? Infinity : this.#bytesBefore + bytes;
        return this.#out.text("ok");
      }
      case "maxAlloc":
        this.#memory.maxAlloc(number("max"));
        return this.#out.text("ok");
      case "replace":
        return this.#replace(number("at"), operation["from"] as number | null);
      case "realloc":
        return this.#realloc(number("at"), number("size"));
    }
    if ("pool" in operation) this.#playPool(operation, this.#pools[number("pool")]);
    else this.#playRef(operation, this.#refs[number("at")]);
  }

  #playRef(operation: Operation, ref: BufferRef | undefined): void {
    const { op } = operation;
    const number = (name: string): number => operation[name] as number;
    if (ref === undefined) return this.#out.text("empty");
    const view = ref.live ? ref.data : null;
    switch (op) {
      case "ref":
      case "take":
        this.#hold(number("to"), ref[op]());
        this.#out.text("ok");
        return;
      case "unref":
        this.#viewed(view, () => ref.unref());
        return;
      case "dispose":
        this.#viewed(view, () => ref[Symbol.dispose]());
        return;
      case "narrow":
        this.#viewed(view, () => ref.narrow(number("from"), number("size")));
        return;
      case "makeWritable":
        this.#viewed(view, () => ref.makeWritable());
        return;
      case "getMut": {
        const bytes = ref.getMut();
        this.#out.text(bytes === null ? "null" : "ok");
        if (bytes !== null) fillSeeded(bytes, number("seed"));
        return;
      }
      case "makeMut": {
        let bytes = new Uint8Array();
        this.#viewed(view, () => bytes = ref.makeMut() as Uint8Array<ArrayBuffer>);
        fillSeeded(bytes, number("seed"));
        return;
      }
      case "look":
        return this.#look(ref);
    }
    throw unknown(operation);
  }

  #playPool(operation: Operation, held: HeldPool | undefined): void {
    const { op } = operation;
    const at = operation["at"] as number;
    if (held === undefined) return this.#out.text("empty");
    const { pool } = held;
    switch (op) {
      case "get":
        return this.#handedOut(held, at, () => pool.get());
      case "tryGet":
        return this.#handedOut(held, at, () => pool.tryGet());
      case "release": {
        const ref = this.#refs[at];
        if (ref === undefined) return this.#out.text("empty");
        return this.#viewed(ref.live ? ref.data : null, () => pool.release(ref));
      }
      case "trim":
        // Whether what is out now comes back later is left to the backends.
        if (pool.stats().out > 0) return this.#out.text("out");
        this.#out.push(pool.trim());
        return;
      case "uninit":
        pool.uninit();
        held.given = true;
        return this.#out.text("ok");
      case "disposePool":
        pool[Symbol.dispose]();
        held.given = true;
        return this.#out.text("ok");
    }
    throw unknown(operation);
  }

  #create(operation: Operation): void {
    const data = seededBytes(operation["size"] as number, operation["seed"] as number);
    const opaque = operation["opaque"] as string | undefined;
    const free = operation["free"] as string | undefined;
    const ref = this.#buffers.create(data, {
      ...(opaque !== undefined && { opaque }),
      ...(operation["readOnly"] === true && { readOnly: true }),
      ...(free !== undefined && {
        free: (given: unknown, bytes: Uint8Array) => {
          this.#notes.push(`free ${given} ${bytes.length}`);
          if (free === "throw") throw new PlannedError("free");
        },
      }),
    });
    this.#hold(operation["at"] as number, ref);
    this.#out.text("ok");
  }

  #replace(at: number, from: number | null): void {
    const before = this.#refs[at];
    const view = before?.live ? before.data : null;
    const src = from === null ? null : this.#refs[from] ?? null;
    this.#viewed(view, () => {
      const given = this.#buffers.replace(before ?? null, src);
      this.#out.text(given === null ? "null" : given === before ? "same" : "new");
      if (given !== null && given !== before) this.#hold(at, given);
    });
  }

  #realloc(at: number, size: number): void {
    const before = this.#refs[at];
    const kept = before?.live ? Math.min(before.size, size) : 0;
    const isSame = before?.live === true && before.size === size;
    let ref: BufferRef | undefined;
    try {
      ref = this.#buffers.realloc(before ?? null, size);
    } finally {
      // The `free` of the old memory may have thrown, and the new is there all the same.
      const changed = ref ?? (before?.live && before.size === size ? before : undefined);
      if (changed !== undefined && !isSame) {
        this.#out.bytes(changed.data.subarray(0, kept));
        this.#fill(changed, kept);
      }
    }
    if (ref !== before) this.#hold(at, ref);
    this.#out.text(ref === before ? "same" : "new");
    this.#out.push(isSame || ref.address % LEAST_ALIGNMENT === 0 ? 1 : 0);
  }

  #poolInit(operation: Operation): void {
    const place = operation["pool"] as number;
    const source = operation["allocate"] as PoolSource | undefined;
    const free = operation["free"] as string | undefined;
    const given = (name: string): number | undefined => operation[name] as number | undefined;
    const [poison, max, preallocate, highWater] = ["poison", "max", "preallocate", "highWater"].map(given);
    const note = (text: string): void => void this.#notes.push(text);
    const own: { pool?: BufferPool } = {};
    const pool = this.#buffers.poolInit(operation["size"] as number, {
      ...(poison !== undefined && { poison }),
      ...(max !== undefined && { max }),
      ...(preallocate !== undefined && { preallocate }),
      ...(highWater !== undefined && {
        highWater,
        onHighWater: ({ out, holders }) => note(`high ${out} ${holders.length}`),
      }),
      ...(free !== undefined && {
        free: () => {
          note(`pool ${place} free`);
          if (free === "throw") throw new PlannedError("pool");
        },
      }),
      ...(source !== undefined && {
        allocate: poolSource(source, {
          buffers: this.#buffers,
          own: () => own.pool!,
          first: () => this.#pools[0]!.pool,
          keep: (ref) => void this.#madeRefs.push(ref),
          note,
        }),
      }),
    });
    own.pool = pool;
    const held: HeldPool = {
      pool,
      isPlain: source === undefined,
      numbers: source === undefined || source === "plain" ? new Map() : null,
      count: 0,
      given: false,
    };
    this.#pools[place] = held;
    this.#madePools.push(held);
    this.#out.text("ok");
    this.#out.push(pool.size);
  }

  /** A pool gives a buffer, or null. */
  #handedOut(held: HeldPool, at: number, call: () => BufferRef | null): void {
    const { hits } = held.pool.stats();
    const ref = call();
    if (ref === null) return this.#out.text("null");
    this.#out.text("ok");
    this.#hold(at, ref);
    const isHit = held.pool.stats().hits > hits;
    const { numbers } = held;
    if (numbers !== null) {
      // A new buffer may lie where one was that has been freed.
      if (!isHit || !numbers.has(ref.address)) numbers.set(ref.address, held.count++);
      this.#out.push(numbers.get(ref.address)!);
    }
    if (!held.isPlain) return;
    this.#out.push(ref.address % this.#memory.alignment === 0 ? 1 : 0);
    if (!isHit) this.#fill(ref, 0);
  }

  #hold(place: number, ref: BufferRef): BufferRef {
    this.#refs[place] = ref;
    this.#madeRefs.push(ref);
    return ref;
  }

  /** Makes a call, and says what became of the view that was there before. */
  #viewed(view: Uint8Array | null, call: () => void): void {
    try {
      call();
      this.#out.text("ok");
    } finally {
      this.#out.push(view === null ? -1 : view.length);
    }
  }

  /** A library hands out memory with what was in it before; here it follows from the trace. */
  #fill(ref: BufferRef, from: number): void {
    const bytes = ref.getMut();
    if (bytes !== null) fillSeeded(bytes.subarray(from), this.#step);
  }

  /** Says what a place holds. */
  #see(place: number): void {
    const ref = this.#refs[place];
    if (ref === undefined || !ref.live) return this.#out.push(ref === undefined ? -1 : 0);
    this.#out.push(ref.refCount);
    this.#out.push(ref.size);
    this.#out.push(ref.isWritable ? 1 : 0);
    this.#out.push(ref.readOnly ? 1 : 0);
    this.#out.text(describe(ref.opaque));
    try {
      this.#out.text(describe(ref.poolOpaque));
    } catch (error) {
      this.#out.text(wordFor(error));
    }
    this.#out.bytes(ref.data);
    // Which places show the same bytes. A reference to none may end where another buffer begins.
    let same = 0;
    for (const [i, other] of this.#refs.entries()) {
      if (ref.size > 0 && other?.live && other.size > 0 && other.address === ref.address) same |= 1 << i;
    }
    this.#out.push(same);
  }

  /** Asks everything, one by one. */
  #look(ref: BufferRef): void {
    const questions: readonly (() => unknown)[] = [
      () => ref.live,
      () => ref.size,
      () => ref.size === 0 || ref.address > 0,
      () => ref.data.length,
      () => ref.refCount,
      () => ref.isWritable,
      () => ref.readOnly,
      () => describe(ref.opaque),
      () => describe(ref.poolOpaque),
      () => ref.getMut()?.length ?? null,
    ];
    for (const question of questions) {
      try {
        this.#out.text(String(question()));
      } catch (error) {
        this.#out.text(wordFor(error));
      }
    }
  }

  /** Says what callbacks were called, what became of the pools, and what is on the account. */
  #account(): void {
    for (const note of this.#notes) this.#out.text(note);
    this.#notes.length = 0;
    for (const held of this.#madePools) {
      const stats = held.pool.stats();
      for (const name of STATS) this.#out.push(stats[name]);
    }
    this.#out.push(this.#ledger.live - this.#liveBefore);
    this.#out.push(this.#ledger.bytes - this.#bytesBefore);
  }
}
