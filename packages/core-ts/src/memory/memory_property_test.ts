import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { HeapStorage } from "@mediamem/core-ts/memory";
import type { Tracing } from "@mediamem/interface";
import { assertInUse, codeOf, type TestedMemory, testedMemory } from "./testdata/tested_memory_test.ts";

const TAKES = ["malloc", "mallocz", "calloc", "memdup", "strdup", "allocPacketData"] as const;
const RESIZES = ["realloc", "reallocF", "reallocArray", "reallocp", "reallocpArray"] as const;
const FASTS = ["fastMalloc", "fastMallocz", "fastRealloc"] as const;
const ADDS = ["dynarrayAdd", "dynarrayAddNofree"] as const;

const at = fc.nat(4);
const size = fc.oneof(
  { weight: 6, arbitrary: fc.nat(150) },
  { weight: 2, arbitrary: fc.nat(3000) },
  { weight: 1, arbitrary: fc.constantFrom(2147483648, 2 ** 40) },
);
const operation = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom(...TAKES), at, size }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom(...RESIZES), at, size }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom(...FASTS), at, size }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom(...ADDS), at, size }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("free" as const, "freep" as const), at, size }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("write" as const, "backptr" as const),
      at,
      size: fc.nat(200),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cap" as const), at, size }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("budget" as const), at, size }) },
);
type Operation = (typeof operation) extends fc.Arbitrary<infer T> ? T : never;

/** A pointer of the program: a cell for any call, and what is in its block. */
interface Place {
  address: number;
  size: number;
  count: number;
  content: Uint8Array | null;
}

/** The simple model: five pointers, the bytes behind each, a cap and a budget. */
class Model {
  readonly places: Place[] = Array.from({ length: 5 }, () => ({
    address: 0,
    size: 0,
    count: 0,
    content: null,
  }));
  cap = 2147483647;
  budget = Infinity;
  #fill = 0;

  constructor(readonly tested: TestedMemory, readonly isFixed: boolean) {}

  get bytes(): number {
    return this.places.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
  }

  /** How a request ends that makes a block of `had` bytes one of `size`, null for no block. */
  verdict(size: number, had: number | null, least = size): string {
    if (least > this.cap) return "ENOMEM";
    const more = had === null ? size : size - had;
    const over = this.bytes + more > this.budget && (had === null || more > 0);
    return over ? "OVER_BUDGET" : size > 1e7 ? "ENOMEM" : "none";
  }

  /** Makes a call, and gives whether it went well; a full storage is a reason not to. */
  passes(call: () => unknown, wanted: string): boolean {
    const code = codeOf(call);
    if (wanted === "none" && this.isFixed && code === "ENOMEM") return false;
    assertEquals(code, wanted);
    return code === "none";
  }

