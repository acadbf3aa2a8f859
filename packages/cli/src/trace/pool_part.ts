import type { BufferPool, BufferRef, PoolStats } from "@mediamem/interface";
import type { PoolRecorder, RecordedBuffer } from "./pool_recorder.ts";

/** One of the pools that follow each other in a run, with what is known of each of its buffers. */
export class PoolPart {
  /** The pool itself. */
  readonly pool: BufferPool;
  /** What its buffers are: `yuv420p 1920x1080`. */
  readonly label: string;
  readonly #recorder: PoolRecorder;
  /** Buffers out by the addresses of their memory. */
  readonly #out = new Map<number, RecordedBuffer>();
  /** Buffers in the pool by the addresses of their memory. */
  readonly #idle = new Map<number, RecordedBuffer>();
  /** Buffers that were made before the first request: nobody has seen their addresses yet. */
  readonly #unseen: RecordedBuffer[] = [];
  /** Buffers that were out at a trim. */
  readonly #before = new Set<RecordedBuffer>();
  #split = false;
  #misses = 0;

  /** Begins with a pool that nothing was asked of yet. */
  constructor(pool: BufferPool, label: string, recorder: PoolRecorder, step: number) {
    this.pool = pool;
    this.label = label;
    this.#recorder = recorder;
    for (let i = pool.stats().idle; i > 0; i--) this.#unseen.push(recorder.open(step));
  }

  /** The pool gave a buffer. */
  took(ref: BufferRef, holder: string, step: number): void {
    const { misses } = this.pool.stats();
    const made = misses > this.#misses;
    this.#misses = misses;
    const known = this.#idle.get(ref.address);
    const buffer = made
      ? this.#recorder.open(step)
      : known ?? this.#unseen.pop() ?? this.#recorder.open(step);
    // New memory stands where memory was that the pool had let go of unseen.
    if (made && known !== undefined) this.#recorder.close(known, step);
    this.#idle.delete(ref.address);
    this.#recorder.change(buffer, step, true, holder);
    this.#out.set(ref.address, buffer);
  }

  /** A buffer came back. */
  gaveBack(address: number, step: number): void {
    const buffer = this.#out.get(address);
    if (buffer === undefined) return;
    this.#out.delete(address);
    this.#recorder.change(buffer, step, false, null);
    this.#idle.set(address, buffer);
    this.settle(step);
  }

  /** The idle buffers were freed; a library without such a function puts another pool in the place of the old one, and what is out drains. */
  trim(step: number): void {
    const { out } = this.pool.stats();
    if (this.pool.trim() > 0 && out > 0) {
      this.#split = true;
      for (const buffer of this.#out.values()) this.#before.add(buffer);
    }
    this.settle(step);
  }

  /** Whether buffers were out when others were freed by a trim. */
  get split(): boolean {
    return this.#split;
  }

  /** Lets go of what the pool has freed. It says how many are idle; what was out at a trim goes first, then what came back last. */
  settle(step: number): void {
    let more = this.#idle.size + this.#unseen.length - this.pool.stats().idle;
    if (more === 0) return;
    const latest = [...this.#idle].reverse();
    const before = latest.filter(([, buffer]) => this.#before.has(buffer));
    for (const [address, buffer] of [...before, ...latest]) {
      if (more === 0) return;
      if (!this.#idle.delete(address)) continue;
      this.#before.delete(buffer);
      this.#recorder.close(buffer, step);
      more--;
    }
    for (; more > 0; more--) this.#recorder.close(this.#unseen.pop()!, step);
  }

  /** What became of its buffers. */
  stats(): PoolStats {
    return this.pool.stats();
  }

  /** Everything that is out or idle. */
  *buffers(): Generator<RecordedBuffer> {
    yield* this.#out.values();
    yield* this.#idle.values();
    yield* this.#unseen;
  }
}
