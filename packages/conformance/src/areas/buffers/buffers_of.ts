import type { Backend, Buffers } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";

/** The area of a backend. Throws `ENOSYS` where it has none. */
export function buffersOf(backend: Backend): Buffers {
  if (backend.buffers !== undefined) return backend.buffers;
  throw new MediaError(
    "ENOSYS",
    `Cannot compare ${backend.id}: it has no area buffers, wanted one that has`,
    { op: "buffers" },
  );
}
