import type { BufferRef, Buffers } from "@mediamem/interface";
import { fillSeeded } from "../image/seeded.ts";
import { seededBytes } from "../memory/seeded_bytes.ts";

/** A reference of one kind, and everything else that must be given back. */
export interface KindOfRef {
  readonly ref: BufferRef;
  /** The other references to the same buffer. */
  readonly others: readonly BufferRef[];
  /** Gives everything back. */
  end(): void;
}

type Make = (
  buffers: Buffers,
  size: number,
) => { readonly ref: BufferRef; readonly others?: readonly BufferRef[] };

const MAKE: Readonly<Record<string, Make>> = {
  alloc: (buffers, size) => ({ ref: filled(buffers.alloc(size)) }),
  allocz: (buffers, size) => ({ ref: buffers.allocz(size) }),
  realloc: (buffers, size) => ({ ref: filled(buffers.realloc(null, size)) }),
  create: (buffers, size) => ({ ref: buffers.create(seededBytes(size, 1), { opaque: "A" }) }),
  readOnly: (buffers, size) => ({ ref: buffers.create(seededBytes(size, 1), { readOnly: true }) }),
  shared: shared(0),
  sharedThrice: (buffers, size) => {
    const ref = filled(buffers.realloc(null, size));
    return { ref, others: [ref.ref(), ref.ref()] };
  },
  narrowed: narrowed(16, 16),
  cutShort: narrowed(0, 16),
  narrowedAndShared: shared(16),
  pooled: (buffers, size) => {
    using pool = buffers.poolInit(size);
    return { ref: filled(pool.get()) };
  },
};

/** The kinds of references, by name. */
export const KINDS: readonly string[] = Object.keys(MAKE);

/** Makes a reference that shows `size` bytes, which follow from nothing else. */
export function makeKind(buffers: Buffers, kind: string, size: number): KindOfRef {
  const { ref, others = [] } = MAKE[kind]!(buffers, size);
  return {
    ref,
    others,
    end() {
      for (const each of [ref, ...others]) each[Symbol.dispose]();
    },
  };
}

function filled(ref: BufferRef): BufferRef {
  fillSeeded(ref.makeMut(), 1);
  return ref;
}

function narrowed(before: number, after: number): Make {
  return (buffers, size) => {
    const ref = filled(buffers.realloc(null, before + size + after));
    ref.narrow(before, size);
    return { ref };
  };
}

function shared(before: number): Make {
  return (buffers, size) => {
    const { ref } = narrowed(before, 0)(buffers, size);
    return { ref, others: [ref.ref()] };
  };
}
