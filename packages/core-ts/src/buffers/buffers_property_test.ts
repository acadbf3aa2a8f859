import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import type { BufferRef } from "@mediamem/interface";
import type { CoreBufferPool, UnsafeBuffer } from "@mediamem/core-ts/buffers";
import {
  BufferModel,
  type ModelMemory,
  type ModelPool,
  type ModelRef,
} from "./testdata/buffer_model_test.ts";
import { assertCode, makeCore } from "./testdata/core_test.ts";

const nat = fc.nat(1000);
const size = fc.nat(150);
const operation = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("alloc", "allocz", "reallocNull"), size }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("create"), size, flag: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom("ref", "unref", "write"), which: nat }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("makeWritable", "take", "dispose"), which: nat }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom("narrow", "realloc"), which: nat, size, other: nat }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("replace", "replaceNull"), which: nat, other: nat }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("init"), size, flag: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom("get", "fastGet", "release"), which: nat, other: nat }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("fastRelease", "dead"), which: nat }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("trim", "uninit"), which: nat }) },
) as fc.Arbitrary<Operation>;

interface Operation {
  readonly do: string;
  readonly which?: number;
  readonly other?: number;
  readonly size?: number;
  readonly flag?: boolean;
}

interface Handle {
  ref: BufferRef;
  readonly model: ModelRef;
}

interface Pool {
  readonly pool: CoreBufferPool;
  readonly model: ModelPool;
}

interface Fast extends Pool {
  readonly buffer: UnsafeBuffer;
  readonly memory: ModelMemory;
}

/** Plays operations on buffers and on the model, and holds one against the other. */
class Play {
  readonly core = makeCore();
  readonly model = new BufferModel();
  readonly handles: Handle[] = [];
  readonly pools: Pool[] = [];
  readonly fast: Fast[] = [];
  readonly dead: BufferRef[] = [];
  readonly log: string[] = [];
  #names = 0;
  #fill = 0;

  add(ref: BufferRef, model: ModelRef): void {
    this.handles.push({ ref, model });
  }

  /** Memory of the program, in both worlds. */
  brought(size: number): { data: Uint8Array; name: string; memory: ModelMemory } {
    const name = `buffer ${++this.#names}`;
    return { data: new Uint8Array(size), name, memory: this.model.memory(size, name) };
  }

  apply(operation: Operation): void {
    const { core: { buffers }, model } = this;
    const { which = 0, other = 0, size = 0, flag = false } = operation;
    switch (operation.do) {
      case "alloc":
        return this.add(buffers.alloc(size), model.whole(model.buffer(model.memory(size))));
      case "allocz":
        return this.add(buffers.allocz(size), model.whole(model.buffer(model.memory(size))));
      case "reallocNull":
        return this.add(
          buffers.realloc(null, size),
          model.whole(model.buffer(model.memory(size), false, true)),
        );
      case "create": {
        const { data, name, memory } = this.brought(size);
        const free = (name: unknown): void => void this.log.push(name as string);
        const ref = buffers.create(data, { opaque: name, free, readOnly: flag });
        return this.add(ref, model.whole(model.buffer(memory, flag)));
      }
      case "init": {
        const modelPool = model.pool(size, flag);
        const free = (): void => void this.log.push("pool");
        const allocate = (): BufferRef => this.#allocated!;
        const pool = buffers.poolInit(size, flag ? { free, allocate } : { free });
        this.pools.push({ pool, model: modelPool });
        return;
      }
    }
    const pool = this.pools[which % this.pools.length];
    if (pool !== undefined && this.applyToPool(operation.do, pool, other)) return;
    const handle = this.handles[which % this.handles.length];
    if (handle !== undefined) this.applyToHandle(operation.do, handle, other, size);
  }

