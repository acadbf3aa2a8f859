import type { BufferOptions, BufferPool, BufferRef, Buffers } from "@mediamem/interface";
import { fillSeeded } from "../image/seeded.ts";
import { seededBytes } from "../memory/seeded_bytes.ts";
import type { PoolSource } from "./trace_operations.ts";

/** An error that a trace throws on purpose. */
export class PlannedError extends Error {
  /** `PlannedError`. */
  override readonly name = "PlannedError";
}

/** What a source may use. */
export interface SourceSurroundings {
  readonly buffers: Buffers;
  /** The pool that asks. */
  own(): BufferPool;
  /** The first pool of the trace. */
  first(): BufferPool;
  /** Remembers a reference, which is given back at the end of the trace. */
  keep(ref: BufferRef): void;
  /** Notes what happens. */
  note(text: string): void;
}

/** Makes the function that gives a pool its buffers. Each is marked with a letter, in the order in which they were made. */
export function poolSource(
  source: PoolSource,
  surroundings: SourceSurroundings,
): (size: number) => BufferRef | null {
  const { buffers, own, first, keep, note } = surroundings;
  let made = 0;

  function create(size: number, readOnly: boolean, rude = false): BufferRef {
    const opaque = String.fromCharCode(64 + made);
    const free: BufferOptions["free"] = (given, data) => {
      note(`free ${given} ${data.length}`);
      if (rude) throw new PlannedError(`free ${given}`);
    };
    return buffers.create(seededBytes(size, made), { opaque, free, readOnly });
  }

  return (size) => {
    made++;
    note(`allocate ${size}`);
    switch (source) {
      case "exact":
        return create(size, false);
      case "plain":
        return buffers.allocz(size);
      case "larger":
        return create(size + 7, false);
      case "window": {
        const ref = create(size + 39, true);
        ref.narrow(32, size + 7);
        return ref;
      }
      case "part": {
        const ref = create(size + 8, false);
        ref.narrow(4, size >> 1);
        return ref;
      }
      case "readOnly":
        return create(size, true);
      case "short":
        return create(Math.max(size - 1, 0), false);
      case "null":
        return made % 2 === 0 ? null : create(size, false);
      case "throw":
        if (made % 2 === 0) throw new PlannedError("allocate");
        return create(size, false);
      case "rude":
        return create(size, false, true);
      case "shared": {
        const ref = create(size, false);
        keep(ref.ref());
        return ref;
      }
      case "dead": {
        const ref = create(size, false);
        ref.unref();
        return ref;
      }
      case "pooled": {
        const ref = first().get();
        fillSeeded(ref.makeMut(), made);
        return ref;
      }
      case "own":
        return own().get();
      case "again":
        own().uninit();
        return create(size, false);
      case "nothing":
        return undefined as unknown as null;
    }
  };
}
