import type { Backend, Io } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";

/** The area of a backend. Throws `ENOSYS` where it has none. */
export function ioOf(backend: Backend): Io {
  if (backend.io !== undefined) return backend.io;
  throw new MediaError("ENOSYS", `Cannot compare ${backend.id}: it has no io, wanted one that has`, {
    op: "io",
  });
}
