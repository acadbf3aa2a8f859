/**
 * Memory in TypeScript: an aligned allocator and a stack in a buffer, in shared memory or in the memory of a WASM module.
 *
 * The `av_malloc` family on such a heap is the area `memory` of `createCore`.
 *
 * @module
 */
export { assertNoLeaks } from "@mediamem/ledger";
export type { LeakGroup, LeakReport, LeakScope, Ledger, LedgerOptions, Tracing } from "@mediamem/interface";
export { Arena, type ArenaOptions } from "./src/memory/arena.ts";
export type { ArenaScope } from "./src/memory/arena_scope.ts";
export type { HeapOptions } from "./src/memory/create_heap.ts";
export { Heap } from "./src/memory/heap.ts";
export type { HeapStats } from "./src/memory/stats.ts";
export type { HeapStorage } from "./src/memory/storage.ts";
export type { HeapBlock } from "./src/memory/walk.ts";
