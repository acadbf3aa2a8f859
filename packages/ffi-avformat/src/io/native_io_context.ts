import type { DataMarker, IoContext, ReadString, Whence } from "@mediamem/interface";
import {
  checkBits,
  checkBits64,
  checkInteger,
  checkLength,
  checkLiveBytes,
  checkReads,
  checkWord,
  checkWrites,
  encodeText,
  encodeTexts,
} from "@mediamem/checks";
import { AVERROR, MediaError } from "@mediamem/interface";
import { pin, setPointer } from "@mediamem/ffi";
import { MARKERS } from "./handlers.ts";
import { NativeIoFields } from "./native_io_fields.ts";

const WHENCES = ["set", "cur", "end", "size"] as const;
const WHENCE_NUMBERS: Readonly<Record<Whence, number>> = { set: 0, cur: 1, end: 2, size: 0x10000 };
const INT_MAX = 2147483647;
const AV_NOPTS_VALUE = -(2 ** 63);
const decoder = new TextDecoder();

/** A context of libavformat. */
export class NativeIoContext extends NativeIoFields implements IoContext {
  read(into: Uint8Array): number {
    const op = "avio_read";
    const context = this.#reader(op);
    checkLiveBytes(op, "into", into);
    return this.#readResult(op, this.symbols.avio_read(context, into, into.length));
  }

  readPartial(into: Uint8Array): number {
    const op = "avio_read_partial";
    const context = this.handlers?.callbacks.read === undefined ? this.#reader(op) : this.context(op);
    checkLiveBytes(op, "into", into);
    return this.#readResult(op, this.symbols.avio_read_partial(context, into, into.length));
  }

