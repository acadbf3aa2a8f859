import type { Memory } from "@mediamem/interface";
import type { AllocationLedger } from "@mediamem/ledger";
import type { AllocationLimit } from "./allocation_limit.ts";
import { memcpyBackptr, read, unsafeView, write } from "./block_access.ts";
import { Blocks } from "./blocks.ts";
import { memdup, strdup, strndup } from "./duplicates.ts";
import { dynarray2Add, dynarrayAdd, dynarrayAddNofree } from "./dynamic_array.ts";
import { fastMalloc, fastMallocz, fastRealloc } from "./fast_blocks.ts";
import type { Heap } from "./heap.ts";
import { checkSize } from "./memory_arguments.ts";
import { realloc, reallocArray, reallocF, reallocp, reallocpArray } from "./moved_blocks.ts";
import { allocPacketData } from "./packet_data.ts";
import { calloc, freep, malloc, mallocArray, mallocz } from "./plain_blocks.ts";
import { sizeMult } from "./size_mult.ts";

/**
 * Makes the area `memory` of a backend.
 *
 * @param ledger What its blocks are counted in.
 * @param limit The cap on one request, which the backend's areas share.
 * @param heap Where its blocks lie; undefined: in one that is made when the first is taken.
 */
export function createMemory(ledger: AllocationLedger, limit: AllocationLimit, heap?: Heap): Memory {
  const blocks = new Blocks(ledger, limit, heap);
  const memory: Memory = {
    alignment: heap?.alignment ?? 64,
    malloc: (size) => malloc(blocks, size),
    mallocz: (size) => mallocz(blocks, size),
    mallocArray: (count, size) => mallocArray(blocks, count, size),
    calloc: (count, size) => calloc(blocks, count, size),
    realloc: (address, size) => realloc(blocks, address, size),
    reallocF: (address, count, size) => reallocF(blocks, address, count, size),
    reallocp: (cell, size) => reallocp(blocks, cell, size),
    reallocArray: (address, count, size) => reallocArray(blocks, address, count, size),
    reallocpArray: (cell, count, size) => reallocpArray(blocks, cell, count, size),
    free: (address) => blocks.free("av_free", address),
    freep: (cell) => freep(blocks, cell),
    memdup: (bytes) => memdup(blocks, bytes),
    strdup: (text) => strdup(blocks, text),
    strndup: (text, length) => strndup(blocks, text, length),
    memcpyBackptr: (address, back, count) => memcpyBackptr(blocks, address, back, count),
    fastMalloc: (cell, minSize) => fastMalloc(blocks, cell, minSize),
    fastMallocz: (cell, minSize) => fastMallocz(blocks, cell, minSize),
    fastRealloc: (cell, minSize) => fastRealloc(blocks, cell, minSize),
    dynarrayAdd: (cell, element) => dynarrayAdd(blocks, cell, element),
    dynarrayAddNofree: (cell, element) => dynarrayAddNofree(blocks, cell, element),
    dynarray2Add: (cell, elementSize, data) => dynarray2Add(blocks, cell, elementSize, data),
    sizeMult,
    maxAlloc(max) {
      checkSize("av_max_alloc", "max", max);
      limit.maxAlloc = max;
    },
    allocPacketData: (size) => allocPacketData(blocks, size),
    read: (address, length) => read(blocks, address, length),
    write: (address, bytes) => write(blocks, address, bytes),
    unsafeView: (address, length) => unsafeView(blocks, address, length),
  };
  return Object.freeze(memory);
}
