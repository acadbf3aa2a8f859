import { type BufferRef, MediaError } from "@mediamem/interface";
import { bufferOfArray, byteOffsetOf, invalid, lengthOf, show } from "@mediamem/checks";
import { fail, lacks, noMemory } from "../failure.ts";
import { checkSize } from "../memory/arguments.ts";
import type { BufferContext } from "./buffer_context.ts";
import { type NativeBuffer, Reference } from "./native_buffer.ts";
import { BUFFER_BYTES, REFERENCE_BYTES } from "./struct_bytes.ts";

/** A reference to a native buffer, for those who pass it on to C. */
export interface AvutilBufferRef extends BufferRef {
  /** The `AVBufferRef *`. It stays the handle's: C may look at it and take references of its own, and must not give it back. */
  readonly pointer: number;
  /** Another reference to the same buffer, with the same `data` (`av_buffer_ref`). */
  ref(): AvutilBufferRef;
  /** Moves the reference into a new handle; this one is dead afterwards. */
  take(): AvutilBufferRef;
}

type State = "live" | "given back" | "taken";

/** Gives back the references that a program forgot. */
const forgotten = new FinalizationRegistry<Reference>((reference) => {
  reference.buffer.context.ledger.abandon(reference.entry);
  dropUnseen(reference);
});

/** The same for references that were forgotten while somebody still held a view. */
const seen = new FinalizationRegistry<Reference>(dropUnseen);

/** Gives a forgotten reference back, when nobody sees its memory any more: that must not go from under a view that is in use. */
function dropUnseen(reference: Reference): void {
  const { buffer } = reference;
  const view = buffer.references.length === 1 ? buffer.views.held() : undefined;
  if (view !== undefined) {
    seen.register(view, reference);
    return;
  }
  buffer.context.drop(reference);
  buffer.context.signals.settle("av_buffer_unref");
}

/** One reference of the program's to a {@linkcode NativeBuffer}. It may outlive its backend, and can then be looked through and given back. */
export class NativeBufferRef implements AvutilBufferRef {
  readonly #reference: Reference;
  #address: number;
  #size: number;
  #state: State = "live";
  /** Made when it is asked for; the same until the reference shows other bytes. */
  #data: Uint8Array<ArrayBufferLike> | null = null;

  private constructor(reference: Reference, address: number, size: number) {
    this.#reference = reference;
    this.#address = address;
    this.#size = size;
    forgotten.register(this, reference, this);
  }

  /** Makes a handle for a reference that C gave, and counts it in the ledger as handed out by `op`. */
  static open(
    op: string,
    pointer: number,
    buffer: NativeBuffer,
    address: number,
    size: number,
  ): NativeBufferRef {
    const reference = new Reference(pointer, buffer, buffer.context.ledger.open(op, size));
    buffer.add(reference);
    return new NativeBufferRef(reference, address, size);
  }

