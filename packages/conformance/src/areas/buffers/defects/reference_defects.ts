import type { BufferRef } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { defect } from "./with_buffers.ts";

/** What a reference showed before it was narrowed. */
interface Whole {
  readonly address: number;
  readonly data: Uint8Array<ArrayBufferLike>;
}

function windowLost(): Defect {
  return defect("ref-loses-window", "Another reference to a narrowed one shows the whole buffer", () => {
    const wholes = new WeakMap<BufferRef, Whole>();
    const wide = new WeakMap<BufferRef, Whole>();
    return {
      ref: (inner, wrap) => ({
        narrow(offset, size): void {
          const { address, data } = inner;
          inner.narrow(offset, size);
          if (!wholes.has(inner)) wholes.set(inner, { address, data });
        },
        ref(): BufferRef {
          const other = inner.ref();
          const whole = wholes.get(inner);
          if (whole !== undefined) wide.set(other, whole);
          return wrap(other);
        },
        get size(): number {
          return inner.live ? wide.get(inner)?.data.length ?? inner.size : inner.size;
        },
        get data(): Uint8Array<ArrayBufferLike> {
          return inner.live ? wide.get(inner)?.data ?? inner.data : inner.data;
        },
      }),
    };
  });
}

/** Mistakes in single references. */
export const referenceDefects: readonly Defect[] = [
  defect("shared-is-writable", "A buffer with several references can be written", () => ({
    ref: (inner) => ({
      getMut: () => inner.readOnly ? null : inner.data,
      get isWritable(): boolean {
        return !inner.readOnly;
      },
    }),
  })),
  defect("read-only-is-writable", "A read-only buffer with one reference can be written", () => ({
    ref: (inner) => ({
      getMut: () => inner.refCount === 1 ? inner.data : null,
      get isWritable(): boolean {
        return inner.refCount === 1;
      },
    }),
  })),
  defect(
    "make-writable-in-place",
    "A read-only buffer with one reference is made writable without a copy",
    () => ({
      ref: (inner) => ({
        makeWritable(): void {
          if (inner.refCount > 1) inner.makeWritable();
        },
      }),
    }),
  ),
  defect(
    "make-writable-keeps-opaque",
    "The copy of a buffer has the opaque of the one that was copied",
    () => {
      const opaques = new WeakMap<BufferRef, unknown>();
      return {
        ref: (inner) => ({
          makeWritable(): void {
            const { opaque } = inner;
            if (!inner.isWritable) opaques.set(inner, opaque);
            inner.makeWritable();
          },
          get opaque(): unknown {
            return inner.opaque ?? opaques.get(inner) ?? null;
          },
        }),
      };
    },
  ),
  defect("make-mut-writes-all", "Writing a shared buffer is seen through the other references", () => ({
    ref: (inner) => ({
      makeMut: () => inner.data,
    }),
  })),
  windowLost(),
  defect("narrow-beyond-end", "A part that goes beyond the end is cut off", () => ({
    ref: (inner) => ({
      narrow(offset, size): void {
        inner.narrow(offset, Math.min(size, Math.max(0, inner.size - offset)));
      },
    }),
  })),
  defect("unref-twice", "Giving a reference back twice goes unnoticed", () => ({
    ref: (inner) => ({
      unref: () => inner[Symbol.dispose](),
    }),
  })),
  defect("use-after-unref", "What was given back shows no bytes instead of an error", () => ({
    ref: (inner) => ({
      get data(): Uint8Array<ArrayBufferLike> {
        return inner.live ? inner.data : new Uint8Array();
      },
    }),
  })),
  defect("views-outlive", "Views stay when the last reference is given back", () => ({
    ref: (inner) => ({
      get data(): Uint8Array<ArrayBufferLike> {
        return inner.data.slice();
      },
    }),
  })),
  defect("take-leaves-handle", "The handle that a reference was taken from has it still", () => ({
    ref: (inner, wrap) => ({
      take: () => wrap(inner.ref()),
    }),
  })),
  defect("free-twice", "The program's memory is given back twice", () => ({
    create: (_, { free, ...options }) => ({
      ...options,
      ...(free !== undefined && {
        free(opaque: unknown, data: Uint8Array): void {
          free(opaque, data);
          free(opaque, data);
        },
      }),
    }),
  })),
  defect("free-narrowed", "The program's memory is given back as the last reference showed it", () => {
    const shown = new WeakMap<object, Uint8Array>();
    return {
      create: (data, { free, ...options }) => ({
        ...options,
        ...(free !== undefined && {
          free: (opaque: unknown, given: Uint8Array) => free(opaque, shown.get(data.buffer) ?? given),
        }),
      }),
      ref: (inner) => ({
        narrow(offset, size): void {
          inner.narrow(offset, size);
          shown.set(inner.data.buffer, inner.data);
        },
      }),
    };
  }),
  defect("free-early", "The program's memory is given back with the first reference", () => {
    const frees = new WeakMap<object, () => void>();
    return {
      create(data, { free, opaque = null, ...options }) {
        let isDone = false;
        const once = (): void => {
          if (isDone) return;
          isDone = true;
          free?.(opaque, data);
        };
        frees.set(data.buffer, once);
        return { ...options, opaque, free: once };
      },
      ref: (inner) => ({
        unref(): void {
          const buffer = inner.live ? inner.data.buffer : null;
          inner.unref();
          if (buffer !== null) frees.get(buffer)?.();
        },
      }),
    };
  }),
  defect(
    "realloc-in-place",
    "A buffer is made smaller where it is, whoever made it and whoever shares it",
    () => ({
      area: (buffers) => ({
        realloc(ref, size): BufferRef {
          if (ref?.live !== true || !Number.isInteger(size) || size < 0 || size >= ref.size) {
            return buffers.realloc(ref, size);
          }
          ref.narrow(0, size);
          return ref;
        },
      }),
    }),
  ),
  defect("realloc-same-size-moves", "A buffer that has the size already is copied", () => ({
    area: (buffers) => ({
      realloc(ref, size): BufferRef {
        if (ref?.live === true && size === ref.size) ref.makeWritable();
        return buffers.realloc(ref, size);
      },
    }),
  })),
  defect("realloc-loses-content", "A buffer that is made larger is empty", () => ({
    area: (buffers) => ({
      realloc(ref, size): BufferRef {
        const before = ref?.live === true ? ref.size : 0;
        const given = buffers.realloc(ref, size);
        if (size > before) given.getMut()?.fill(0);
        return given;
      },
    }),
  })),
  defect("replace-leaks", "What a reference referred to before is not given back", () => ({
    area: (buffers) => ({
      replace(dst, src): BufferRef | null {
        if (dst !== null && dst !== src && src?.live === true && dst.live) dst.ref();
        return buffers.replace(dst, src);
      },
    }),
  })),
  defect("replace-keeps-window", "A reference to the same buffer goes on showing what it showed", () => ({
    area: (buffers) => ({
      replace(dst, src): BufferRef | null {
        const isSame = dst?.live === true && src?.live === true && dst.refCount > 1 &&
          dst.data.buffer === src.data.buffer && dst.refCount === src.refCount;
        return isSame ? dst : buffers.replace(dst, src);
      },
    }),
  })),
  defect("allocz-last-byte", "The last byte is not made zero", () => ({
    area: (buffers) => ({
      allocz(size): BufferRef {
        const ref = buffers.allocz(size);
        if (size > 0) ref.getMut()!.fill(1, size - 1);
        return ref;
      },
    }),
  })),
  defect("budget-code", "A request beyond the budget is said to be one for which there is no memory", () => ({
    area: (buffers) => ({
      alloc(size): BufferRef {
        try {
          return buffers.alloc(size);
        } catch (error) {
          if (!(error instanceof MediaError) || error.code !== "OVER_BUDGET") throw error;
          throw new MediaError("ENOMEM", error.message, { op: error.op });
        }
      },
    }),
  })),
];
