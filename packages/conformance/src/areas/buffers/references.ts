import type { BufferRef } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { VectorTest } from "../../model.ts";
import { fillSeeded } from "../image/seeded.ts";
import { attempt, DEFAULT_MAX_ALLOC, LEAST_ALIGNMENT, tooMuch } from "../memory/attempt.ts";
import { memoryOf } from "../memory/backend_areas.ts";
import { buffersOf } from "./buffers_of.ts";
import { KINDS, makeKind } from "./kinds.ts";

const SIZES = [0, 1, 15, 16, 17, 64, 100, 1000];

function show(ref: BufferRef, out: Answer): void {
  out.push(ref.size);
  out.push(ref.refCount);
  out.push(ref.isWritable ? 1 : 0);
  out.push(ref.readOnly ? 1 : 0);
  out.text(ref.opaque === null ? "null" : typeof ref.opaque === "string" ? ref.opaque : "private");
}

const kinds: VectorTest = {
  kind: "vector",
  id: "buffers/isWritable",
  op: "av_buffer_is_writable",
  parameters: ["kind", "size"],
  grids: () => [[KINDS, SIZES]],
  answer(backend, [kind, size], out) {
    const { ref, others, end } = makeKind(buffersOf(backend), kind as string, size as number);
    try {
      for (const each of [ref, ...others]) {
        show(each, out);
        out.bytes(each.data);
        out.push(each.getMut()?.length ?? -1);
      }
    } finally {
      end();
    }
  },
};

const makeWritable: VectorTest = {
  ...kinds,
  id: "buffers/makeWritable",
  op: "av_buffer_make_writable",
  answer(backend, [kind, size], out) {
    const { ref, others, end } = makeKind(buffersOf(backend), kind as string, size as number);
    try {
      ref.makeWritable();
      show(ref, out);
      out.bytes(ref.data);
      fillSeeded(ref.getMut()!, 2);
      for (const other of others) {
        show(other, out);
        out.bytes(other.data);
      }
    } finally {
      end();
    }
  },
};

const realloc: VectorTest = {
  kind: "vector",
  id: "buffers/realloc",
  op: "av_buffer_realloc",
  parameters: ["kind", "from", "to"],
  grids: (scope) => {
    const sizes = scope === "full" ? Array.from({ length: 70 }, (_, i) => i) : SIZES;
    return [[KINDS, sizes, [...sizes, 2147483648, 2 ** 53 - 1, -1, 0.5]]];
  },
  answer(backend, [kind, from, to], out) {
    const buffers = buffersOf(backend);
    const [before, after] = [from as number, to as number];
    const { ref, others, end } = makeKind(buffers, kind as string, before);
    try {
      if (attempt(out, () => buffers.realloc(ref, after))) {
        out.push(before === after || ref.address % LEAST_ALIGNMENT === 0 ? 1 : 0);
        out.bytes(ref.data.subarray(0, Math.min(before, after)));
        // The whole buffer is there to be written.
        fillSeeded(ref.getMut() ?? new Uint8Array(), 2);
      }
      show(ref, out);
      if (after === ref.size) out.bytes(ref.data);
      for (const other of others) {
        show(other, out);
        out.bytes(other.data);
      }
      // What the first call made may be changed in place.
      if (attempt(out, () => buffers.realloc(ref, before))) show(ref, out);
    } finally {
      end();
    }
  },
  skip: (_, [, from, to]) => tooMuch(from as number) ?? tooMuch(to as number),
};

const cap: VectorTest = {
  kind: "vector",
  id: "buffers/cap",
  op: "av_buffer_alloc",
  parameters: ["call", "size", "cap"],
  grids: () => [[
    ["alloc", "allocz", "realloc", "pool"],
    // Below 256 it is the structs of the library that it has no memory for.
    [0, 1, 255, 256, 257, 300, 999, 1000, 1001, 2147483648, 2 ** 53 - 1, -1, 0.5],
    [DEFAULT_MAX_ALLOC, 256, 300, 1000],
  ]],
  answer(backend, [call, bytes, most], out) {
    const buffers = buffersOf(backend);
    const memory = memoryOf(backend);
    const { alignment } = memory;
    const size = bytes as number;
    let ref: BufferRef | undefined;
    try {
      memory.maxAlloc(most as number);
      const isThere = attempt(out, () => {
        if (call === "alloc" || call === "allocz") ref = buffers[call](size);
        else if (call === "realloc") ref = buffers.realloc(null, size);
        else {
          using pool = buffers.poolInit(size);
          ref = pool.get();
        }
      });
      if (!isThere) return;
      out.push(ref!.address % (call === "realloc" ? LEAST_ALIGNMENT : alignment) === 0 ? 1 : 0);
      if (call === "allocz") out.bytes(ref!.data);
      show(ref!, out);
    } finally {
      memory.maxAlloc(DEFAULT_MAX_ALLOC);
      ref?.unref();
    }
  },
  skip: (_, [, size]) => tooMuch(size as number),
};

const replace: VectorTest = {
  kind: "vector",
  id: "buffers/replace",
  op: "av_buffer_replace",
  parameters: ["dst", "src", "size"],
  grids: () => [[["null", ...KINDS], ["null", "same", ...KINDS], [16, 0, 1, 100]]],
  answer(backend, [dst, src, size], out) {
    const buffers = buffersOf(backend);
    const to = dst === "null" ? null : makeKind(buffers, dst as string, 50);
    const from = src === "null" || src === "same" ? null : makeKind(buffers, src as string, size as number);
    const source = src === "same" ? to?.ref ?? null : from?.ref ?? null;
    let given: BufferRef | null = null;
    try {
      const isDone = attempt(out, () => given = buffers.replace(to?.ref ?? null, source));
      if (!isDone) return;
      out.text(given === null ? "null" : given === to?.ref ? "same" : "new");
      for (const ref of [to?.ref, ...(to?.others ?? []), source, ...(from?.others ?? [])]) {
        if (ref?.live !== true) continue;
        show(ref, out);
        out.bytes(ref.data);
      }
      if (given !== null) out.bytes((given as BufferRef).data);
    } finally {
      (given as BufferRef | null)?.[Symbol.dispose]();
      to?.end();
      from?.end();
    }
  },
  skip: ({ major, library }) =>
    major === 56 && Number(library.version.split(".")[1]) < 60
      ? "libavutil before 56.60 has no av_buffer_replace"
      : null,
};

/** What references share, and what each has for itself. */
export const referenceTests: readonly VectorTest[] = [kinds, cap, makeWritable, realloc, replace];
