import type { Buffers, Memory } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";

/** Something that was seen by running a program against the library. */
export interface QuotedFact {
  /** Asks a backend. Gives back everything that it takes. */
  ask(buffers: Buffers, out: Answer, memory: Memory): void;
  /** What it must answer. */
  readonly quoted: readonly (number | string)[];
}

function bit(value: boolean): number {
  return value ? 1 : 0;
}

/** The facts by name. */
export const QUOTED_FACTS: Readonly<Record<string, QuotedFact>> = {
  "pool-lifo-0-2-1-then-1-2-0": {
    ask(buffers, out) {
      let made = 0;
      using pool = buffers.poolInit(16, {
        allocate: (size) => buffers.create(new Uint8Array(size), { opaque: made++ }),
      });
      const refs = [pool.get(), pool.get(), pool.get()];
      for (const i of [0, 2, 1]) refs[i]!.unref();
      const again = [pool.get(), pool.get(), pool.get()];
      for (const ref of again) out.push(ref.poolOpaque as number);
      for (const ref of again) ref.unref();
    },
    quoted: [1, 2, 0],
  },
  "second-hand-out-of-57-bytes-at-32-read-only-in-a-pool-of-50": {
    ask(buffers, out) {
      using pool = buffers.poolInit(50, {
        allocate() {
          const ref = buffers.create(new Uint8Array(100), { readOnly: true });
          ref.narrow(32, 57);
          return ref;
        },
      });
      const first = pool.get();
      const { address } = first;
      for (const value of [first.size, bit(first.isWritable)]) out.push(value);
      first.unref();
      const second = pool.get();
      for (const value of [second.size, second.address - address, bit(second.isWritable)]) out.push(value);
      second.unref();
    },
    quoted: [57, 0, 50, -32, 1],
  },
  "uninit-frees-the-idle-one-then-the-others-last-released-first-then-the-pool": {
    ask(buffers, out) {
      const notes: string[] = [];
      const names = ["A", "B", "3"];
      const pool = buffers.poolInit(16, {
        allocate: (size) =>
          buffers.create(new Uint8Array(size), {
            opaque: names.shift(),
            free: (opaque) => void notes.push(`free ${opaque}`),
          }),
        free: () => void notes.push("pool_free"),
      });
      const [a, b, third] = [pool.get(), pool.get(), pool.get()];
      third.unref();
      pool.uninit();
      notes.push("released");
      a.unref();
      b.unref();
      for (const note of notes) out.text(note);
    },
    quoted: ["free 3", "released", "free B", "free A", "pool_free"],
  },
  "pool-opaque-is-the-original-one": {
    ask(buffers, out) {
      using pool = buffers.poolInit(16, {
        allocate: (size) => buffers.create(new Uint8Array(size), { opaque: "original" }),
      });
      using ref = pool.get();
      using other = ref.ref();
      out.text(String(other.poolOpaque));
      out.push(bit(other.opaque === "original" || other.opaque === null));
    },
    quoted: ["original", 0],
  },
  "buffers-of-no-bytes": {
    ask(buffers, out) {
      using allocated = buffers.alloc(0);
      using created = buffers.create(new Uint8Array());
      using resized = buffers.realloc(null, 0);
      for (const ref of [allocated, created, resized]) out.push(ref.size);
      out.push(bit(resized.address !== 0));
    },
    quoted: [0, 0, 0, 1],
  },
  "free-gets-the-original-data-of-a-narrowed-reference": {
    ask(buffers, out) {
      const data = new Uint8Array(50);
      const ref = buffers.create(data, {
        free: (_, given) => {
          out.push(given.length);
          out.push(bit(given === data));
        },
      });
      ref.narrow(10, 5);
      ref.unref();
    },
    quoted: [50, 1],
  },
  "read-only-stays-so-with-one-reference": {
    ask(buffers, out) {
      using ref = buffers.create(new Uint8Array(5), { readOnly: true });
      out.push(ref.refCount);
      out.push(bit(ref.isWritable));
    },
    quoted: [1, 0],
  },
  "make-writable-copies-what-is-shown-and-loses-the-opaque": {
    ask(buffers, out) {
      using ref = buffers.create(Uint8Array.of(0, 1, 2, 3, 4), { opaque: "A", readOnly: true });
      ref.narrow(1, 3);
      ref.makeWritable();
      out.push(ref.size);
      for (const byte of ref.data) out.push(byte);
      out.push(bit(ref.opaque === null));
    },
    quoted: [3, 1, 2, 3, 1],
  },
  "realloc-to-the-same-size-looks-at-nothing": {
    ask(buffers, out) {
      using ref = buffers.create(new Uint8Array(5), { readOnly: true });
      const { address } = ref;
      buffers.realloc(ref, 5);
      out.push(ref.address - address);
      out.push(bit(ref.readOnly));
    },
    quoted: [0, 1],
  },
  "realloc-moves-what-it-did-not-make": {
    ask(buffers, out) {
      for (const ref of [buffers.alloc(10), buffers.create(new Uint8Array(10), { opaque: "A" })]) {
        const before = ref.ref();
        buffers.realloc(ref, 20);
        for (const value of [before.size, before.refCount, ref.refCount, bit(ref.opaque === null)]) {
          out.push(value);
        }
        before.unref();
        ref.unref();
      }
    },
    quoted: [10, 1, 1, 1, 10, 1, 1, 1],
  },
  "realloc-of-a-narrowed-reference-moves": {
    ask(buffers, out) {
      const ref = buffers.realloc(null, 30);
      ref.makeMut().set([1, 2, 3], 10);
      ref.narrow(10, 3);
      buffers.realloc(ref, 5);
      for (const byte of ref.data.subarray(0, 3)) out.push(byte);
      ref.unref();
    },
    quoted: [1, 2, 3],
  },
  "replace-of-the-same-buffer-changes-only-what-is-shown": {
    ask(buffers, out) {
      const ref = buffers.alloc(50);
      const other = ref.ref();
      other.narrow(10, 5);
      const { address } = ref;
      buffers.replace(ref, other);
      for (const value of [ref.address - address, ref.size, ref.refCount]) out.push(value);
      ref.unref();
      other.unref();
    },
    quoted: [10, 5, 2],
  },
  "replace-nothing-with-nothing": {
    ask: (buffers, out) => out.push(bit(buffers.replace(null, null) === null)),
    quoted: [1],
  },
  "references-of-a-narrowed-one-are-narrow": {
    ask(buffers, out) {
      using ref = buffers.alloc(50);
      ref.narrow(10, 5);
      using other = ref.ref();
      out.push(other.size);
      out.push(other.address - ref.address);
    },
    quoted: [5, 0],
  },
  "reallocated-buffers-are-aligned-to-16-at-least": {
    ask(buffers, out, memory) {
      for (const size of [1, 100, 5000]) {
        using plain = buffers.alloc(size);
        using resized = buffers.realloc(null, size);
        out.push(plain.address % memory.alignment);
        out.push(resized.address % 16);
      }
    },
    quoted: [0, 0, 0, 0, 0, 0],
  },
};
