import { type BufferRef, MediaError } from "@mediamem/interface";
import { invalid, lengthOf, show } from "@mediamem/checks";
import type { LedgerEntry } from "@mediamem/ledger";
import { type BufferHome, checkedSize } from "./buffer_home.ts";
import type { OwnMemory } from "./buffer_memory.ts";
import { CoreBuffer } from "./core_buffer.ts";
import { PoolEntry } from "./pool_entry.ts";

type State = "live" | "given back" | "taken";

/** One reference to a {@linkcode CoreBuffer} (`AVBufferRef`). */
export class CoreBufferRef implements BufferRef {
  readonly #home: BufferHome;
  #buffer: CoreBuffer;
  #offset: number;
  #size: number;
  #state: State = "live";
  #entry: LedgerEntry | null = null;
  /** Made when it is asked for; never again while the reference shows the same bytes. */
  #data: Uint8Array<ArrayBufferLike> | null = null;

  private constructor(home: BufferHome, buffer: CoreBuffer, offset: number, size: number) {
    this.#home = home;
    this.#buffer = buffer;
    this.#offset = offset;
    this.#size = size;
  }

  /** Makes a handle for a reference that `buffer` counts already, and counts it in the ledger as handed out by `op`. */
  static open(home: BufferHome, op: string, buffer: CoreBuffer, offset: number, size: number): CoreBufferRef {
    const ref = new CoreBufferRef(home, buffer, offset, size);
    ref.#entry = home.open(op, size, ref, buffer);
    return ref;
  }

