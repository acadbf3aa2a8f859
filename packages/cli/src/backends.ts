import { type Backend, type Buffers, type Image, MediaError } from "@mediamem/interface";
import { UsageError } from "./command_error.ts";

/** The backends by the id that `--backend` takes, with what opens each. Nothing is imported before it is asked for. */
const OPENERS: Readonly<Record<string, () => Promise<Backend>>> = {
  "core-ts": async () => (await import("@mediamem/core-ts")).createCore(),
  avutil: async () => (await import("@mediamem/ffi-avutil")).loadAvutil(),
};

/** The ids of every backend, the one in TypeScript first. */
export const BACKEND_IDS: readonly string[] = Object.keys(OPENERS);

/** Opens a backend; the caller disposes it. Throws `LIBRARY_MISSING` or `ABI_MISMATCH` as the backend does. */
export function openBackend(id: string): Promise<Backend> {
  const open = OPENERS[id];
  if (open === undefined) {
    throw new UsageError(`Cannot use backend "${id}": wanted ${BACKEND_IDS.join(", ")}`);
  }
  return open();
}

/** The area `image` of a backend that has it. */
export function imageOf(backend: Backend): Image {
  if (backend.image === undefined) throw new Error(`The backend ${backend.id} has no area image`);
  return backend.image;
}

/** The area `buffers` of a backend. Throws `ENOSYS` where it has none. */
export function buffersOf({ id, buffers }: Backend): Buffers {
  if (buffers !== undefined) return buffers;
  throw new MediaError(
    "ENOSYS",
    `Cannot use ${id} for buffers: found no such area, wanted a backend that has it`,
    {
      op: "av_buffer_pool_init2",
    },
  );
}
