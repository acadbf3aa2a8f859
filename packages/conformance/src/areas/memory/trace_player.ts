import type { Backend, Ledger, Memory } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { Operation } from "../../model.ts";
import { codeOf, DEFAULT_MAX_ALLOC, isLive, LEAST_ALIGNMENT } from "./attempt.ts";
import { ledgerOf, memoryOf } from "./backend_areas.ts";
import { seededBytes } from "./seeded_bytes.ts";
import { TracePlace } from "./trace_place.ts";

/** Operations that take no memory, so that an address which was freed before them is still nobody's. */
const QUIET: ReadonlySet<string> = new Set([
  "free",
  "freep",
  "read",
  "write",
  "unsafeView",
  "memcpyBackptr",
  "maxAlloc",
  "limit",
  "sizeMult",
]);

/** What is said of an address that is not that of a block in use. */
const MISPLACED: ReadonlySet<string> = new Set(["USE_AFTER_FREE", "DOUBLE_FREE", "WRONG_OWNER"]);

/** Plays the operations of a trace on one backend and says what can be seen after each. */
export class TracePlayer {
  readonly #memory: Memory;
  readonly #ledger: Ledger;
  readonly #out: Answer;
  readonly #places: TracePlace[] = [];
  /** Blocks that no place holds any more. */
  readonly #lost: TracePlace[] = [];
  readonly #liveBefore: number;
  readonly #bytesBefore: number;
  readonly #limitBefore: number;
  #step = 0;
  #tookAt = 0;

  /** Gets ready to play on a backend. */
  constructor(backend: Backend, out: Answer) {
    this.#memory = memoryOf(backend);
    this.#ledger = ledgerOf(backend);
    this.#out = out;
    this.#liveBefore = this.#ledger.live;
    this.#bytesBefore = this.#ledger.bytes;
    this.#limitBefore = this.#ledger.limitBytes;
  }