  /** Throws a `TypeError` unless `ref` is a reference of core-ts, `WRONG_OWNER` for one of another backend, `USE_AFTER_FREE` for a dead one. */
  static check(home: BufferHome, op: string, name: string, ref: BufferRef): CoreBufferRef {
    if (!(ref instanceof CoreBufferRef)) {
      throw new TypeError(`Cannot call ${op}: ${name} is ${show(ref)}, wanted a BufferRef of core-ts`);
    }
    ref.#checkLive(op);
    if (ref.#home === home) return ref;
    throw new MediaError(
      "WRONG_OWNER",
      `Cannot call ${op}: ${name} is of another backend, wanted one of this`,
      { op },
    );
  }

  get address(): number {
    this.#checkLive("AVBufferRef.data");
    return this.#buffer.memory.address + this.#offset;
  }

  get size(): number {
    this.#checkLive("AVBufferRef.size");
    return this.#size;
  }

  get data(): Uint8Array<ArrayBufferLike> {
    this.#checkLive("AVBufferRef.data");
    return this.#data ??= this.#view("AVBufferRef.data");
  }

  get live(): boolean {
    return this.#state === "live";
  }

  get refCount(): number {
    this.#checkLive("av_buffer_get_ref_count");
    return this.#buffer.refs;
  }

  get isWritable(): boolean {
    this.#checkLive("av_buffer_is_writable");
    return this.#buffer.isWritable;
  }

  get readOnly(): boolean {
    this.#checkLive("AVBufferRef");
    return this.#buffer.readOnly;
  }

  get opaque(): unknown {
    this.#checkLive("av_buffer_get_opaque");
    return this.#buffer.opaque;
  }

  get poolOpaque(): unknown {
    const op = "av_buffer_pool_buffer_get_opaque";
    this.#checkLive(op);
    const { owner } = this.#buffer;
    if (owner instanceof PoolEntry) return owner.originalOpaque;
    throw new MediaError("WRONG_OWNER", `Cannot call ${op}: the buffer is no pool's, wanted one of a pool`, {
      op,
    });
  }

  /** What it refers to. */
  get buffer(): CoreBuffer {
    return this.#buffer;
  }

  ref(): BufferRef {
    const op = "av_buffer_ref";
    this.#checkLive(op);
    return this.duplicate(op);
  }

  /** Another reference to the same bytes. */
  duplicate(op: string): CoreBufferRef {
    this.#home.checkStruct(op, "AVBufferRef");
    this.#buffer.refs++;
    return CoreBufferRef.open(this.#home, op, this.#buffer, this.#offset, this.#size);
  }

  unref(): void {
    const op = "av_buffer_unref";
    if (this.#state === "given back") {
      throw new MediaError(
        "DOUBLE_FREE",
        `Cannot call ${op}: the reference was given back before, wanted a live one${this.#sites()}`,
        { op },
      );
    }
    this.#checkLive(op);
    this.#end("given back");
    this.#buffer.unref();
  }

  [Symbol.dispose](): void {
    if (this.#state === "live") this.unref();
  }

  take(): BufferRef {
    this.#checkLive("AVBufferRef");
    const taker = new CoreBufferRef(this.#home, this.#buffer, this.#offset, this.#size);
    taker.#data = this.#data;
    taker.#entry = this.#entry;
    if (this.#entry !== null) {
      this.#home.unwatch(this);
      this.#home.watch(this.#entry, taker, this.#buffer);
    }
    this.#state = "taken";
    this.#data = null;
    return taker;
  }

  /** Ends the handle without a word to the buffer: who calls it has the reference now. */
  surrender(): void {
    this.#end("taken");
  }

  narrow(offset: number, size: number): void {
    const op = "AVBufferRef";
    this.#checkLive(op);
    const start = checkedSize(op, "offset", offset);
    const length = checkedSize(op, "size", size);
    if (start + length > this.#size) {
      invalid(
        op,
        `Cannot narrow a reference: found ${size} bytes from ${offset} on, wanted a part of its ${this.#size}`,
      );
    }
    this.#offset += start;
    this.#size = length;
    this.#data = null;
  }

  getMut(): Uint8Array<ArrayBufferLike> | null {
    return this.isWritable ? this.data : null;
  }

  makeMut(): Uint8Array<ArrayBufferLike> {
    this.makeWritable();
    return this.data;
  }

  makeWritable(): void {
    const op = "av_buffer_make_writable";
    this.#checkLive(op);
    if (this.#buffer.isWritable) return;
    const bytes = this.#bytes(op);
    this.#home.checkStruct(op, "AVBuffer");
    const memory = this.#home.allocate(op, this.#size);
    memory.view(0, this.#size).set(bytes);
    this.moveTo(op, new CoreBuffer(memory, this.#home, null, false, false), 0, this.#size);
  }

  /** Makes it `size` bytes: in place where it may, else in a new buffer that may next time. */
  realloc(op: string, size: number): void {
    if (size === this.#size) return;
    const bytes = this.#bytes(op);
    const { memory: old, reallocatable, isWritable } = this.#buffer;
    if (reallocatable && isWritable && this.#offset === 0) {
      this.#home.resize(op, old as OwnMemory, size);
      this.moveTo(op, this.#buffer, 0, size);
      return;
    }
    this.#home.checkStruct(op, "AVBuffer");
    const memory = this.#home.allocate(op, size);
    memory.view(0, size).set(bytes.subarray(0, size));
    this.moveTo(op, new CoreBuffer(memory, this.#home, null, false, true), 0, size);
  }

  /** Shows what `src`, which refers to the same buffer, shows. */
  showWhat(src: CoreBufferRef): void {
    if (this.#offset === src.#offset && this.#size === src.#size) return;
    this.#offset = src.#offset;
    this.#size = src.#size;
    this.#data = null;
  }

  /** Refers to what `src` refers to, and gives back what it referred to. */
  follow(op: string, src: CoreBufferRef): void {
    this.#home.checkStruct(op, "AVBufferRef");
    src.#buffer.refs++;
    this.moveTo(op, src.#buffer, src.#offset, src.#size);
  }

  /** Moves to a buffer that counts the reference already, and gives the old one back. What `free` throws comes out at the end. */
  moveTo(op: string, buffer: CoreBuffer, offset: number, size: number): void {
    const old = this.#buffer;
    this.#home.close(this.#entry, this);
    this.#buffer = buffer;
    this.#offset = offset;
    this.#size = size;
    this.#data = null;
    this.#entry = this.#home.open(op, size, this, buffer);
    if (old !== buffer) old.unref();
  }

  #end(state: State): void {
    this.#state = state;
    this.#data = null;
    this.#home.close(this.#entry, this);
  }

  #checkLive(op: string): void {
    if (this.#state === "live") return;
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot call ${op}: the reference was ${this.#state}, wanted a live one${this.#sites()}`,
      { op },
    );
  }

  #sites(): string {
    return this.#home.ledger.describe(this.#entry);
  }

  /** `data` for a copy: all of it, or an error. */
  #bytes(op: string): Uint8Array {
    const bytes = this.#data ?? this.#view(op);
    if (lengthOf(bytes) !== this.#size) this.#refuseMoved(op);
    return bytes;
  }

  #view(op: string): Uint8Array<ArrayBufferLike> {
    try {
      return this.#buffer.memory.view(this.#offset, this.#size);
    } catch (cause) {
      this.#refuseMoved(op, cause);
    }
  }

  /** The memory was transferred to somebody, or the program made it smaller. */
  #refuseMoved(op: string, cause?: unknown): never {
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot call ${op}: its memory was moved away, wanted memory that stays until it is given back`,
      { op, cause },
    );
  }
}
