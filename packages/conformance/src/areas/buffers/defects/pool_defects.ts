import type { BufferPool, BufferRef, PoolStats } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { defect } from "./with_buffers.ts";

/** Takes the buffer of a pool that has been idle for longest. */
function oldest(pool: BufferPool): BufferRef {
  const idle = Array.from({ length: pool.stats().idle }, () => pool.get());
  const last = idle.pop();
  for (const ref of idle.reverse()) ref.unref();
  return last ?? pool.get();
}

/** Mistakes in pools. */
export const poolDefects: readonly Defect[] = [
  defect("fifo", "The buffer that came back first is handed out first", () => ({
    pool: (inner, wrap) => ({
      get: ((): BufferRef => wrap(oldest(inner))) as BufferPool["get"],
    }),
  })),
  defect("uninit-frees-out", "Giving a pool up ends the buffers that are out", () => {
    const outs = new WeakMap<BufferPool, BufferRef[]>();
    return {
      pool: (inner, wrap) => ({
        get: ((): BufferRef => {
          const ref = inner.get();
          outs.set(inner, [...(outs.get(inner) ?? []), ref]);
          return wrap(ref);
        }) as BufferPool["get"],
        uninit(): void {
          inner.uninit();
          for (const ref of outs.get(inner) ?? []) ref[Symbol.dispose]();
        },
      }),
    };
  }),
  defect("uninit-twice", "Giving a pool up twice goes unnoticed", () => ({
    pool: (inner) => ({ uninit: () => inner[Symbol.dispose]() }),
  })),
  defect("pool-opaque-lost", "The opaque of a pool's buffer is lost", () => ({
    ref: (inner) => ({
      get poolOpaque(): unknown {
        void inner.poolOpaque;
        return null;
      },
    }),
  })),
  defect(
    "opaque-of-before",
    "A pool's buffer has the opaque that it had before it came into the pool",
    () => ({
      ref: (inner) => ({
        get opaque(): unknown {
          try {
            return inner.poolOpaque;
          } catch {
            return inner.opaque;
          }
        },
      }),
    }),
  ),
  defect("window-stays", "A buffer is handed out again as narrow as it came", () => ({
    pool(inner, wrap) {
      const sizes = new Map<unknown, number>();
      return {
        get: ((): BufferRef => {
          const { hits } = inner.stats();
          const ref = inner.get();
          const size = sizes.get(ref.poolOpaque);
          if (inner.stats().hits === hits) sizes.set(ref.poolOpaque, ref.size);
          else if (size !== undefined && size < ref.size) ref.narrow(0, size);
          return wrap(ref);
        }) as BufferPool["get"],
      };
    },
  })),
  defect("read-only-stays", "A buffer is handed out again as read-only as it came", () => {
    const readOnly = new WeakSet<ArrayBufferLike>();
    return {
      ref: (inner) => ({
        get isWritable(): boolean {
          const { isWritable } = inner;
          if (inner.readOnly) readOnly.add(inner.data.buffer);
          return isWritable && !readOnly.has(inner.data.buffer);
        },
      }),
    };
  }),
  defect("poison-missing", "Memory that comes back is not filled with the byte that was asked for", () => ({
    options: ({ poison: _, ...options }) => options,
  })),
  defect("max-plus-one", "One buffer more may be out than was said", () => ({
    options: (options) => options.max === undefined ? options : { ...options, max: options.max + 1 },
  })),
  defect("high-water-late", "A pool warns one buffer too late", () => ({
    options: (options) =>
      options.highWater === undefined ? options : { ...options, highWater: options.highWater + 1 },
  })),
  defect("pool-free-early", "The end of a pool is announced when it is given up", () => ({
    options: ({ free: _, ...options }) => options,
    pool: (inner, _, { free }) => ({
      uninit(): void {
        inner.uninit();
        free?.();
      },
    }),
  })),
  defect("trim-does-nothing", "Nothing idle is freed", () => ({
    pool: (inner) => ({
      trim: () => inner.stats().idle,
    }),
  })),
  defect("hits-are-misses", "A buffer that was out before is counted as a new one", () => ({
    pool: (inner) => ({
      stats(): PoolStats {
        const { hits, misses, ...stats } = inner.stats();
        return { ...stats, hits: 0, misses: hits + misses };
      },
    }),
  })),
  defect("foreign-release", "A pool takes whatever it is given", () => ({
    pool: () => ({
      release: (ref) => ref.unref(),
    }),
  })),
  defect("empty-gives-null", "A pool where as many are out as may be gives null instead of an error", () => ({
    pool: (inner, wrap) => ({
      get: ((): BufferRef | null => {
        const ref = inner.tryGet();
        return ref === null ? null : wrap(ref);
      }) as BufferPool["get"],
    }),
  })),
];
