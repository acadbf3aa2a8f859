import {
  type BufferRef,
  type Buffers,
  type HighWater,
  MediaError,
  type PoolStats,
} from "@mediamem/interface";
import { UsageError } from "../command_error.ts";
import { NameTable } from "./name_table.ts";
import type { PoolOperation } from "./pool_operation.ts";
import { PoolPart } from "./pool_part.ts";
import { PoolRecorder, type RecordedBuffer } from "./pool_recorder.ts";
import { quoted } from "./trace_words.ts";

/** How the pools of a trace are made. */
export interface PoolReplayOptions {
  /** The size at first: `1920x1080` or bytes. */
  readonly size: string;
  /** How many buffers may be out at a time; `Infinity` for no limit. */
  readonly max: number;
  /** From how many buffers out on the pool warns; `Infinity` for never. */
  readonly highWater: number;
  /** How many buffers are made at once. */
  readonly preallocate: number;
  /** Whether memory that comes back is overwritten. */
  readonly poison: boolean;
  /** Bytes of a buffer, and what it is called. */
  readonly bufferOf: (size: string) => { readonly bytes: number; readonly label: string };
  /** Is told of each warning. */
  readonly onHighWater: (warning: HighWater) => void;
}

/** What a name of a trace stands for. */
export interface TraceBuffer {
  /** The reference; null where the pool gave none. */
  readonly ref: BufferRef | null;
  readonly part: PoolPart;
  readonly holder: string;
  /** Where its memory is. */
  readonly address: number;
  /** The line that took it. */
  readonly line: number;
}

/** The figures of all pools of a run together, and their bytes. */
export type PoolTotals = Omit<PoolStats, "peak"> & { readonly bytes: number };

/** What became of the buffers of all pools of one size. */
export interface PoolSum {
  readonly label: string;
  readonly size: number;
  readonly stats: PoolStats;
}

const POISON = 0xdf;
const NOTHING: PoolStats = { hits: 0, misses: 0, out: 0, idle: 0, returned: 0, freed: 0, peak: 0 };

function add(a: PoolStats, b: PoolStats): PoolStats {
  return {
    hits: a.hits + b.hits,
    misses: a.misses + b.misses,
    out: a.out + b.out,
    idle: a.idle + b.idle,
    returned: a.returned + b.returned,
    freed: a.freed + b.freed,
    peak: Math.max(a.peak, b.peak),
  };
}

/** Does the operations of a trace on a pool, by the names that the trace gives to buffers. Another size is another pool; the old one drains. */
export class PoolReplay implements Disposable {
  /** The buffers by their names. */
  readonly buffers: NameTable<TraceBuffer> = new NameTable();
  readonly #area: Buffers;
  readonly #options: PoolReplayOptions;
  readonly #where: (line: number) => string;
  readonly #recorder = new PoolRecorder();
  #current: PoolPart;
  #given = false;
  #split = false;
  /** Pools that are given up and have buffers out. */
  readonly #draining = new Set<PoolPart>();
  /** What became of the buffers of pools that are gone, by what they were. */
  readonly #gone = new Map<string, PoolSum>();

  /** Makes the first pool. Throws what the backend throws. */
  constructor(area: Buffers, options: PoolReplayOptions, where: (line: number) => string) {
    this.#area = area;
    this.#options = options;
    this.#where = where;
    this.#current = this.#make(options.size, 0);
  }

