import type { Backend, Ledger, Memory } from "@mediamem/interface";
import { AVERROR, MediaError } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { ledgerOf, memoryOf } from "../backend_areas.ts";

/** Every method of the area, so that a new one cannot be forgotten. */
const METHODS: Readonly<Record<Exclude<keyof Memory, "alignment">, true>> = {
  malloc: true,
  mallocz: true,
  mallocArray: true,
  calloc: true,
  realloc: true,
  reallocF: true,
  reallocp: true,
  reallocArray: true,
  reallocpArray: true,
  free: true,
  freep: true,
  memdup: true,
  strdup: true,
  strndup: true,
  memcpyBackptr: true,
  fastMalloc: true,
  fastMallocz: true,
  fastRealloc: true,
  dynarrayAdd: true,
  dynarrayAddNofree: true,
  dynarray2Add: true,
  sizeMult: true,
  maxAlloc: true,
  allocPacketData: true,
  read: true,
  write: true,
  unsafeView: true,
};

/** Makes a defect of the area memory: some methods answer wrong, the others as before. */
export function defect(
  id: string,
  description: string,
  change: (memory: Memory) => Partial<Memory>,
  account: (ledger: Ledger) => Ledger = (ledger) => ledger,
): Defect {
  return {
    id: `memory/${id}`,
    description,
    wrap(backend: Backend): Backend {
      const memory = memoryOf(backend);
      const methods: Partial<Record<keyof Memory, unknown>> = {};
      for (const name of Object.keys(METHODS) as (keyof typeof METHODS)[]) {
        methods[name] = memory[name].bind(memory);
      }
      return {
        id: backend.id,
        library: backend.library,
        ledger: account(ledgerOf(backend)),
        memory: { ...methods as unknown as Memory, alignment: memory.alignment, ...change(memory) },
        // The wrapped backend is its maker's to close.
        [Symbol.dispose]: () => {},
      };
    },
  };
}

/** The `ENOMEM` of a call that ought to have worked. */
export function refused(op: string): never {
  throw new MediaError("ENOMEM", `Cannot call ${op}: found a planted defect, wanted none`, {
    op,
    averror: AVERROR.ENOMEM,
  });
}

/** Tells whether an error is the one of C for no memory. */
export function isShortage(error: unknown): boolean {
  return error instanceof MediaError && error.averror === AVERROR.ENOMEM;
}