  r8(): number {
    return this.symbols.avio_r8(this.#reader("avio_r8"));
  }

  rl16(): number {
    return this.symbols.avio_rl16(this.#reader("avio_rl16"));
  }

  rl24(): number {
    return this.symbols.avio_rl24(this.#reader("avio_rl24"));
  }

  rl32(): number {
    return this.symbols.avio_rl32(this.#reader("avio_rl32"));
  }

  rl64(): bigint {
    return this.symbols.avio_rl64(this.#reader("avio_rl64"));
  }

  rb16(): number {
    return this.symbols.avio_rb16(this.#reader("avio_rb16"));
  }

  rb24(): number {
    return this.symbols.avio_rb24(this.#reader("avio_rb24"));
  }

  rb32(): number {
    return this.symbols.avio_rb32(this.#reader("avio_rb32"));
  }

  rb64(): bigint {
    return this.symbols.avio_rb64(this.#reader("avio_rb64"));
  }

  getStr(maxLength: number, room: number = INT_MAX): ReadString {
    return this.#getString("avio_get_str", maxLength, maxLength, room);
  }

  getStr16le(maxLength: number, room: number = INT_MAX): ReadString {
    return this.#getString("avio_get_str16le", maxLength, 2 * maxLength, room);
  }

  getStr16be(maxLength: number, room: number = INT_MAX): ReadString {
    return this.#getString("avio_get_str16be", maxLength, 2 * maxLength, room);
  }

  getLine(room: number): ReadString {
    const op = "ff_get_line";
    const context = this.#reader(op);
    checkLength(op, "room", room, 1);
    const { symbols } = this;
    // The library keeps this one to itself; its demuxers go through these very calls, and past what a callback throws.
    let thrown: { readonly error: unknown } | null = null;
    const goOn = (call: (context: number) => number): number => {
      try {
        return call(context);
      } catch (error) {
        thrown ??= { error };
        return 0;
      }
    };
    const kept: number[] = [];
    const from = this.tell();
    let byte: number;
    do {
      byte = goOn(symbols.avio_r8);
      if (byte !== 0 && kept.length < room - 1) kept.push(byte);
    } while (byte !== 10 && byte !== 13 && byte !== 0);
    if (byte === 13 && goOn(symbols.avio_r8) !== 10) {
      goOn(symbols.avio_feof);
      if (!this.eofReached) goOn(() => symbols.avio_seek(context, -1, WHENCE_NUMBERS.cur));
    }
    if (thrown !== null) throw (thrown as { readonly error: unknown }).error;
    return readString(new Uint8Array(kept), this.tell() - from);
  }

  seek(offset: number, whence: Whence = "set"): number {
    const op = "avio_seek";
    const context = this.context(op);
    checkInteger(op, "offset", offset);
    checkWord(op, "whence", whence, WHENCES);
    if (whence === "cur") this.#checkReach(op, offset);
    return this.result(op, this.symbols.avio_seek(context, offset, WHENCE_NUMBERS[whence]));
  }

  skip(bytes: number): number {
    const op = "avio_skip";
    const context = this.context(op);
    checkInteger(op, "bytes", bytes);
    this.#checkReach(op, bytes);
    return this.result(op, this.symbols.avio_seek(context, bytes, WHENCE_NUMBERS.cur));
  }

  tell(): number {
    const op = "avio_tell";
    return this.result(op, this.symbols.avio_seek(this.context(op), 0, WHENCE_NUMBERS.cur));
  }

  size(): number {
    const op = "avio_size";
    return this.result(op, this.symbols.avio_size(this.context(op)));
  }

  feof(): boolean {
    return this.symbols.avio_feof(this.context("avio_feof")) !== 0;
  }

  w8(value: number): void {
    const op = "avio_w8";
    const context = this.#writer(op);
    checkBits(op, value, 8);
    this.symbols.avio_w8(context, value & 255);
  }

  wl16(value: number): void {
    const op = "avio_wl16";
    const context = this.#writer(op);
    checkBits(op, value, 16);
    this.symbols.avio_wl16(context, value & 0xffff);
  }

  wl24(value: number): void {
    const op = "avio_wl24";
    const context = this.#writer(op);
    checkBits(op, value, 24);
    this.symbols.avio_wl24(context, value & 0xffffff);
  }

  wl32(value: number): void {
    const op = "avio_wl32";
    const context = this.#writer(op);
    checkBits(op, value, 32);
    this.symbols.avio_wl32(context, value >>> 0);
  }

  wb16(value: number): void {
    const op = "avio_wb16";
    const context = this.#writer(op);
    checkBits(op, value, 16);
    this.symbols.avio_wb16(context, value & 0xffff);
  }

  wb24(value: number): void {
    const op = "avio_wb24";
    const context = this.#writer(op);
    checkBits(op, value, 24);
    this.symbols.avio_wb24(context, value & 0xffffff);
  }

  wb32(value: number): void {
    const op = "avio_wb32";
    const context = this.#writer(op);
    checkBits(op, value, 32);
    this.symbols.avio_wb32(context, value >>> 0);
  }

  wl64(value: bigint): void {
    const op = "avio_wl64";
    const context = this.#writer(op);
    checkBits64(op, value);
    this.symbols.avio_wl64(context, BigInt.asUintN(64, value));
  }

  wb64(value: bigint): void {
    const op = "avio_wb64";
    const context = this.#writer(op);
    checkBits64(op, value);
    this.symbols.avio_wb64(context, BigInt.asUintN(64, value));
  }

  write(bytes: Uint8Array): void {
    const op = "avio_write";
    const context = this.#writer(op);
    checkLiveBytes(op, "bytes", bytes);
    if (bytes.length > 0) this.symbols.avio_write(context, bytes, bytes.length);
  }

  putStr(text: string | null): number {
    const op = "avio_put_str";
    const context = this.#writer(op);
    return this.result(
      op,
      this.symbols.avio_put_str(context, text === null ? null : zeroEnded(encodeText(op, text))),
    );
  }

  putStr16le(text: string): number {
    const op = "avio_put_str16le";
    const context = this.#writer(op);
    return this.result(op, this.symbols.avio_put_str16le(context, zeroEnded(encodeText(op, text))));
  }

  putStr16be(text: string): number {
    const op = "avio_put_str16be";
    const context = this.#writer(op);
    return this.result(op, this.symbols.avio_put_str16be(context, zeroEnded(encodeText(op, text))));
  }

  printStringArray(texts: readonly string[]): void {
    const op = "avio_print_string_array";
    const context = this.#writer(op);
    const print = this.symbols.avio_print_string_array;
    if (print === null) {
      throw new MediaError(
        "ENOSYS",
        `Cannot call ${op}: this libavformat has no such function, wanted 58.31 or newer`,
        {
          op,
          averror: AVERROR.ENOSYS,
        },
      );
    }
    const pins = encodeTexts(op, texts).map((bytes) => pin(zeroEnded(bytes)));
    const pointers = new DataView(new ArrayBuffer(8 * (pins.length + 1)));
    for (const [i, { address }] of pins.entries()) setPointer(pointers, 8 * i, address);
    try {
      print(context, new Uint8Array(pointers.buffer));
    } finally {
      for (const lent of pins) lent.release();
    }
  }

  writeMarker(time: number | null, type: DataMarker): void {
    const op = "avio_write_marker";
    const context = this.#writer(op);
    checkWord(op, "type", type, MARKERS);
    if (time !== null) checkInteger(op, "time", time);
    this.symbols.avio_write_marker(context, time ?? AV_NOPTS_VALUE, MARKERS.indexOf(type));
  }

  flush(): void {
    this.symbols.avio_flush(this.context("avio_flush"));
  }

  /** Throws `EINVAL` for a way ahead that no number of JavaScript reaches the end of. */
  #checkReach(op: string, bytes: number): void {
    if (bytes > 2 ** 52 && this.tell() + bytes > Number.MAX_SAFE_INTEGER) this.result(op, AVERROR.EINVAL);
  }

  #reader(op: string): number {
    const context = this.context(op);
    checkReads(op, this.writes);
    return context;
  }

  #writer(op: string): number {
    const context = this.context(op);
    checkWrites(op, this.writes);
    return context;
  }

  #readResult(op: string, answer: number): number {
    return answer === AVERROR.EOF ? 0 : this.result(op, answer);
  }

  #getString(
    op: "avio_get_str" | "avio_get_str16le" | "avio_get_str16be",
    maxLength: number,
    longest: number,
    room: number,
  ): ReadString {
    const context = this.#reader(op);
    checkLength(op, "maxLength", maxLength, 0);
    checkLength(op, "room", room, 1);
    const size = Math.min(room, longest + 1);
    const buffer = new Uint8Array(size);
    const consumed = this.result(op, this.symbols[op](context, maxLength, buffer, size));
    return readString(buffer.slice(0, buffer.indexOf(0)), consumed);
  }
}

function readString(bytes: Uint8Array<ArrayBuffer>, consumed: number): ReadString {
  return { text: decoder.decode(bytes), bytes, consumed };
}

function zeroEnded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const ended = new Uint8Array(bytes.length + 1);
  ended.set(bytes);
  return ended;
}