  applyToPool(name: string, { pool, model }: Pool, other: number): boolean {
    switch (name) {
      case "get":
      case "fastGet":
        if (model.given) assertCode("USE_AFTER_FREE", () => name === "get" ? pool.get() : pool.unsafeGet());
        else if (name === "get") this.get({ pool, model }, other);
        else this.fastGet({ pool, model });
        return true;
      case "trim":
        if (model.given) assertCode("USE_AFTER_FREE", () => pool.trim());
        else assertEquals(pool.trim(), this.model.trim(model));
        return true;
      case "uninit":
        if (model.given) assertCode("DOUBLE_FREE", () => pool.uninit());
        else {
          this.model.uninit(model);
          pool.uninit();
        }
        return true;
      case "fastRelease": {
        const at = other % this.fast.length;
        const out = this.fast[at];
        if (out === undefined) return true;
        this.fast.splice(at, 1);
        for (const { pool } of this.pools) {
          if (pool !== out.pool) assertCode("WRONG_OWNER", () => pool.unsafeRelease(out.buffer));
        }
        out.pool.unsafeRelease(out.buffer);
        this.model.takeBack(out.model, out.memory);
        assertCode("DOUBLE_FREE", () => out.pool.unsafeRelease(out.buffer));
        return true;
      }
    }
    return false;
  }

  /** What the program's allocator gives next. */
  #allocated: BufferRef | null = null;

  /** Prepares what a pool of the program's memory takes next: larger than asked for, and part of it. */
  allocates({ model }: Pool): ModelMemory {
    if (!model.program) return this.model.memory(model.size);
    const { data, name, memory } = this.brought(model.size + 9);
    const free = (name: unknown): void => void this.log.push(name as string);
    this.#allocated = this.core.buffers.create(data, { opaque: name, free, readOnly: true });
    this.#allocated.narrow(3, model.size + 1);
    return memory;
  }

