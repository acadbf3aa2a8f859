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
    this.#idle.delete(ref.address);
    const buffer = made
      ? this.#recorder.open(step)
      : known ?? this.#unseen.pop() ?? this.#recorder.open(step);
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

  /** Lets go of what the pool has freed: it says how many are idle, and frees all of them or none but what came back last. */
  settle(step: number): void {
    let more = this.#idle.size + this.#unseen.length - this.pool.stats().idle;
    if (more === 0) return;
    for (const [address, buffer] of [...this.#idle].reverse()) {
      if (more === 0) return;
      more--;
      this.#idle.delete(address);
      this.#recorder.close(buffer, step);
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