  /** Plays one operation: `ok` and what it gave or the code of its error, what became of its place, and the account. */
  play(operation: Operation): void {
    const at = operation["at"];
    const place = typeof at === "number" ? this.#places[at] ??= new TracePlace() : null;
    // Once memory was taken, what was freed before may be somebody's on one side and nobody's on the other.
    if (place?.isDangling && this.#tookAt > place.freedAt) place.forget();
    this.#step++;
    if (!QUIET.has(operation.op)) this.#tookAt = this.#step;
    const by = (operation["by"] ?? operation["from"] ?? 0) as number;
    const there = place?.lookAt(by);
    // What lies there is another thing on each side.
    if (there === "unknown") return this.#out.text("elsewhere");
    try {
      if (place === null) this.#playWithout(operation);
      else this.#playAt(operation, place);
    } catch (error) {
      const code = codeOf(error);
      // Memory that is nobody's may have been somebody's before on one side only.
      this.#out.text(there === "nobodys" && MISPLACED.has(code) ? "nobody's" : code);
      if (place !== null) this.#settle(place);
    }
    this.#account();
  }

  /** Looks at every block once more, frees everything, and says what is left on the account. */
  end(): void {
    this.#memory.maxAlloc(DEFAULT_MAX_ALLOC);
    this.#ledger.limitBytes = this.#limitBefore;
    for (const place of [...this.#places.filter((each) => each !== undefined), ...this.#lost]) {
      if (place.length < 0) continue;
      this.#content(place);
      try {
        this.#memory.freep(place.cell);
      } catch (error) {
        this.#out.text(codeOf(error));
      }
    }
    this.#account();
  }

  #playWithout(operation: Operation): void {
    const memory = this.#memory;
    switch (operation.op) {
      case "maxAlloc":
        memory.maxAlloc(operation["max"] as number);
        return this.#out.text("ok");
      case "limit": {
        const bytes = operation["bytes"] as number | null;
        this.#ledger.limitBytes = bytes === null ? Infinity : this.#bytesBefore + bytes;
        return this.#out.text("ok");
      }
      case "sizeMult": {
        const product = memory.sizeMult(operation["a"] as number, operation["b"] as number);
        this.#out.text("ok");
        return this.#out.push(product);
      }
    }
    throw unknown(operation);
  }

  #playAt(operation: Operation, place: TracePlace): void {
    const memory = this.#memory;
    const { op } = operation;
    const number = (name: string): number => operation[name] as number;
    const text = operation["text"] as string | null;
    const by = number("by") ?? 0;
    const address = place.cell.address + by;
    switch (op) {
      case "malloc":
      case "mallocz":
      case "allocPacketData": {
        const size = number("size");
        const taken = memory[op](size);
        if (op === "allocPacketData") {
          return this.#take(place, taken, size + 64, { from: size, to: size + 64 });
        }
        return this.#take(place, taken, size, { from: 0, to: op === "malloc" ? 0 : size }, memory.alignment);
      }
      case "mallocArray":
      case "calloc": {
        const taken = memory[op](number("count"), number("size"));
        const length = number("count") * number("size");
        return this.#take(
          place,
          taken,
          length,
          { from: 0, to: op === "calloc" ? length : 0 },
          memory.alignment,
        );
      }
      case "memdup": {
        const bytes = operation["size"] === null ? null : seededBytes(number("size"), number("seed"));
        const taken = memory.memdup(bytes);
        return this.#take(place, taken, bytes?.length ?? -1, ALL, memory.alignment);
      }
      case "strdup":
        return this.#take(place, memory.strdup(text), text === null ? -1 : utf8(text) + 1, ALL);
      case "strndup": {
        const taken = memory.strndup(text, number("length"));
        return this.#take(place, taken, text === null ? -1 : Math.min(utf8(text), number("length")) + 1, ALL);
      }
      case "realloc":
        return this.#resize(place, memory.realloc(address, number("size")), number("size"));
      case "reallocF":
      case "reallocArray": {
        const moved = memory[op](address, number("count"), number("size"));
        return this.#resize(place, moved, number("count") * number("size"));
      }
      case "reallocp": {
        this.#aside(place, by, () => memory.reallocp(place.cell, number("size")));
        return this.#resize(place, place.cell.address, number("size"));
      }
      case "reallocpArray": {
        this.#aside(place, by, () => memory.reallocpArray(place.cell, number("count"), number("size")));
        return this.#resize(place, place.cell.address, number("count") * number("size"));
      }
      case "free":
        memory.free(address);
        place.leave(this.#step);
        return this.#out.text("ok");
      case "freep":
        this.#aside(place, by, () => memory.freep(place.cell));
        this.#out.text("ok");
        this.#out.push(place.cell.address);
        return place.forget();
      case "fastMalloc":
      case "fastMallocz":
      case "fastRealloc":
        return this.#fast(op, place, number("size"), by);
      case "dynarrayAdd":
      case "dynarrayAddNofree":
        return this.#add(place, 8, by, () => {
          memory[op](place.cell, number("element"));
          return null;
        });
      case "dynarray2Add": {
        const size = number("size");
        const data = operation["seed"] === null ? null : seededBytes(size, number("seed"));
        return this.#add(place, size, by, () => memory.dynarray2Add(place.cell, size, data), data === null);
      }
      case "write":
        memory.write(address + number("from"), seededBytes(number("length"), number("seed")));
        return this.#changed(place);
      case "read":
        return this.#seen(memory.read(address + number("from"), number("length")));
      case "unsafeView":
        return this.#seen(memory.unsafeView(address + number("from"), number("length")));
      case "memcpyBackptr":
        memory.memcpyBackptr(address + number("from"), number("back"), number("count"));
        return this.#changed(place);
    }
    throw unknown(operation);
  }

  /** A place got a new block, of which some bytes are known; the others become so now. */
  #take(
    place: TracePlace,
    address: number,
    length: number,
    known: { readonly from: number; readonly to: number },
    alignment = LEAST_ALIGNMENT,
  ): void {
    if (place.length >= 0) {
      const lost = new TracePlace();
      lost.hold(place.cell.address, place.length);
      this.#lost.push(lost);
    }
    place.hold(address, address === 0 ? -1 : length);
    this.#out.text("ok");
    this.#placed(place, alignment);
    if (place.length < 0) return;
    const to = Math.min(known.to, length);
    this.#out.bytes(this.#memory.read(address + known.from, to - known.from));
    this.#fill(place, 0, known.from);
    this.#fill(place, to, length);
  }

  /** The block of a place became larger or smaller. */
  #resize(place: TracePlace, address: number, length: number): void {
    const kept = Math.min(Math.max(place.length, 0), length);
    place.hold(address, address === 0 ? -1 : length);
    this.#out.text("ok");
    this.#placed(place, LEAST_ALIGNMENT);
    if (place.length >= 0) this.#known(place, kept);
  }

  #fast(op: "fastMalloc" | "fastMallocz" | "fastRealloc", place: TracePlace, size: number, by: number): void {
    const { cell, length } = place;
    const before = { ...cell };
    this.#aside(place, by, () => this.#memory[op](cell, size));
    this.#out.text("ok");
    const isNew = cell.size !== before.size;
    this.#out.push(isNew ? 1 : 0);
    if (!isNew) {
      this.#out.push(cell.address === before.address ? 1 : 0);
      return this.#cell(place);
    }
    place.length = cell.address === 0 ? -1 : cell.size;
    cell.count = 0;
    this.#placed(place, op === "fastRealloc" ? LEAST_ALIGNMENT : this.#memory.alignment);
    this.#cell(place);
    if (place.length < 0) return;
    if (op === "fastRealloc") this.#known(place, Math.min(Math.max(length, 0), place.length));
    else this.#known(place, op === "fastMallocz" ? place.length : 0);
  }

  #add(place: TracePlace, size: number, by: number, call: () => number | null, unknownElement = false): void {
    const { cell } = place;
    // C would write past the end of the block.
    if (cell.count > 0 && place.elementSize !== size) return this.#out.text("another size");
    const { count } = cell;
    const element = this.#aside(place, by, call);
    this.#out.text("ok");
    if (element !== null) this.#out.push(element - cell.address);
    if ((count & (count - 1)) === 0) place.length = Math.max(2 * count, 1) * size;
    place.elementSize = size;
    cell.size = 0;
    this.#placed(place, LEAST_ALIGNMENT);
    this.#cell(place);
    this.#known(place, (unknownElement ? count : count + 1) * size);
  }

  /** Makes a call with a pointer that is `by` bytes beside that of the place. */
  #aside<T>({ cell }: TracePlace, by: number, call: () => T): T {
    const beside = cell.address += by;
    try {
      return call();
    } finally {
      if (cell.address === beside) cell.address -= by;
    }
  }

  /** The bytes of a block changed. */
  #changed(place: TracePlace): void {
    this.#out.text("ok");
    this.#content(place);
  }

  #seen(bytes: Uint8Array): void {
    this.#out.text("ok");
    this.#out.bytes(bytes);
  }

  /** Says where a block lies, as far as that does not depend on the allocator. */
  #placed({ cell, length }: TracePlace, alignment: number): void {
    const { address } = cell;
    this.#out.push(address === 0 ? 0 : 1);
    this.#out.push(address % alignment === 0 ? 1 : 0);
    const others = [...this.#places, ...this.#lost].filter((other) => other?.overlaps(address, length));
    this.#out.push(length < 0 ? 0 : others.length - 1);
  }

  #cell({ cell }: TracePlace): void {
    this.#out.push(cell.size);
    this.#out.push(cell.count);
  }

  /** Says what the first bytes of a block are, and makes the others known too. */
  #known(place: TracePlace, length: number): void {
    this.#out.bytes(this.#memory.read(place.cell.address, length));
    this.#fill(place, length, place.length);
  }

  /** A library hands out memory with what was in it before; here it follows from the trace. */
  #fill({ cell }: TracePlace, from: number, to: number): void {
    if (from < to) this.#memory.write(cell.address + from, seededBytes(to - from, this.#step));
  }

  /** Finds out what an operation left that did not go well. */
  #settle(place: TracePlace): void {
    const { cell } = place;
    if (place.length >= 0 && !isLive(this.#memory, cell.address)) {
      place.leave(this.#step);
    }
    this.#out.push(cell.address === 0 ? 0 : 1);
    this.#cell(place);
    this.#content(place);
  }

  #content({ cell, length }: TracePlace): void {
    if (length < 0) return this.#out.push(-1);
    try {
      this.#out.bytes(this.#memory.read(cell.address, length));
    } catch (error) {
      this.#out.text(codeOf(error));
    }
  }

  #account(): void {
    this.#out.push(this.#ledger.live - this.#liveBefore);
    this.#out.push(this.#ledger.bytes - this.#bytesBefore);
  }
}

const ALL = { from: 0, to: Infinity };

function utf8(text: string): number {
  return new TextEncoder().encode(text).length;
}

function unknown({ op }: Operation): Error {
  // No TypeError: that is an answer, on which both sides would agree.
  return new Error(
    `Cannot play a trace: found the operation ${op}, wanted one that is in trace_operations.ts`,
  );
}