  /** Throws a `TypeError` unless `ref` is a reference of libavutil, `WRONG_OWNER` for one of another backend, `USE_AFTER_FREE` for a dead one. */
  static check(context: BufferContext, op: string, name: string, ref: BufferRef): NativeBufferRef {
    if (!(ref instanceof NativeBufferRef)) {
      throw new TypeError(`Cannot call ${op}: ${name} is ${show(ref)}, wanted a BufferRef of libavutil`);
    }
    ref.#checkLive(op);
    if (ref.#reference.buffer.context === context) return ref;
    const message = `Cannot call ${op}: ${name} is of another backend, wanted one of this`;
    throw new MediaError("WRONG_OWNER", message, { op });
  }

  get pointer(): number {
    this.#checkLive("AVBufferRef");
    return this.#reference.pointer;
  }

  get address(): number {
    this.#checkLive("AVBufferRef.data");
    return this.#address;
  }

  get size(): number {
    this.#checkLive("AVBufferRef.size");
    return this.#size;
  }

  get data(): Uint8Array<ArrayBufferLike> {
    this.#checkLive("AVBufferRef.data");
    return this.#data ??= this.#show();
  }

  get live(): boolean {
    return this.#state === "live";
  }

  get refCount(): number {
    this.#checkLive("av_buffer_get_ref_count");
    return this.#context.symbols.av_buffer_get_ref_count(this.#reference.pointer);
  }

  get isWritable(): boolean {
    this.#checkLive("av_buffer_is_writable");
    return this.#context.symbols.av_buffer_is_writable(this.#reference.pointer) !== 0;
  }

  /** For a buffer that C made it is known only once there is no other reference, and false until then. */
  get readOnly(): boolean {
    this.#checkLive("AVBufferRef");
    const { buffer } = this.#reference;
    if (buffer.readOnly !== null) return buffer.readOnly;
    // C has no way to ask for the flag: it shows where a single reference is not writable.
    if (this.refCount !== 1) return false;
    return buffer.readOnly = !this.isWritable;
  }

  /** For a buffer that C made, the address as a number, or null for NULL. */
  get opaque(): unknown {
    this.#checkLive("av_buffer_get_opaque");
    return this.#context.opaqueAt(this.#context.symbols.av_buffer_get_opaque(this.#reference.pointer));
  }

  get poolOpaque(): unknown {
    const op = "av_buffer_pool_buffer_get_opaque";
    this.#checkLive(op);
    const { buffer, pointer } = this.#reference;
    if (buffer.member === null) {
      const message = `Cannot call ${op}: the buffer is no pool's, wanted one of a pool`;
      throw new MediaError("WRONG_OWNER", message, { op });
    }
    const context = this.#context;
    const ask = context.symbols.av_buffer_pool_buffer_get_opaque ?? lacks(context.library, op);
    return context.opaqueAt(ask(pointer));
  }

  /** What it is a handle of. */
  get reference(): Reference {
    return this.#reference;
  }

  ref(): AvutilBufferRef {
    const op = "av_buffer_ref";
    this.#settle(op);
    const { pointer, buffer } = this.#reference;
    const other = buffer.context.symbols.av_buffer_ref(pointer);
    if (other === 0) noMemory(op, REFERENCE_BYTES);
    return NativeBufferRef.open(op, other, buffer, this.#address, this.#size);
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
    this.#context.ledger.close(this.#reference.entry);
    this.#context.drop(this.#reference);
    this.#context.signals.settle(op);
  }

  [Symbol.dispose](): void {
    if (this.#state === "live") this.unref();
  }

  take(): NativeBufferRef {
    this.#checkLive("AVBufferRef");
    const taker = new NativeBufferRef(this.#reference, this.#address, this.#size);
    taker.#data = this.#data;
    this.#end("taken");
    return taker;
  }

  narrow(offset: number, size: number): void {
    const op = "AVBufferRef";
    this.#checkLive(op);
    const context = this.#context;
    checkSize(op, "offset", offset);
    checkSize(op, "size", size);
    if (offset + size > this.#size) {
      invalid(
        op,
        `Cannot narrow a reference: found ${size} bytes from ${offset} on, wanted a part of its ${this.#size}`,
      );
    }
    context.struct.write(this.#reference.pointer, this.#address + offset, size);
    this.#showOther(this.#address + offset, size);
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
    this.#settle(op);
    if (this.isWritable) return;
    this.#checkPresent(op);
    this.#move(op, this.#size, null, (cell) => this.#context.symbols.av_buffer_make_writable(cell));
  }

  /** {@linkcode Buffers.realloc} for a reference that there is. */
  realloc(op: string, size: number): void {
    const { symbols } = this.#context;
    if (size === this.#size || this.#resize(op, size)) return;
    this.#checkPresent(op);
    const { buffer } = this.#reference;
    try {
      this.#move(op, size, null, (cell) => symbols.av_buffer_realloc(cell, size));
    } finally {
      // There is a new one also where the `free` of the old one threw.
      if (this.#reference.buffer !== buffer) this.#reference.buffer.reallocatable = true;
    }
  }

  /** {@linkcode Buffers.replace} for two references that there are. */
  follow(op: string, src: NativeBufferRef): void {
    const { symbols, library } = this.#context;
    const replace = symbols.av_buffer_replace ?? lacks(library, op as "av_buffer_replace");
    const { pointer, buffer } = src.#reference;
    if (this.#reference.buffer === buffer) {
      this.#context.change(this.#reference.pointer, (cell) => replace(cell, pointer));
      if (this.#address !== src.#address || this.#size !== src.#size) {
        this.#showOther(src.#address, src.#size);
      }
    } else {
      this.#move(op, 0, buffer, (cell) => replace(cell, pointer));
    }
  }

  /** Ends the handle without a word to C: whoever calls it has the reference now. */
  surrender(): Reference {
    this.#end("taken");
    this.#context.ledger.close(this.#reference.entry);
    return this.#reference;
  }

  get #context(): BufferContext {
    return this.#reference.buffer.context;
  }

  /** Changes the size in place where C would do that; gives whether it did. */
  #resize(op: string, size: number): boolean {
    const context = this.#context;
    const { buffer, pointer } = this.#reference;
    // A pool goes on handing out the old memory of a buffer that C has resized in place.
    const inPlace = buffer.reallocatable && buffer.member === null && this.#address === buffer.start &&
      this.isWritable;
    if (!inPlace) return false;
    const taken = size > context.cap.bytes ? 0 : Math.max(0, size - buffer.length);
    if (taken > 0) context.cap.count(op, taken);
    let done = false;
    try {
      if (!buffer.views.revoke()) this.#refusePinned(op);
      this.#data = null;
      done = context.change(pointer, (cell) => context.symbols.av_buffer_realloc(cell, size)) >= 0;
    } finally {
      if (!done) context.ledger.shrink(taken);
    }
    if (!done) noMemory(op, size);
    context.struct.read(pointer);
    buffer.start = context.struct.data;
    buffer.length = size;
    context.ledger.shrink(context.account.change(buffer.key, size) + taken - size);
    this.#showOther(buffer.start, size);
    this.#reopen(op);
    return true;
  }

  /**
   * Has C put another buffer into the reference, and gives the old one back.
   *
   * Until its views are revoked, a reference of our own keeps the old one: the call either does everything or nothing.
   *
   * @param bytes Bytes of the new buffer; 0 where there is nothing new.
   * @param next The new buffer where it is one that the program refers to; null for one that C makes.
   */
  #move(op: string, bytes: number, next: NativeBuffer | null, call: (cell: Uint8Array) => number): void {
    const context = this.#context;
    const reference = this.#reference;
    const { buffer, pointer } = reference;
    const counted = next === null ? context.cap.count(op, bytes, Math.max(bytes, BUFFER_BYTES)) : 0;
    let kept = 0;
    let result = -1;
    try {
      if (buffer.references.length === 1) {
        kept = context.symbols.av_buffer_ref(pointer);
        if (kept === 0) noMemory(op, REFERENCE_BYTES);
      }
      result = context.change(pointer, call);
      if (result < 0) fail(op, result, `a buffer of ${bytes} bytes`);
    } finally {
      if (result < 0) {
        context.ledger.shrink(counted);
        if (kept !== 0) context.unref(kept);
      }
    }
    reference.pointer = context.left;
    context.struct.read(reference.pointer);
    buffer.remove(reference);
    reference.buffer = next ?? context.begin(counted);
    reference.buffer.add(reference);
    this.#showOther(context.struct.data, context.struct.size);
    this.#reopen(op);
    if (kept !== 0) context.end(buffer, kept);
    context.signals.settle(op);
  }

  #showOther(address: number, size: number): void {
    this.#address = address;
    this.#size = size;
    this.#data = null;
  }

  /** Counts the reference as handed out anew: what it keeps alive is another thing now. */
  #reopen(op: string): void {
    const { ledger } = this.#context;
    ledger.close(this.#reference.entry);
    this.#reference.entry = ledger.open(op, this.#size);
  }

  #end(state: State): void {
    this.#state = state;
    this.#data = null;
    forgotten.unregister(this);
  }

  #show(): Uint8Array<ArrayBufferLike> {
    const { program, views, start, length } = this.#reference.buffer;
    if (program !== null) return this.#showProgram(program.data, this.#address - program.address);
    const end = this.#address + this.#size;
    return this.#address >= start && end <= start + length
      ? views.show(this.#address, this.#size, start, length)
      : views.show(this.#address, this.#size, this.#address, this.#size);
  }

  #showProgram(data: Uint8Array, offset: number): Uint8Array<ArrayBufferLike> {
    this.#checkPresent("AVBufferRef.data");
    if (this.#size === lengthOf(data)) return data;
    return new Uint8Array(bufferOfArray(data), byteOffsetOf(data) + offset, this.#size);
  }

  /** Throws `USE_AFTER_FREE` where the program's memory is not where C would look for it any more. */
  #checkPresent(op: string): void {
    const { program } = this.#reference.buffer;
    if (program === null || this.#address - program.address + this.#size <= lengthOf(program.data)) return;
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot call ${op}: its memory was moved away, wanted memory that stays until it is given back`,
      { op },
    );
  }

  /** Does what C has made due. That calls functions of the program, which may have given this very reference back. */
  #settle(op: string): void {
    this.#checkLive(op);
    this.#context.signals.settle(op);
    this.#checkLive(op);
  }

  #checkLive(op: string): void {
    if (this.#state === "live") return;
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot call ${op}: the reference was ${this.#state}, wanted a live one${this.#sites()}`,
      { op },
    );
  }

  #refusePinned(op: string): never {
    throw new MediaError(
      "LOCKED",
      `Cannot call ${op}: an asynchronous operation still uses the buffer, wanted none${this.#sites()}`,
      { op },
    );
  }

  #sites(): string {
    return this.#context.ledger.describe(this.#reference.entry);
  }
}