  /** The block of a place is another, of which so much is as it was; the rest becomes known. */
  hold(place: Place, length: number, known: Uint8Array): void {
    assert(place.address !== 0 && place.address % 64 === 0);
    const { memory } = this.tested;
    assertEquals(memory.read(place.address, known.length), known);
    const content = new Uint8Array(length).fill(this.#fill = this.#fill % 250 + 1);
    content.set(known);
    memory.write(place.address, content);
    place.content = content;
  }

  drop(place: Place): void {
    Object.assign(place, { address: 0, size: 0, count: 0, content: null });
  }

  take(kind: (typeof TAKES)[number], place: Place, size: number): void {
    const { memory } = this.tested;
    memory.free(place.address);
    this.drop(place);
    const few = Math.min(size, 5000);
    const source = new Uint8Array(few).fill(65);
    const [length, least, known, call] = {
      malloc: [size, size || 1, new Uint8Array(0), () => memory.malloc(size)],
      mallocz: [size, size || 1, new Uint8Array(few), () => memory.mallocz(size)],
      calloc: [3 * size, 3 * size || 1, new Uint8Array(3 * few), () => memory.calloc(size, 3)],
      memdup: [few, few || 1, source, () => memory.memdup(source)],
      strdup: [few + 1, few + 1, new Uint8Array([...source, 0]), () => memory.strdup("A".repeat(few))],
      allocPacketData: [size + 64, size + 64, new Uint8Array(0), () => memory.allocPacketData(size)],
    }[kind] as [number, number, Uint8Array, () => number];
    const wanted = kind === "allocPacketData" && size > 2147483582
      ? "EINVAL"
      : this.verdict(length, null, least);
    if (!this.passes(() => place.address = call(), wanted)) return;
    this.hold(place, length, known);
  }

  resize(kind: (typeof RESIZES)[number], place: Place, size: number): void {
    const { memory } = this.tested;
    const had = place.content;
    const call = {
      realloc: () => place.address = memory.realloc(place.address, size),
      reallocArray: () => place.address = memory.reallocArray(place.address, size, 1),
      reallocF: () => place.address = memory.reallocF(place.address, 1, size),
      reallocp: () => memory.reallocp(place, size),
      reallocpArray: () => memory.reallocpArray(place, size, 1),
    }[kind];
    const frees = kind === "reallocp" && size === 0;
    // What C has no memory for is NULL, which for no elements is an answer like another.
    const takesNull = kind === "reallocpArray" && size === 0;
    const passed = this.passes(call, frees || takesNull ? "none" : this.verdict(size, had?.length ?? null));
    place.size = place.count = 0;
    const keeps = kind === "realloc" || kind === "reallocArray";
    if (frees || (!passed && !keeps) || (takesNull && place.address === 0)) {
      if (kind !== "reallocF") assertEquals(place.address, 0);
      return this.drop(place);
    }
    if (passed && place.address !== 0) this.hold(place, size, had?.slice(0, size) ?? new Uint8Array(0));
  }

  fast(kind: (typeof FASTS)[number], place: Place, size: number): void {
    const { memory } = this.tested;
    const { content } = place;
    const before = { ...place };
    const keeps = kind === "fastRealloc";
    if (size <= place.size) {
      memory[kind](place, size);
      return assertEquals({ ...place }, before);
    }
    const length = Math.min(this.cap, size + Math.floor(size / 16) + 32);
    if (!keeps) place.content = null;
    const had = place.content?.length ?? null;
    const wanted = size > Math.min(this.cap, 2 ** 32 - 1) ? "ENOMEM" : this.verdict(length, had);
    place.count = 0;
    if (!this.passes(() => memory[kind](place, size), wanted)) {
      assertEquals([place.address, place.size], [keeps ? before.address : 0, 0]);
      return;
    }
    assertEquals(place.size, length);
    const known = kind === "fastMallocz" ? new Uint8Array(length) : keeps ? content?.slice(0, length) : null;
    this.hold(place, length, known ?? new Uint8Array(0));
  }

  add(kind: (typeof ADDS)[number], place: Place, element: number): void {
    const { memory } = this.tested;
    const { count, content } = place;
    const isFull = (count & (count - 1)) === 0;
    const length = isFull ? 8 * (2 * count || 1) : content!.length;
    const before = { ...place };
    place.size = 0;
    const wanted = isFull ? this.verdict(length, content?.length ?? null) : "none";
    if (!this.passes(() => memory[kind](place, element), wanted)) {
      if (kind === "dynarrayAdd") {
        assertEquals([place.address, place.count], [0, 0]);
        this.drop(place);
      } else assertEquals([place.address, place.count], [before.address, before.count]);
      return;
    }
    assertEquals(place.count, count + 1);
    const known = new Uint8Array(8 * count + 8);
    known.set(content?.subarray(0, 8 * count) ?? []);
    new DataView(known.buffer).setBigUint64(8 * count, BigInt(element), true);
    this.hold(place, length, known);
  }

  touch(kind: "write" | "backptr", { address, content }: Place, from: number): void {
    const { memory } = this.tested;
    if (content === null || content.length === 0) return;
    const offset = from % content.length;
    const length = from % 67;
    const fits = offset + length <= content.length;
    if (kind === "write") {
      const bytes = new Uint8Array(length).fill(from);
      assertEquals(codeOf(() => memory.write(address + offset, bytes)), fits ? "none" : "EINVAL");
      if (fits) content.set(bytes, offset);
      return;
    }
    const back = from % 11;
    const call = (): void => memory.memcpyBackptr(address + offset, back, length);
    assertEquals(codeOf(call), fits && back <= offset ? "none" : "EINVAL");
    if (!fits || back > offset || back === 0) return;
    for (let i = offset; i < offset + length; i++) content[i] = content[i - back]!;
  }

  free(kind: "free" | "freep", place: Place): void {
    const { memory } = this.tested;
    const { address } = place;
    if (kind === "free") memory.free(address);
    else memory.freep(place);
    this.drop(place);
    if (address === 0) return;
    assertEquals(codeOf(() => memory.free(address)), "DOUBLE_FREE");
    assertEquals(codeOf(() => memory.realloc(address, 1)), "USE_AFTER_FREE");
    assertEquals(codeOf(() => memory.read(address, 0)), "USE_AFTER_FREE");
  }

  apply({ do: kind, at, size }: Operation): void {
    const place = this.places[at]!;
    const { ledger, memory } = this.tested;
    switch (kind) {
      case "free":
      case "freep":
        return this.free(kind, place);
      case "write":
      case "backptr":
        return this.touch(kind, place, size);
      case "cap":
        return memory.maxAlloc(this.cap = size);
      case "budget":
        ledger.limitBytes = this.budget = size < 50 ? Infinity : size * 2;
        return;
    }
    if ((TAKES as readonly string[]).includes(kind)) this.take(kind as (typeof TAKES)[number], place, size);
    else if ((RESIZES as readonly string[]).includes(kind)) {
      this.resize(kind as (typeof RESIZES)[number], place, size);
    } else if ((FASTS as readonly string[]).includes(kind)) {
      this.fast(kind as (typeof FASTS)[number], place, size);
    } else this.add(kind as (typeof ADDS)[number], place, size);
  }

  /** Holds account, heap and bytes against the model. */
  compare(): void {
    const held = this.places.filter(({ content }) => content !== null);
    assertInUse(this.tested, held.length, this.bytes);
    for (const { address, content } of held) {
      assertEquals(this.tested.memory.read(address, content!.length), content as Uint8Array<ArrayBuffer>);
    }
  }
}

const STORAGES: Readonly<Record<string, readonly [make: () => HeapStorage, isFixed: boolean]>> = {
  "an ArrayBuffer that is soon full": [() => new ArrayBuffer(20_001), true],
  "an ArrayBuffer that grows": [() => new ArrayBuffer(20_001, { maxByteLength: 1 << 24 }), false],
  "a WebAssembly.Memory": [() => new WebAssembly.Memory({ initial: 1, maximum: 256 }), false],
};

describe("a backend's memory under random operations", () => {
  for (const [name, [make, isFixed]] of Object.entries(STORAGES)) {
    it(`is as a simple model of it, in ${name}`, () => {
      const tracing = fc.constantFrom<Tracing[]>("off", "off", "counts");
      // Without the size, fast-check stops at about ten.
      const operations = fc.array(operation, { maxLength: 150, size: "max" });
      fc.assert(
        fc.property(tracing, fc.boolean(), operations, (tracing, checked, operations) => {
          const model = new Model(testedMemory({ storage: make(), checked, tracing }), isFixed);
          for (const one of operations) {
            model.apply(one);
            model.compare();
          }
          for (const place of model.places) model.tested.memory.freep(place);
          assertInUse(model.tested, 0, 0);
        }),
        { numRuns: 150 },
      );
    });
  }
});
