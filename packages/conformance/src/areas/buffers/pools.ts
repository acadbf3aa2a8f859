import type { BufferPool, BufferRef } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { VectorTest } from "../../model.ts";
import { attempt } from "../memory/attempt.ts";
import { ledgerOf } from "../memory/backend_areas.ts";
import { seededBytes } from "../memory/seeded_bytes.ts";
import { buffersOf } from "./buffers_of.ts";

/** Every order of the first `count` letters. */
function orders(count: number): readonly string[] {
  if (count === 0) return [""];
  const last = String.fromCharCode(96 + count);
  return orders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, i) => order.slice(0, i) + last + order.slice(i))
  );
}

const lifo: VectorTest = {
  kind: "vector",
  id: "buffers/lifo",
  op: "av_buffer_pool_get",
  parameters: ["released", "size"],
  grids: (scope) => [[
    [1, 2, 3, 4, ...(scope === "full" ? [5, 6] : [])].flatMap(orders),
    scope === "full" ? [1, 0, 16, 4096] : [1, 16],
  ]],
  answer(backend, [released, size], out) {
    const buffers = buffersOf(backend);
    const order = released as string;
    const names = new Map<unknown, number>();
    let made = 0;
    using pool = buffers.poolInit(size as number, {
      allocate: (bytes) => buffers.create(new Uint8Array(bytes), { opaque: `buffer ${made++}` }),
    });
    const refs = Array.from(order, () => pool.get());
    for (const [i, ref] of refs.entries()) names.set(ref.poolOpaque, i);
    for (const letter of order) refs[letter.charCodeAt(0) - 97]!.unref();
    const again = Array.from(order, () => pool.get());
    for (const ref of again) out.push(names.get(ref.poolOpaque)!);
    for (const ref of again) ref.unref();
    out.push(made);
  },
};

function show(ref: BufferRef, start: number, out: Answer): void {
  out.push(ref.size);
  out.push(ref.address - start);
  out.push(ref.isWritable ? 1 : 0);
  out.push(ref.readOnly ? 1 : 0);
  out.text(String(ref.poolOpaque));
  out.bytes(ref.data);
}

const handOut: VectorTest = {
  kind: "vector",
  id: "buffers/handOut",
  op: "av_buffer_pool_get",
  parameters: ["size", "more", "from", "shown", "readOnly"],
  grids: (scope) => [[
    scope === "full" ? [1, 16, 50, 64, 300] : [1, 50],
    scope === "full" ? [0, 1, 7, 39, 64, -1] : [0, 39, -1],
    scope === "full" ? [0, 1, 16, 32, 50] : [0, 1, 32],
    [57, 0, 1, 50],
    [false, true],
  ]],
  answer(backend, [size, more, from, shown, readOnly], out) {
    const buffers = buffersOf(backend);
    const length = Math.max((size as number) + (more as number), 0);
    const data = seededBytes(length, 3);
    let start = 0;
    using pool = buffers.poolInit(size as number, {
      allocate() {
        const ref = buffers.create(data, { opaque: "A", readOnly: readOnly as boolean });
        start = ref.address;
        const offset = Math.min(from as number, length);
        ref.narrow(offset, Math.min(shown as number, length - offset));
        return ref;
      },
    });
    for (let i = 0; i < 2; i++) {
      let ref: BufferRef | undefined;
      if (!attempt(out, () => ref = pool.get())) return;
      show(ref!, start, out);
      ref!.unref();
    }
  },
  // What the first hand-out shows may begin before its end only where there are bytes.
  simplest: [1, 0, 0, 1, false],
};

const drain: VectorTest = {
  kind: "vector",
  id: "buffers/uninit",
  op: "av_buffer_pool_uninit",
  parameters: ["out", "idle", "released"],
  grids: (
    scope,
  ) => [[[3], scope === "full" ? [0, 1, 2, 3, 4, 5] : [0, 1, 2], orders(3)], [[1], [0, 1, 2], ["a"]]],
  answer(backend, [out, idle, released], answer) {
    const buffers = buffersOf(backend);
    const ledger = ledgerOf(backend);
    const [live, bytes] = [ledger.live, ledger.bytes];
    const notes: string[] = [];
    let made = 0;
    const pool: BufferPool = buffers.poolInit(8, {
      allocate: (size) =>
        buffers.create(new Uint8Array(size), {
          opaque: `${made++}`,
          free: (opaque) => void notes.push(`free ${opaque}`),
        }),
      free: () => void notes.push("pool"),
    });
    const refs = Array.from({ length: (out as number) + (idle as number) }, () => pool.get());
    for (const ref of refs.splice(out as number)) ref.unref();
    pool.uninit();
    notes.push("given up");
    for (const letter of released as string) {
      refs[letter.charCodeAt(0) - 97]!.unref();
      notes.push("released");
    }
    for (const note of notes) answer.text(note);
    answer.push(pool.stats().freed);
    answer.push(ledger.live - live);
    answer.push(ledger.bytes - bytes);
  },
  simplest: [1, 0, "a"],
};

/** In which order a pool hands out, and what becomes of its buffers. */
export const poolTests: readonly VectorTest[] = [lifo, handOut, drain];
