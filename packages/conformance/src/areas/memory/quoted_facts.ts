import type { FastCell, Memory } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import { attempt, isLive } from "./attempt.ts";
import type { FastCall } from "./growth.ts";

/** A number that was seen by running a program against the library. */
export interface QuotedFact {
  /** Asks a backend. Gives back everything that it takes. */
  ask(memory: Memory, out: Answer): void;
  /** What it must answer. */
  readonly quoted: readonly (number | string)[];
  /** The first major for which it holds; undefined where it holds for all. */
  readonly since?: number;
}

type Ask = QuotedFact["ask"];

const GROWTH = [33, 76, 138, 179, 1094, 2157, 5344];

function growth(call: FastCall): Ask {
  return (memory, out) => {
    const cell: FastCell = { address: 0, size: 0 };
    for (const size of [1, 42, 100, 139, 1000, 2000, 5000]) {
      memory[call](cell, size);
      out.push(cell.size);
    }
    memory.freep(cell);
  };
}

function capped(cap: number, ask: Ask): Ask {
  return (memory, out) => {
    memory.maxAlloc(cap);
    try {
      ask(memory, out);
    } finally {
      memory.maxAlloc(2147483647);
    }
  };
}

/** How each call ends; what it gives is freed. */
function outcomes(...calls: readonly ((memory: Memory) => number)[]): Ask {
  return (memory, out) => {
    for (const call of calls) {
      let address = 0;
      attempt(out, () => address = call(memory));
      if (isLive(memory, address)) memory.free(address);
    }
  };
}

const HALF = 2 ** 52;

/** The facts by name. */
export const QUOTED_FACTS: Readonly<Record<string, QuotedFact>> = {
  "fast-malloc-growth": { ask: growth("fastMalloc"), quoted: GROWTH },
  "fast-mallocz-growth": { ask: growth("fastMallocz"), quoted: GROWTH },
  "fast-realloc-growth": { ask: growth("fastRealloc"), quoted: GROWTH },
  "fast-malloc-of-90-with-a-cap-of-100": {
    ask: capped(100, (memory, out) => {
      const cell: FastCell = { address: 0, size: 0 };
      memory.fastMalloc(cell, 90);
      out.push(cell.size);
      memory.freep(cell);
    }),
    quoted: [100],
    since: 57,
  },
  "fast-malloc-of-no-bytes-leaves-null": {
    ask(memory, out) {
      const cell: FastCell = { address: 0, size: 0 };
      memory.fastMalloc(cell, 0);
      out.push(cell.address);
    },
    quoted: [0],
  },
  "no-bytes-are-a-block": {
    ask: outcomes(
      (memory) => memory.malloc(0),
      (memory) => memory.mallocz(0),
      (memory) => memory.calloc(0, 7),
      (memory) => memory.realloc(memory.malloc(10), 0),
      (memory) => memory.memdup(new Uint8Array()),
    ),
    quoted: ["ok", "ok", "ok", "ok", "ok"],
  },
  "reallocp-of-no-bytes-frees-and-reallocp-array-does-not": {
    ask(memory, out) {
      const cell = { address: memory.malloc(10) };
      memory.reallocpArray(cell, 0, 5);
      out.push(cell.address === 0 ? 0 : 1);
      memory.reallocp(cell, 0);
      out.push(cell.address);
    },
    quoted: [1, 0],
  },
  "cap-of-zero-refuses-malloc-and-not-realloc": {
    ask: capped(0, outcomes((memory) => memory.malloc(0), (memory) => memory.realloc(0, 0))),
    quoted: ["ENOMEM", "ok"],
  },
  "the-cap-itself-is-allowed": {
    ask: capped(100, outcomes((memory) => memory.malloc(100), (memory) => memory.malloc(101))),
    quoted: ["ok", "ENOMEM"],
  },
  "one-request-is-an-int-at-most": {
    ask: outcomes((memory) => memory.malloc(2147483648), (memory) => memory.realloc(0, 2147483648)),
    quoted: ["ENOMEM", "ENOMEM"],
  },
  "products-beyond-2^64": {
    ask(memory, out) {
      for (const [a, b] of [[HALF, 4096], [HALF, 4095], [0, Number.MAX_SAFE_INTEGER], [3, 5]] as const) {
        attempt(out, () => out.push(memory.sizeMult(a, b)));
      }
    },
    quoted: ["EINVAL", "ERANGE", 0, "ok", 15, "ok"],
  },
  "arrays-that-overflow": {
    ask: outcomes((memory) => memory.calloc(HALF, HALF), (memory) => memory.mallocArray(HALF, HALF)),
    quoted: ["ENOMEM", "ENOMEM"],
  },
  "realloc-f-that-overflows-frees": {
    ask(memory, out) {
      const address = memory.malloc(10);
      attempt(out, () => memory.reallocF(address, HALF, HALF));
      out.push(isLive(memory, address) ? 1 : 0);
    },
    quoted: ["ENOMEM", 0],
  },
  "a-dynarray-grows-to-1-2-4-8": {
    ask(memory, out) {
      const cell = { address: 0, count: 0 };
      for (let i = 0; i < 9; i++) {
        memory.dynarray2Add(cell, 3, Uint8Array.of(i, i, i));
        let room = 3 * cell.count;
        while (canRead(memory, cell.address, room + 1)) room++;
        out.push(room / 3);
      }
      memory.freep(cell);
    },
    quoted: [1, 2, 4, 4, 8, 8, 8, 8, 16],
  },
  "memcpy-backptr-repeats": {
    ask(memory, out) {
      const address = memory.memdup(Uint8Array.of(1, 2, 3, 0, 0, 0, 0, 0, 0, 0));
      memory.memcpyBackptr(address + 3, 3, 7);
      for (const byte of memory.read(address, 10)) out.push(byte);
      memory.memcpyBackptr(address + 3, 0, 7);
      out.push(memory.read(address + 3, 1)[0]!);
      memory.free(address);
    },
    quoted: [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 1],
  },
};

function canRead(memory: Memory, address: number, length: number): boolean {
  try {
    memory.read(address, length);
    return true;
  } catch {
    return false;
  }
}
