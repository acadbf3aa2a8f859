import {
  type BufferPoolOptions,
  type ImageLayout,
  MediaError,
  type PixelFormatName,
  type PoolGetOptions,
  type PoolStats,
  type RuleSet,
} from "@mediamem/interface";
import { show } from "@mediamem/checks";
import { PoolGate, type PoolTicket } from "@mediamem/ledger";
import { imageLayout } from "../image/layout.ts";
import { ffmpegFrame } from "../image/rules.ts";
import type { BufferHome } from "./buffer_home.ts";
import { CoreBuffers, homeOf } from "./buffers.ts";
import { holdPoolOptions } from "./pool_options.ts";
import { PooledFrame } from "./pooled_frame.ts";
import { PoolStore } from "./pool_store.ts";

const MAKE = "new FramePool";
const OP = "FramePool.get";
const TRIM = "FramePool.trim";
const UNINIT = "FramePool.uninit";
const DEFAULT_RULES = Object.freeze(ffmpegFrame());

/** How a pool of frames is made. */
export type FramePoolOptions = Pick<BufferPoolOptions, "max" | "highWater" | "onHighWater" | "poison">;

/** What became of the frames of one layout. */
export interface LayoutStats extends Omit<PoolStats, "peak"> {
  /** The layout. */
  readonly layout: ImageLayout;
}

/** What became of a pool's frames, of all layouts together and of those that have memory now. */
export interface FramePoolStats extends PoolStats {
  /** The layout asked for last, and before it those whose frames are not all back. */
  readonly layouts: readonly LayoutStats[];
}

/** The frames of one layout. */
interface Part {
  readonly layout: ImageLayout;
  readonly rules: string;
  readonly store: PoolStore;
}

/**
 * Frames that are used again, as long as they are asked for with one layout.
 *
 * A request for another layout drains the pool: what is idle is freed before anything is allocated, and what comes back late is freed, not
 * kept. `max` and `highWater` count the frames of all layouts together. A program that needs two sizes at a time has two pools.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createCore, FramePool } from "@mediamem/core-ts";
 *
 * using core = createCore();
 * using pool = new FramePool(core.buffers, { max: 4 });
 * const frame = pool.get("yuv420p", 1920, 1080);
 * const luma = frame.planes[0]!;
 * luma.memory[luma.offset] = 16;
 * frame.release();
 * assertEquals(luma.memory.length, 0);
 *
 * pool.get("yuv420p", 1920, 1080).release();
 * assertEquals([pool.stats().misses, pool.stats().hits], [1, 1]);
 * pool.get("yuv420p", 1280, 720).release();
 * assertEquals(pool.stats().freed, 1);
 * ```
 */
export class FramePool implements Disposable {
  readonly #home: BufferHome;
  readonly #options: FramePoolOptions;
  readonly #gate: PoolGate;
  /** Layouts with frames out, oldest first; the last is the current one. */
  readonly #parts: Part[] = [];
  #current: Part | null = null;
  #given = false;
  /** Of layouts that are gone. */
  #past = { hits: 0, misses: 0, returned: 0, freed: 0 };

  /**
   * Makes a pool with nothing in it. Throws a `TypeError` and `EINVAL` for options out of range.
   *
   * @param buffers `buffers` of `createCore()`: where the memory comes from and is counted.
   * @param options How many frames may be out, and who is told of too many.
   */
  constructor(buffers: CoreBuffers, options: FramePoolOptions = {}) {
    if (!(buffers instanceof CoreBuffers)) {
      throw new TypeError(
        `Cannot make a FramePool: buffers are ${show(buffers)}, wanted those of createCore()`,
      );
    }
    this.#home = homeOf(buffers);
    this.#options = holdPoolOptions(MAKE, options);
    this.#gate = new PoolGate(OP, this.#options, this.#home.ledger);
  }

  /**
   * A frame, content as it was left. Throws `EAGAIN`, which names who holds them, where `max` are out, and as `imageLayout` does.
   *
   * @param format Name or alias of a pixel format.
   * @param width Pixels.
   * @param height Pixels.
   * @param rules How it is laid out; undefined: `ffmpegFrame()`.
   */
  get(format: PixelFormatName, width: number, height: number, rules?: RuleSet): PooledFrame;
  /** The same, waiting until one comes back; those who wait are served in order. */
  get(
    format: PixelFormatName,
    width: number,
    height: number,
    rules: RuleSet | undefined,
    options: PoolGetOptions,
  ): Promise<PooledFrame>;
  get(
    format: PixelFormatName,
    width: number,
    height: number,
    rules: RuleSet = DEFAULT_RULES,
    options?: PoolGetOptions,
  ): PooledFrame | Promise<PooledFrame> {
    if (options !== undefined) return this.#wait(format, width, height, rules, options);
    const layout = this.#layout(format, width, height, rules);
    return this.#handOut(layout, this.#gate.enter(null));
  }