  get(pool: Pool, other: number): void {
    const { memory, isNew } = this.model.handOut(pool.model, () => this.allocates(pool));
    const ref = other % 2 === 0 ? pool.pool.get() : pool.pool.tryGet("somebody")!;
    const first = isNew && pool.model.program;
    if (first) assertStrictEquals(ref, this.#allocated);
    const buffer = this.model.buffer(memory, first, false, pool.model);
    this.add(
      ref,
      first ? { buffer, offset: 3, size: pool.model.size + 1 } : this.model.whole(buffer, pool.model.size),
    );
  }

  fastGet(pool: Pool): void {
    const { memory } = this.model.handOut(pool.model, () => this.allocates(pool));
    const buffer = pool.pool.unsafeGet();
    this.fast.push({ ...pool, buffer, memory });
    buffer.data.fill(memory.bytes.fill(++this.#fill % 256, 0, pool.model.size)[0] ?? 0);
  }

  applyToHandle(name: string, handle: Handle, other: number, size: number): void {
    const { core: { buffers }, model } = this;
    const { ref } = handle;
    switch (name) {
      case "ref":
        handle.model.buffer.refs++;
        return this.add(ref.ref(), { ...handle.model });
      case "unref":
      case "dispose":
      case "release":
        this.drop(handle);
        if (name === "dispose") ref[Symbol.dispose]();
        else if (name === "unref") ref.unref();
        else this.release(ref, handle.model);
        return model.unref(handle.model);
      case "write": {
        const bytes = ref.getMut();
        assertEquals(bytes !== null, model.isWritable(handle.model));
        if (bytes === null) return;
        const { buffer, offset, size } = handle.model;
        buffer.memory.bytes.fill(++this.#fill % 256, offset, offset + size);
        bytes.fill(this.#fill % 256);
        return;
      }
      case "makeWritable":
        ref.makeWritable();
        return model.makeWritable(handle.model);
      case "take":
        handle.ref = ref.take();
        this.dead.push(ref);
        return;
      case "narrow": {
        const offset = other % (handle.model.size + 1);
        const length = size % (handle.model.size - offset + 1);
        ref.narrow(offset, length);
        handle.model.offset += offset;
        handle.model.size = length;
        return;
      }
      case "realloc":
        assertStrictEquals(buffers.realloc(ref, size), ref);
        return model.realloc(handle.model, size);
      case "replace": {
        const src = this.handles[other % this.handles.length]!;
        assertStrictEquals(buffers.replace(ref, src.ref), ref);
        return model.replace(handle.model, src.model);
      }
      case "replaceNull":
        this.drop(handle);
        assertEquals(buffers.replace(ref, null), null);
        return model.unref(handle.model);
      case "dead": {
        const dead = this.dead[other % this.dead.length];
        if (dead === undefined) return;
        assertEquals(dead.live, false);
        assertCode("USE_AFTER_FREE", () => dead.data);
        assertCode("USE_AFTER_FREE", () => buffers.replace(ref, dead));
        dead[Symbol.dispose]();
      }
    }
  }

  release(ref: BufferRef, { buffer }: ModelRef): void {
    for (const { pool, model } of this.pools) {
      if (buffer.pool !== model) assertCode("WRONG_OWNER", () => pool.release(ref));
    }
    const own = this.pools.find(({ model }) => model === buffer.pool);
    if (own === undefined) ref.unref();
    else own.pool.release(ref);
  }

  drop(handle: Handle): void {
    this.handles.splice(this.handles.indexOf(handle), 1);
    this.dead.push(handle.ref);
  }

  compare(): void {
    const { model, core } = this;
    const starts = new Map<ModelMemory, number>();
    for (const { ref, model: { buffer, offset, size } } of this.handles) {
      const { refs, readOnly, memory, pool } = buffer;
      assertEquals([ref.size, ref.refCount, ref.readOnly, ref.live], [size, refs, readOnly, true]);
      assertEquals(ref.isWritable, refs === 1 && !readOnly);
      assertEquals([...ref.data], memory.bytes.slice(offset, offset + size));
      if (pool === null) assertEquals(ref.opaque, memory.name);
      else assertEquals([ref.poolOpaque, typeof ref.opaque], [memory.name, "object"]);
      const start = ref.address - offset;
      assertEquals(starts.get(memory) ?? start, start);
      starts.set(memory, start);
    }
    const spans = [...starts].map(([{ bytes }, start]) => [start, start + bytes.length] as const);
    spans.sort(([a], [b]) => a - b);
    for (const [i, [start]] of spans.entries()) {
      assert(i === 0 || spans[i - 1]![1] <= start, "two buffers overlap");
    }
    for (const { buffer, memory } of this.fast) {
      assertEquals([...buffer.data], memory.bytes.slice(0, buffer.data.length));
    }
    for (const { pool, model: { stats, out, idle } } of this.pools) {
      assertEquals(pool.stats(), { ...stats, out, idle: idle.length });
    }
    assertEquals(this.log, model.log);
    assertEquals([core.ledger.live, core.ledger.bytes], [
      this.handles.length + this.fast.length,
      model.bytes,
    ]);
  }

  end(): void {
    const views = this.handles.filter(({ model }) => model.buffer.memory.own).map(({ ref }) => ref.data);
    for (const handle of [...this.handles]) this.applyToHandle("unref", handle, 0, 0);
    for (const view of views) assertEquals(view.length, 0);
    for (const fast of this.fast.splice(0)) {
      fast.pool.unsafeRelease(fast.buffer);
      this.model.takeBack(fast.model, fast.memory);
    }
    for (const pool of this.pools) if (!pool.model.given) this.applyToPool("uninit", pool, 0);
    this.compare();
    assertEquals([this.core.ledger.live, this.core.ledger.bytes], [0, 0]);
  }
}

describe("buffers and pools under random operations", () => {
  it("do what a simple model of libavutil does", () => {
    // Without the size, fast-check stops at about ten.
    const operations = fc.array(operation, { maxLength: 150, size: "max" });
    fc.assert(
      fc.property(operations, (operations) => {
        const play = new Play();
        for (const one of operations) {
          play.apply(one);
          play.compare();
        }
        play.end();
      }),
      { numRuns: 500 },
    );
  });
});
