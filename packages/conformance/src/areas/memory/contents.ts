import type { Memory, PointerCell } from "@mediamem/interface";
import type { VectorTest } from "../../model.ts";
import { attempt, DEFAULT_MAX_ALLOC, withCell } from "./attempt.ts";
import { memoryOf } from "./backend_areas.ts";
import { seededBytes } from "./seeded_bytes.ts";

const RESIZE: Readonly<Record<string, (memory: Memory, cell: PointerCell, size: number) => void>> = {
  realloc: (memory, cell, size) => cell.address = memory.realloc(cell.address, size),
  reallocF: (memory, cell, size) => cell.address = memory.reallocF(cell.address, size, 1),
  reallocp: (memory, cell, size) => memory.reallocp(cell, size),
  reallocArray: (memory, cell, size) => cell.address = memory.reallocArray(cell.address, 1, size),
  reallocpArray: (memory, cell, size) => memory.reallocpArray(cell, size, 1),
};

const realloc: VectorTest = {
  kind: "vector",
  id: "memory/realloc",
  op: "av_realloc",
  parameters: ["call", "from", "to"],
  grids(scope) {
    const sizes = [0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 1000, 4096, 5000, 140000];
    const some = scope === "full" ? Array.from({ length: 260 }, (_, i) => i) : [];
    return [[Object.keys(RESIZE), [...new Set([...sizes, ...some])], [...new Set([...sizes, ...some])]]];
  },
  answer(backend, [call, from, to], out) {
    const memory = memoryOf(backend);
    const [before, after] = [from as number, to as number];
    withCell(memory, DEFAULT_MAX_ALLOC, { address: memory.malloc(before) }, (cell) => {
      memory.write(cell.address, seededBytes(before, 7));
      attempt(out, () => RESIZE[call as string]!(memory, cell, after));
      out.push(cell.address === 0 ? 0 : 1);
      if (cell.address === 0) return;
      out.bytes(memory.read(cell.address, Math.min(before, after)));
      // The whole block is there to be written.
      memory.write(cell.address, seededBytes(after, 8));
      out.bytes(memory.read(cell.address, after));
      attempt(out, () => memory.read(cell.address, after + 1));
    });
  },
};

const memcpyBackptr: VectorTest = {
  kind: "vector",
  id: "memory/memcpyBackptr",
  op: "av_memcpy_backptr",
  parameters: ["back", "count", "from"],
  grids: (scope) => [[
    Array.from({ length: scope === "full" ? 72 : 36 }, (_, i) => i - 1),
    Array.from({ length: scope === "full" ? 150 : 72 }, (_, i) => i - 1),
    scope === "full" ? [0, 5, 8, 31, 32, 64, 72] : [0, 5, 32, 64],
  ]],
  answer(backend, [back, count, from], out) {
    const memory = memoryOf(backend);
    const size = 128;
    withCell(memory, DEFAULT_MAX_ALLOC, { address: memory.memdup(seededBytes(size, 3)) }, (cell) => {
      attempt(
        out,
        () => memory.memcpyBackptr(cell.address + (from as number), back as number, count as number),
      );
      out.bytes(memory.read(cell.address, size));
    });
  },
};

const TEXTS = ["a", "", "hello", "gr\u00fcn", "\u65e5\u672c\u8a9e", "\ud83c\udfac", "x\0y", "x".repeat(300)];

const strndup: VectorTest = {
  kind: "vector",
  id: "memory/strndup",
  op: "av_strndup",
  parameters: ["text", "length"],
  grids: () => [[TEXTS, [
    ...Array.from({ length: 14 }, (_, i) => i),
    299,
    300,
    301,
    2147483648,
    2 ** 53 - 1,
    -1,
    0.5,
  ]]],
  answer(backend, [text, length], out) {
    const memory = memoryOf(backend);
    withCell(memory, DEFAULT_MAX_ALLOC, { address: 0 }, (cell) => {
      cell.address = memory.strndup(text as string, length as number);
      const most = new TextEncoder().encode(text as string).length;
      out.bytes(memory.read(cell.address, Math.min(most, length as number) + 1));
      attempt(out, () => memory.read(cell.address, Math.min(most, length as number) + 2));
    });
  },
};

const strdup: VectorTest = {
  ...strndup,
  id: "memory/strdup",
  op: "av_strdup",
  parameters: ["text"],
  grids: () => [[TEXTS]],
  answer(backend, [text], out) {
    const memory = memoryOf(backend);
    withCell(memory, DEFAULT_MAX_ALLOC, { address: 0 }, (cell) => {
      cell.address = memory.strdup(text as string);
      out.bytes(memory.read(cell.address, new TextEncoder().encode(text as string).length + 1));
    });
  },
};

/** What is in a block. */
export const contentTests: readonly VectorTest[] = [realloc, strdup, strndup, memcpyBackptr];
