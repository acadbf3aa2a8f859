import type { Backend, Ledger, Memory } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";

/** The area of a backend. Throws `ENOSYS` where it has none. */
export function memoryOf(backend: Backend): Memory {
  return backend.memory ?? missing(backend, "memory");
}

/** The account of a backend. Throws `ENOSYS` where it keeps none. */
export function ledgerOf(backend: Backend): Ledger {
  return backend.ledger ?? missing(backend, "ledger");
}

function missing(backend: Backend, name: string): never {
  throw new MediaError("ENOSYS", `Cannot compare ${backend.id}: it has no ${name}, wanted one that has`, {
    op: name,
  });
}
