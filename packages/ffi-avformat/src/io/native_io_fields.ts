import { checkBoolean, checkError, checkIdle, checkLength, checkLive, ioResult } from "@mediamem/checks";
import { pointerArray } from "@mediamem/ffi";
import { type OpenStruct, openStruct } from "@mediamem/ffi-avutil/native";
import { MediaError } from "@mediamem/interface";
import type { IoContextField } from "../abi.ts";
import type { AvformatLibrary, AvformatSymbols } from "../library.ts";
import { type Handlers, unregister } from "./handlers.ts";

/** The fields of a native context, and its end. */
export class NativeIoFields implements Disposable {
  /** The functions of the library. */
  protected readonly symbols: AvformatSymbols;
  /** The callbacks; null where the library has its own. */
  protected readonly handlers: Handlers | null;
  /** Whether the context writes. */
  protected readonly writes: boolean;
  readonly #address: number;
  readonly #struct: OpenStruct<IoContextField>;
  readonly #opaque: number;
  #freed = false;

  constructor(library: AvformatLibrary, address: number, opaque: number, handlers: Handlers | null) {
    this.symbols = library.symbols;
    this.handlers = handlers;
    this.#address = address;
    this.#opaque = opaque;
    this.#struct = openStruct(library.abi.AVIOContext, address);
    this.writes = this.#struct.fields.i32("write_flag") !== 0;
  }

  get bufferSize(): number {
    return this.#fields().i32("buffer_size");
  }

  get bufPtr(): number {
    return this.#offset("buf_ptr");
  }

  get bufEnd(): number {
    return this.#offset("buf_end");
  }

  get bufPtrMax(): number {
    return this.#offset("buf_ptr_max");
  }

  get pos(): number {
    return Number(this.#fields().i64("pos"));
  }

  get eofReached(): boolean {
    return this.#fields().i32("eof_reached") !== 0;
  }

  get error(): number {
    return this.#fields().i32("error");
  }

  set error(value: number) {
    checkError("AVIOContext.error", value);
    this.#fields().setI32("error", value);
  }

  get seekable(): boolean {
    return (this.#fields().i32("seekable") & 1) !== 0;
  }

  set seekable(value: boolean) {
    checkBoolean("AVIOContext.seekable", "seekable", value);
    this.#fields().setI32("seekable", value ? 1 : 0);
  }

  get maxPacketSize(): number {
    return this.#fields().i32("max_packet_size");
  }

  set maxPacketSize(value: number) {
    checkLength("AVIOContext.maxPacketSize", "maxPacketSize", value, 0);
    this.#fields().setI32("max_packet_size", value);
  }

  get minPacketSize(): number {
    return this.#fields().i32("min_packet_size");
  }

  set minPacketSize(value: number) {
    checkLength("AVIOContext.minPacketSize", "minPacketSize", value, 0);
    this.#fields().setI32("min_packet_size", value);
  }

  get direct(): boolean {
    return this.#fields().i32("direct") !== 0;
  }

  set direct(value: boolean) {
    checkBoolean("AVIOContext.direct", "direct", value);
    this.#fields().setI32("direct", value ? 1 : 0);
  }

  get bytesRead(): number {
    return Number(this.#fields().i64("bytes_read"));
  }

  get bytesWritten(): number {
    return Number(this.#fields().i64("bytes_written"));
  }

  get writeFlag(): boolean {
    this.context("AVIOContext");
    return this.writes;
  }

  /** Sets the C function that hears what kind of data is written. */
  setWriteDataType(address: number): void {
    this.#fields().setPointer("write_data_type", address);
  }

  free(): void {
    const op = "avio_context_free";
    if (this.#freed) {
      throw new MediaError(
        "DOUBLE_FREE",
        `Cannot call ${op}: the context was freed before, wanted a live one`,
        { op },
      );
    }
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    if (!this.#freed) this.release();
  }

  /** Frees the context with its buffer. */
  protected release(): void {
    // The library may have put another buffer in the place of the first.
    const buffer = this.#struct.fields.pointer("buffer");
    const cell = pointerArray(1);
    cell.set(0, this.close("avio_context_free"));
    this.symbols.av_free(buffer);
    this.symbols.avio_context_free(cell.bytes);
  }

  /** Gives the address of the context for a call; throws where it was freed. */
  protected context(op: string): number {
    checkLive(op, this.#freed);
    if (this.handlers !== null) {
      checkIdle(op, this.handlers.busy);
      this.handlers.empty = 0;
    }
    return this.#address;
  }

  /** Gives what C returned; throws where it is negative. */
  protected result(op: string, answer: number): number {
    return ioResult(op, answer, this.#struct.fields.i32("error"), this.handlers?.cause);
  }

  /** Lets go of the struct and gives its address: whoever calls this frees it. */
  protected close(op: string): number {
    const address = this.context(op);
    this.#freed = true;
    this.#struct.memory.revoke();
    unregister(this.#opaque);
    return address;
  }

  #fields(): OpenStruct<IoContextField>["fields"] {
    this.context("AVIOContext");
    return this.#struct.fields;
  }

  #offset(field: "buf_ptr" | "buf_end" | "buf_ptr_max"): number {
    const fields = this.#fields();
    return fields.pointer(field) - fields.pointer("buffer");
  }
}
