import type { ArrayCell, FastCell } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { VectorTest } from "../../model.ts";
import { attempt, DEFAULT_MAX_ALLOC, isLive, tooMuch, withCell } from "./attempt.ts";
import { ledgerOf, memoryOf } from "./backend_areas.ts";
import { seededBytes } from "./seeded_bytes.ts";

/** The functions whose block is used again while it is large enough. */
export type FastCall = "fastMalloc" | "fastMallocz" | "fastRealloc";

const FAST: readonly FastCall[] = ["fastMalloc", "fastMallocz", "fastRealloc"];
const CAPS = [DEFAULT_MAX_ALLOC, 0, 1, 31, 32, 33, 34, 64, 90, 95, 96, 100, 137, 138, 139, 1000];
const FIRST = [0, 1, 10, 58, 90, 100, 800];

function range(from: number, to: number, step = 1): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
}

const fast: VectorTest = {
  kind: "vector",
  id: "memory/fast",
  op: "av_fast_malloc",
  parameters: ["call", "second", "first", "cap"],
  grids(scope) {
    const large = [2147483648, 4294967295, 4294967296, 2 ** 53 - 1];
    return scope === "full"
      ? [[FAST, [...range(0, 1200), ...range(1216, 70000, 16), ...large], FIRST, CAPS]]
      : [[
        FAST,
        [
          ...range(0, 70),
          89,
          90,
          91,
          99,
          100,
          101,
          107,
          136,
          137,
          138,
          139,
          499,
          500,
          901,
          906,
          907,
          910,
          911,
          1000,
          1001,
          5000,
          ...large,
        ],
        FIRST,
        CAPS,
      ]];
  },
  answer(backend, [call, second, first, cap], out) {
    const memory = memoryOf(backend);
    withCell(memory, cap as number, { address: 0, size: 0 }, (cell) => {
      grow(first as number);
      const known = cell.size;
      if (known > 0) memory.write(cell.address, seededBytes(known, 1));
      grow(second as number);
      if (call === "fastRealloc" && known > 0 && cell.size >= known) {
        out.bytes(memory.read(cell.address, known));
      }
      if (call === "fastMallocz" && cell.size > known) out.bytes(memory.read(cell.address, cell.size));
      if (cell.address !== 0 && cell.size === 0) out.push(isLive(memory, cell.address) ? 1 : 0);

      function grow(size: number): void {
        attempt(out, () => memory[call as FastCall](cell, size));
        pushCell(cell, out);
      }
    });
  },
  skip: (_, [, second, first]) => tooMuch(second as number) ?? tooMuch(first as number),
};

function pushCell({ address, size }: FastCell, out: Answer): void {
  out.push(address === 0 ? 0 : 1);
  out.push(size);
}

const dynarray: VectorTest = {
  kind: "vector",
  id: "memory/dynarray",
  op: "av_dynarray2_add",
  parameters: ["elementSize", "count", "cap"],
  grids: (scope) => [[
    [8, 1, 2, 3, 24, 100, 0, -1, 2147483648],
    range(0, scope === "full" ? 140 : 34),
    [DEFAULT_MAX_ALLOC, 0, 7, 8, 16, 100, 200],
  ]],
  answer(backend, [elementSize, count, cap], out) {
    const memory = memoryOf(backend);
    const ledger = ledgerOf(backend);
    const before = ledger.bytes;
    withCell<ArrayCell>(memory, cap as number, { address: 0, count: 0 }, (cell) => {
      const size = elementSize as number;
      for (let i = 0; i <= (count as number); i++) {
        const data = size > 0 && size < 1000 ? seededBytes(size, i) : null;
        let added = 0;
        if (!attempt(out, () => added = memory.dynarray2Add(cell, size, data))) break;
        out.push(added - cell.address);
      }
      out.push(cell.address === 0 ? 0 : 1);
      out.push(cell.count);
      // So many bytes the array has room for.
      out.push(ledger.bytes - before);
      if (cell.count > 0) out.bytes(memory.read(cell.address, cell.count * size));
    });
  },
  skip: (_, [elementSize, count]) => tooMuch(2 * (elementSize as number) * Math.max(1, count as number)),
};

const pointers: VectorTest = {
  kind: "vector",
  id: "memory/dynarray.pointers",
  op: "av_dynarray_add",
  parameters: ["call", "count", "cap"],
  grids: (scope) => [[
    ["dynarrayAdd", "dynarrayAddNofree"],
    range(0, scope === "full" ? 270 : 34),
    [DEFAULT_MAX_ALLOC, 0, 7, 8, 16, 100, 200],
  ]],
  answer(backend, [call, count, cap], out) {
    const memory = memoryOf(backend);
    const ledger = ledgerOf(backend);
    const before = ledger.bytes;
    withCell<ArrayCell>(memory, cap as number, { address: 0, count: 0 }, (cell) => {
      for (let i = 0; i <= (count as number); i++) {
        if (!attempt(out, () => memory[call as "dynarrayAdd"](cell, 1000003 * i))) break;
      }
      out.push(cell.address === 0 ? 0 : 1);
      out.push(cell.count);
      out.push(ledger.bytes - before);
      if (cell.count > 0) out.bytes(memory.read(cell.address, 8 * cell.count));
    });
  },
};

/** How blocks grow that are used again. */
export const growthTests: readonly VectorTest[] = [fast, dynarray, pointers];