  /** A frame, or null where `max` are out; `holder` is named in warnings. Else as {@linkcode FramePool.get}. */
  tryGet(
    format: PixelFormatName,
    width: number,
    height: number,
    rules: RuleSet = DEFAULT_RULES,
    holder: string | null = null,
  ): PooledFrame | null {
    const layout = this.#layout(format, width, height, rules);
    const ticket = this.#gate.tryEnter(holder);
    return ticket === null ? null : this.#handOut(layout, ticket);
  }

  /** Frees the frames that are idle; gives how many. */
  trim(): number {
    this.#checkOpen(TRIM);
    return this.#current?.store.trim(TRIM) ?? 0;
  }

  /** What became of the frames. */
  stats(): FramePoolStats {
    let { hits, misses, returned, freed } = this.#past;
    let idle = 0;
    const layouts = this.#parts.map(({ layout, store }): LayoutStats => {
      const stats = store.stats();
      hits += stats.hits;
      misses += stats.misses;
      returned += stats.returned;
      freed += stats.freed;
      idle += stats.idle;
      return { layout, ...stats };
    });
    const { out, peak } = this.#gate;
    return { hits, misses, out, idle, returned, freed, peak, layouts };
  }

  /** Says that nothing more will be asked for; frames that are out stay valid, and are freed as they come back. A second time is a `DOUBLE_FREE`. */
  uninit(): void {
    if (this.#given) {
      throw new MediaError(
        "DOUBLE_FREE",
        `Cannot call ${UNINIT}: the pool was given up before, wanted a live one`,
        {
          op: UNINIT,
        },
      );
    }
    this.#given = true;
    this.#gate.close();
    this.#drain();
  }

  /** Gives the pool up as {@linkcode FramePool.uninit} does; nothing where that was done. */
  [Symbol.dispose](): void {
    if (!this.#given) this.uninit();
  }

  async #wait(
    format: PixelFormatName,
    width: number,
    height: number,
    rules: RuleSet,
    options: PoolGetOptions,
  ): Promise<PooledFrame> {
    const layout = this.#layout(format, width, height, rules);
    return this.#handOut(layout, await this.#gate.wait(options));
  }

  /** The layout that is asked for: the current one where it is the same. */
  #layout(format: PixelFormatName, width: number, height: number, rules: RuleSet): ImageLayout {
    this.#checkOpen(OP);
    const layout = this.#current?.layout;
    if (
      layout !== undefined && layout.rules === rules && layout.format === format && layout.width === width &&
      layout.height === height
    ) return layout;
    return imageLayout(format, width, height, rules);
  }

  #handOut(layout: ImageLayout, ticket: PoolTicket): PooledFrame {
    let part: Part;
    try {
      this.#checkOpen(OP);
      part = this.#part(layout);
    } catch (error) {
      this.#gate.leave(ticket);
      throw error;
    }
    return new PooledFrame(part.layout, part.store.handOut(ticket));
  }

  /** The pool of a layout. Frees what is idle of another one first. */
  #part(layout: ImageLayout): Part {
    const current = this.#current;
    if (current?.layout === layout) return current;
    const rules = JSON.stringify(layout.rules);
    if (
      current !== null && current.layout.format === layout.format && current.layout.width === layout.width &&
      current.layout.height === layout.height && current.rules === rules
    ) return current;
    this.#drain();
    const { poison } = this.#options;
    const free = (): void => this.#forget(part);
    const options = poison === undefined ? { free } : { free, poison };
    const store = new PoolStore(this.#home, layout.size, this.#gate, options, "freed");
    const part: Part = { layout, rules, store };
    this.#parts.push(part);
    return this.#current = part;
  }

  #drain(): void {
    this.#current?.store.giveUp(UNINIT);
    this.#current = null;
  }

  /** The last frame of a layout is gone. */
  #forget(part: Part): void {
    this.#parts.splice(this.#parts.indexOf(part), 1);
    const { hits, misses, returned, freed } = part.store.stats();
    this.#past.hits += hits;
    this.#past.misses += misses;
    this.#past.returned += returned;
    this.#past.freed += freed;
  }

  #checkOpen(op: string): void {
    if (!this.#given) return;
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot call ${op}: the pool was given up, wanted one before its uninit`,
      {
        op,
      },
    );
  }
}
