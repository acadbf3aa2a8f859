import type { Memory } from "@mediamem/interface";
import type { AllocationLedger } from "@mediamem/ledger";
import type { AllocationCap } from "../allocation_cap.ts";
import type { AvutilLibrary } from "../library.ts";
import { allocationFunctions } from "./allocations.ts";
import { Blocks } from "./blocks.ts";
import { byteFunctions } from "./bytes.ts";
import { dynamicArrayFunctions } from "./dynamic_arrays.ts";
import { fastFunctions } from "./fast_allocations.ts";
import { reallocationFunctions } from "./reallocations.ts";
import { sizeFunctions } from "./sizes.ts";

/** Makes the area `memory` out of a library. */
export function makeMemory(library: AvutilLibrary, ledger: AllocationLedger, cap: AllocationCap): Memory {
  const blocks = new Blocks(library.symbols, ledger, cap);
  const { sizeMult, measureAlignment } = sizeFunctions(library);
  return Object.freeze({
    ...allocationFunctions(library, blocks),
    ...reallocationFunctions(library, blocks),
    ...fastFunctions(library, blocks),
    ...dynamicArrayFunctions(library, blocks),
    ...byteFunctions(library, blocks),
    sizeMult,
    maxAlloc(max: number) {
      // Below a low cap there is nothing to measure it with.
      measureAlignment();
      cap.maxAlloc(max);
    },
    get alignment() {
      return measureAlignment();
    },
  });
}
