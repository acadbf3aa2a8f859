import type {
  Backend,
  BufferOptions,
  BufferPool,
  BufferPoolOptions,
  BufferRef,
  Buffers,
  PoolGetOptions,
} from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { ledgerOf, memoryOf } from "../../memory/backend_areas.ts";
import { buffersOf } from "../buffers_of.ts";

/** What is wrong about a reference: some of its members. `inner` is the right one. */
export type WrongRef = (inner: BufferRef, wrap: (ref: BufferRef) => BufferRef) => Partial<BufferRef>;
/** What is wrong about a pool. */
export type WrongPool = (
  inner: BufferPool,
  wrap: (ref: BufferRef) => BufferRef,
  options: BufferPoolOptions,
) => Partial<BufferPool>;

/** What is wrong about the area. */
export interface WrongBuffers {
  /** Changes what a buffer over the program's memory is made of. */
  create?(data: Uint8Array, options: BufferOptions): BufferOptions;
  /** Changes what a pool is made of. */
  options?(options: BufferPoolOptions): BufferPoolOptions;
  /** Changes references. */
  readonly ref?: WrongRef;
  /** Changes pools. */
  readonly pool?: WrongPool;
  /** Changes functions that take references. They get the right ones, and what they give is wrapped. */
  readonly area?: (buffers: Buffers) => Partial<Pick<Buffers, "alloc" | "allocz" | "realloc" | "replace">>;
}

/** Makes a defect of the area buffers: what is wrong answers wrong, the others as before. */
export function defect(id: string, description: string, wrong: () => WrongBuffers): Defect {
  return {
    id: `buffers/${id}`,
    description,
    wrap(backend: Backend): Backend {
      return {
        id: backend.id,
        library: backend.library,
        ledger: ledgerOf(backend),
        memory: memoryOf(backend),
        buffers: wrapBuffers(buffersOf(backend), wrong()),
        // The wrapped backend is its maker's to close.
        [Symbol.dispose]: () => {},
      };
    },
  };
}

function wrapBuffers(buffers: Buffers, wrong: WrongBuffers): Buffers {
  /** The right reference of each wrong one. */
  const inners = new WeakMap<BufferRef, BufferRef>();
  const wrappers = new WeakMap<BufferRef, BufferRef>();

  /** Whatever is no wrong reference stays what it is: the right functions complain of it. */
  function unwrap<T extends BufferRef | null>(ref: T): T {
    return ref !== null && typeof ref === "object" ? (inners.get(ref) ?? ref) as T : ref;
  }

  function wrap(inner: BufferRef): BufferRef {
    const known = wrappers.get(inner);
    if (known !== undefined) return known;
    const ref = overlay(inner, {
      ref: () => wrap(inner.ref()),
      take: () => wrap(inner.take()),
      ...Object.getOwnPropertyDescriptors(wrong.ref?.(inner, wrap) ?? {}),
    });
    inners.set(ref, inner);
    wrappers.set(inner, ref);
    return ref;
  }

  function wrapPool(size: number, given: BufferPoolOptions): BufferPool {
    const options = wrong.options?.(given) ?? given;
    const { allocate } = options;
    const inner = buffers.poolInit(size, {
      ...options,
      ...(typeof allocate === "function" && { allocate: (bytes: number) => unwrap(allocate(bytes)) }),
    });
    return overlay(inner, {
      get: (waiting?: PoolGetOptions) =>
        waiting === undefined ? wrap(inner.get()) : inner.get(waiting).then(wrap),
      tryGet(holder?: string): BufferRef | null {
        const ref = inner.tryGet(holder);
        return ref === null ? null : wrap(ref);
      },
      release: (ref: BufferRef) => inner.release(unwrap(ref)),
      ...Object.getOwnPropertyDescriptors(wrong.pool?.(inner, wrap, given) ?? {}),
    });
  }

  const area = { ...bound(buffers), ...wrong.area?.(buffers) };
  return {
    alloc: (size) => wrap(area.alloc(size)),
    allocz: (size) => wrap(area.allocz(size)),
    create: (data, options = {}) => wrap(buffers.create(data, wrong.create?.(data, options) ?? options)),
    realloc: (ref, size) => wrap(area.realloc(unwrap(ref), size)),
    replace(dst, src) {
      const given = area.replace(unwrap(dst), unwrap(src));
      return given === null ? null : wrap(given);
    },
    poolInit: (size, options = {}) => wrapPool(size, options),
  };
}

function bound(buffers: Buffers): Pick<Buffers, "alloc" | "allocz" | "realloc" | "replace"> {
  return {
    alloc: (size) => buffers.alloc(size),
    allocz: (size) => buffers.allocz(size),
    realloc: (ref, size) => buffers.realloc(ref, size),
    replace: (dst, src) => buffers.replace(dst, src),
  };
}

/** An object that does what `inner` does, some of its members aside: functions, or descriptors of properties. */
function overlay<T extends object>(inner: T, changes: Readonly<Record<PropertyKey, unknown>>): T {
  const ref = new Proxy(inner, {
    get(target, name) {
      if (Object.hasOwn(changes, name)) {
        const change = changes[name as string];
        if (typeof change === "function") return change;
        const { get, value } = change as PropertyDescriptor;
        return get === undefined ? value : get.call(ref);
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return ref;
}