  #make(size: string, step: number): PoolPart {
    const { max, highWater, preallocate, poison, bufferOf, onHighWater } = this.#options;
    const { bytes, label } = bufferOf(size);
    const pool = this.#area.poolInit(bytes, {
      preallocate,
      ...(poison ? { poison: POISON } : {}),
      ...(max === Infinity ? {} : { max }),
      ...(highWater === Infinity ? {} : { highWater, onHighWater }),
    });
    return new PoolPart(pool, label, this.#recorder, step);
  }

  /**
   * Does one operation. What the pool refuses comes out as its `MediaError`; what cannot be in a trace is a `UsageError`.
   *
   * @param operation The operation.
   * @param step How many were done before it.
   */
  apply(operation: PoolOperation, step: number): void {
    switch (operation.word) {
      case "get":
        return this.#get(operation, step);
      case "release":
        return this.#release(operation, step);
      case "resize":
        return this.#resize(operation, step);
      case "trim":
        this.#current.trim(step);
        this.#split ||= this.#current.split;
        return;
      case "uninit":
        return this.#uninit(step);
    }
  }

  #get({ name, holder, line }: PoolOperation, step: number): void {
    const present = this.buffers.live(name);
    if (present !== undefined && present.ref !== null) {
      throw new UsageError(
        `Cannot replay ${this.#where(line)}: ${
          quoted(name)
        } is out since line ${present.line}, wanted a name that is not`,
      );
    }
    const part = this.#current;
    const who = holder ?? name;
    // What the pool refuses to give is null, as in C: it can be given back.
    this.buffers.add(name, { ref: null, part, holder: who, address: 0, line });
    // Without room, the other call says who has the buffers.
    const ref = part.pool.tryGet(who) ?? part.pool.get();
    part.took(ref, who, step);
    this.buffers.add(name, { ref, part, holder: who, address: ref.address, line });
  }

  #release({ name, line }: PoolOperation, step: number): void {
    const buffer = this.buffers.live(name) ?? this.buffers.gone(name);
    if (buffer === undefined) {
      throw new UsageError(
        `Cannot replay ${this.#where(line)}: ${
          quoted(name)
        } is no buffer, wanted the name of one that was taken before`,
      );
    }
    if (buffer.ref !== null) {
      buffer.part.pool.release(buffer.ref);
      buffer.part.gaveBack(buffer.address, step);
    }
    this.buffers.remove(name, buffer);
    this.#retire(buffer.part);
  }

  #resize({ size, line }: PoolOperation, step: number): void {
    let next: PoolPart;
    try {
      next = this.#make(size, step);
    } catch (error) {
      if (!(error instanceof MediaError) || error.code !== "EINVAL") throw error;
      throw new UsageError(`Cannot replay ${this.#where(line)}: ${error.message}`, undefined, error);
    }
    if (!this.#given) this.#uninit(step);
    this.#current = next;
    this.#given = false;
  }

  #uninit(step: number): void {
    const part = this.#current;
    part.pool.uninit();
    this.#given = true;
    part.settle(step);
    this.#draining.add(part);
    this.#retire(part);
  }

  /** Keeps of a pool that is given up and has all buffers back no more than its figures. */
  #retire(part: PoolPart): void {
    if (!this.#draining.has(part) || part.stats().out > 0) return;
    this.#draining.delete(part);
    this.#sum(this.#gone, part);
  }

  #sum(sums: Map<string, PoolSum>, { label, pool }: PoolPart): void {
    const before = sums.get(label)?.stats ?? NOTHING;
    sums.set(label, { label, size: pool.size, stats: add(before, pool.stats()) });
  }

  /** Whether buffers were out when others were freed by a trim: a library that has no such function does not use them again. */
  get split(): boolean {
    return this.#split;
  }

  /** The pools that are not only figures yet. */
  *#parts(): Generator<PoolPart> {
    yield* this.#draining;
    if (!this.#given) yield this.#current;
  }

  /** What became of the buffers, for each size. */
  sums(): PoolSum[] {
    const sums = new Map(this.#gone);
    for (const part of this.#parts()) this.#sum(sums, part);
    return [...sums.values()];
  }

  /** The figures of all pools together. */
  totals(): PoolTotals {
    let stats = NOTHING;
    let bytes = 0;
    for (const sum of this.sums()) {
      stats = add(stats, sum.stats);
      bytes += (sum.stats.out + sum.stats.idle) * sum.size;
    }
    const { hits, misses, out, idle, returned, freed } = stats;
    return { hits, misses, out, idle, returned, freed, bytes };
  }

  /** What happened to each buffer. Ends the recording: call it once, at the end. */
  slots(last: number): ReturnType<PoolRecorder["slots"]> {
    const buffers: RecordedBuffer[] = [];
    for (const part of this.#parts()) buffers.push(...part.buffers());
    return this.#recorder.slots(buffers, last);
  }

  /** Gives back what the trace did not. */
  [Symbol.dispose](): void {
    for (const [, { ref }] of this.buffers.entries()) ref?.unref();
    if (!this.#given) this.#current.pool.uninit();
    this.#given = true;
  }
}
