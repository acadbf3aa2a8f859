import type { Memory } from "@mediamem/interface";
import type { Point, VectorTest } from "../../model.ts";
import { attempt, DEFAULT_MAX_ALLOC, isLive, LEAST_ALIGNMENT, tooMuch, withCell } from "./attempt.ts";
import { memoryOf } from "./backend_areas.ts";

/** Sizes of which every two have a product that is small, or beyond what one request may be. */
const FACTORS = [1, 0, 2, 3, 16, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 33, 2 ** 52, 2 ** 53 - 1, -1, 0.5];

const sizeMult: VectorTest = {
  kind: "vector",
  id: "memory/sizeMult",
  op: "av_size_mult",
  parameters: ["a", "b"],
  grids() {
    const values = [...FACTORS, 5, 255, 65535, 65536, 2 ** 21, 2 ** 26 + 1, 2 ** 31 - 1, NaN];
    return [[values, values]];
  },
  answer: (backend, [a, b], out) => out.push(memoryOf(backend).sizeMult(a as number, b as number)),
};

/** How each call takes a block of a size. */
const TAKE: Readonly<Record<string, (memory: Memory, size: number) => number>> = {
  malloc: (memory, size) => memory.malloc(size),
  mallocz: (memory, size) => memory.mallocz(size),
  mallocArray: (memory, size) => memory.mallocArray(1, size),
  calloc: (memory, size) => memory.calloc(size, 1),
  realloc: (memory, size) => memory.realloc(0, size),
  reallocF: (memory, size) => memory.reallocF(0, size, 1),
  reallocArray: (memory, size) => memory.reallocArray(0, 1, size),
  allocPacketData: (memory, size) => memory.allocPacketData(size),
};

/** The calls whose blocks are aligned as the library was built. */
const ALIGNED: ReadonlySet<string> = new Set(["malloc", "mallocz", "mallocArray", "calloc"]);

function takes(memory: Memory, [call, size]: Point): number {
  return TAKE[call as string]!(memory, size as number);
}

const cap: VectorTest = {
  kind: "vector",
  id: "memory/cap",
  op: "av_max_alloc",
  parameters: ["call", "size", "cap"],
  grids: () => [[
    Object.keys(TAKE),
    [0, 1, 2, 3, 14, 15, 16, 17, 63, 64, 65, 66, 80, 81, 128, 129, 936, 937, 999, 1000, 1001, 2147483648],
    [DEFAULT_MAX_ALLOC, 0, 1, 2, 15, 16, 64, 65, 80, 128, 1000],
  ]],
  answer(backend, point, out) {
    const memory = memoryOf(backend);
    withCell(memory, point[2] as number, { address: 0 }, (cell) => {
      if (!attempt(out, () => cell.address = takes(memory, point))) return;
      const alignment = ALIGNED.has(point[0] as string) ? memory.alignment : LEAST_ALIGNMENT;
      out.push(cell.address === 0 ? 0 : 1);
      out.push(cell.address % alignment === 0 ? 1 : 0);
    });
  },
  skip: (_, [, size]) => tooMuch(size as number),
};

const alignment: VectorTest = {
  ...cap,
  id: "memory/alignment",
  op: "av_malloc",
  parameters: ["call", "size"],
  grids: (scope) => [[Object.keys(TAKE), Array.from({ length: scope === "full" ? 4200 : 300 }, (_, i) => i)]],
  answer: (backend, point, out) => cap.answer(backend, [...point, DEFAULT_MAX_ALLOC], out),
};

const RESIZE: Readonly<
  Record<string, (memory: Memory, cell: { address: number }, count: number, size: number) => void>
> = {
  mallocArray: (memory, cell, count, size) => cell.address = memory.mallocArray(count, size),
  calloc: (memory, cell, count, size) => cell.address = memory.calloc(count, size),
  reallocArray: (memory, cell, count, size) => cell.address = memory.reallocArray(cell.address, count, size),
  reallocF: (memory, cell, count, size) => cell.address = memory.reallocF(cell.address, count, size),
  reallocpArray: (memory, cell, count, size) => memory.reallocpArray(cell, count, size),
};

const overflow: VectorTest = {
  kind: "vector",
  id: "memory/overflow",
  op: "av_calloc",
  parameters: ["call", "count", "size"],
  grids: () => [[Object.keys(RESIZE), FACTORS, FACTORS]],
  answer(backend, [call, count, size], out) {
    const memory = memoryOf(backend);
    const takesNew = call === "mallocArray" || call === "calloc";
    withCell(memory, DEFAULT_MAX_ALLOC, { address: takesNew ? 0 : memory.mallocz(40) }, (cell) => {
      const before = cell.address;
      attempt(out, () => RESIZE[call as string]!(memory, cell, count as number, size as number));
      out.push(cell.address === 0 ? 0 : 1);
      out.push(isLive(memory, cell.address) ? 1 : 0);
      // A block that was lost instead of freed is the place's no more.
      out.push(cell.address === before || !isLive(memory, before) ? 1 : 0);
    });
  },
  skip(_, [, count, size]) {
    const bytes = (count as number) * (size as number);
    return Number.isInteger(count) && Number.isInteger(size) ? tooMuch(bytes) : null;
  },
};

/** How large a block may be, and where it lies. */
export const sizeTests: readonly VectorTest[] = [sizeMult, alignment, cap, overflow];
