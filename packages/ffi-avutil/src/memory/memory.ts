import type { Memory } from "@mediamem/interface";
import type { AllocationLedger } from "@mediamem/ledger";
import type { AvutilLibrary } from "../library.ts";
import { AllocationCap } from "./allocation_cap.ts";
import { allocationFunctions } from "./allocations.ts";
import { Blocks } from "./blocks.ts";
import { byteFunctions } from "./bytes.ts";
import { dynamicArrayFunctions } from "./dynamic_arrays.ts";
import { fastFunctions } from "./fast_allocations.ts";
import { reallocationFunctions } from "./reallocations.ts";
import { sizeFunctions } from "./sizes.ts";

/** The area `memory`, and its end. */
export interface NativeMemoryArea {
  readonly memory: Memory;
  /** Takes back what the area has changed in the process. Blocks that are out may still be freed. */
  close(): void;
}

/** Makes the area `memory` out of a library. */
export function makeMemory(library: AvutilLibrary, ledger: AllocationLedger): NativeMemoryArea {
  const blocks = new Blocks(library.symbols, ledger);
  const cap = new AllocationCap(library);
  const { sizeMult, measureAlignment } = sizeFunctions(library);
  const memory: Memory = {
    ...allocationFunctions(library, blocks),
    ...reallocationFunctions(library, blocks),
    ...fastFunctions(library, blocks, cap),
    ...dynamicArrayFunctions(library, blocks),
    ...byteFunctions(library, blocks),
    sizeMult,
    maxAlloc: (max) => cap.maxAlloc(max),
    get alignment() {
      return measureAlignment();
    },
  };
  return { memory: Object.freeze(memory), close: () => cap.restore() };
}
