import type { DataMarker, IoContext, ReadString, Whence } from "@mediamem/interface";
import { checkInteger, checkWord } from "@mediamem/checks";
import { feof } from "./fill.ts";
import {
  checkBits,
  checkBits64,
  checkBytes,
  checkLength,
  checkReader,
  checkUsable,
  checkWriter,
  encodeText,
  readResult,
  result,
} from "./io_checks.ts";
import type { IoState } from "./io_state.ts";
import { read, readByte, readHigh, readHigh64, readLow, readLow64, readPartial } from "./read.ts";
import { runSteps } from "./run_steps.ts";
import { seek, size } from "./seek.ts";
import { readLine, readString, readString16 } from "./strings.ts";
import {
  flush,
  write,
  writeByte,
  writeHigh,
  writeHigh64,
  writeLow,
  writeLow64,
  writeMarker,
} from "./write.ts";
import { IoFields } from "./io_fields.ts";
import { utf16 } from "./utf16.ts";

const MARKERS = ["header", "syncPoint", "boundaryPoint", "unknown", "trailer", "flushPoint"] as const;
const WHENCES = ["set", "cur", "end", "size"] as const;

/** A context whose callbacks answer at once. What is in the buffer is read without a step. */
export class SyncIoContext extends IoFields implements IoContext {
  read(into: Uint8Array): number {
    const op = "avio_read";
    checkReader(op, this.state);
    checkBytes(op, "into", into);
    return readResult(op, this.state, runSteps(this.state, read(this.state, into)));
  }

  readPartial(into: Uint8Array): number {
    const op = "avio_read_partial";
    if (this.state.callbacks.read === undefined) checkReader(op, this.state);
    checkUsable(op, this.state);
    checkBytes(op, "into", into);
    return readResult(op, this.state, runSteps(this.state, readPartial(this.state, into)));
  }

  r8(): number {
    const { state } = this;
    checkReader("avio_r8", state);
    return state.bufPtr < state.bufEnd ? state.buffer[state.bufPtr++]! : runSteps(state, readByte(state));
  }

  rl16(): number {
    const { state } = this;
    checkReader("avio_rl16", state);
    const at = state.bufPtr;
    if (at + 2 > state.bufEnd) return runSteps(state, readLow(state, 2));
    state.bufPtr = at + 2;
    return state.data.getUint16(at, true);
  }

  rl24(): number {
    const { state } = this;
    checkReader("avio_rl24", state);
    const at = state.bufPtr;
    if (at + 3 > state.bufEnd) return runSteps(state, readLow(state, 3));
    state.bufPtr = at + 3;
    return state.data.getUint16(at, true) | state.buffer[at + 2]! << 16;
  }

  rl32(): number {
    const { state } = this;
    checkReader("avio_rl32", state);
    const at = state.bufPtr;
    if (at + 4 > state.bufEnd) return runSteps(state, readLow(state, 4));
    state.bufPtr = at + 4;
    return state.data.getUint32(at, true);
  }

  rl64(): bigint {
    const { state } = this;
    checkReader("avio_rl64", state);
    const at = state.bufPtr;
    if (at + 8 > state.bufEnd) return runSteps(state, readLow64(state));
    state.bufPtr = at + 8;
    return state.data.getBigUint64(at, true);
  }

  rb16(): number {
    const { state } = this;
    checkReader("avio_rb16", state);
    const at = state.bufPtr;
    if (at + 2 > state.bufEnd) return runSteps(state, readHigh(state, 2));
    state.bufPtr = at + 2;
    return state.data.getUint16(at);
  }

  rb24(): number {
    const { state } = this;
    checkReader("avio_rb24", state);
    const at = state.bufPtr;
    if (at + 3 > state.bufEnd) return runSteps(state, readHigh(state, 3));
    state.bufPtr = at + 3;
    return state.data.getUint16(at) << 8 | state.buffer[at + 2]!;
  }

  rb32(): number {
    const { state } = this;
    checkReader("avio_rb32", state);
    const at = state.bufPtr;
    if (at + 4 > state.bufEnd) return runSteps(state, readHigh(state, 4));
    state.bufPtr = at + 4;
    return state.data.getUint32(at);
  }

  rb64(): bigint {
    const { state } = this;
    checkReader("avio_rb64", state);
    const at = state.bufPtr;
    if (at + 8 > state.bufEnd) return runSteps(state, readHigh64(state));
    state.bufPtr = at + 8;
    return state.data.getBigUint64(at);
  }

  getStr(maxLength: number, room: number = maxLength + 1): ReadString {
    const op = "avio_get_str";
    this.#checkString(op, maxLength, room);
    return runSteps(this.state, readString(this.state, maxLength, room));
  }

  getStr16le(maxLength: number, room: number = 2 * maxLength + 1): ReadString {
    this.#checkString("avio_get_str16le", maxLength, room);
    return runSteps(this.state, readString16(this.state, maxLength, room, readLow));
  }

  getStr16be(maxLength: number, room: number = 2 * maxLength + 1): ReadString {
    this.#checkString("avio_get_str16be", maxLength, room);
    return runSteps(this.state, readString16(this.state, maxLength, room, readHigh));
  }

  getLine(room: number): ReadString {
    const op = "ff_get_line";
    checkReader(op, this.state);
    checkLength(op, "room", room, 1);
    return runSteps(this.state, readLine(this.state, room));
  }

  seek(offset: number, whence: Whence = "set"): number {
    const op = "avio_seek";
    checkUsable(op, this.state);
    checkInteger(op, "offset", offset);
    checkWord(op, "whence", whence, WHENCES);
    return result(op, this.state, runSteps(this.state, seek(this.state, offset, whence)));
  }

  skip(bytes: number): number {
    const op = "avio_skip";
    checkUsable(op, this.state);
    checkInteger(op, "bytes", bytes);
    return result(op, this.state, runSteps(this.state, seek(this.state, bytes, "cur")));
  }

  tell(): number {
    checkUsable("avio_tell", this.state);
    return this.state.start + this.state.bufPtr;
  }

  size(): number {
    const op = "avio_size";
    checkUsable(op, this.state);
    return result(op, this.state, runSteps(this.state, size(this.state)));
  }

  feof(): boolean {
    checkUsable("avio_feof", this.state);
    return this.state.eofReached && runSteps(this.state, feof(this.state));
  }

  w8(value: number): void {
    const op = "avio_w8";
    checkWriter(op, this.state);
    checkBits(op, value, 8);
    runSteps(this.state, writeByte(this.state, value));
  }

  wl16(value: number): void {
    const op = "avio_wl16";
    checkWriter(op, this.state);
    checkBits(op, value, 16);
    runSteps(this.state, writeLow(this.state, value, 2));
  }

  wl24(value: number): void {
    const op = "avio_wl24";
    checkWriter(op, this.state);
    checkBits(op, value, 24);
    runSteps(this.state, writeLow(this.state, value, 3));
  }

  wl32(value: number): void {
    const op = "avio_wl32";
    checkWriter(op, this.state);
    checkBits(op, value, 32);
    runSteps(this.state, writeLow(this.state, value, 4));
  }

  wb16(value: number): void {
    const op = "avio_wb16";
    checkWriter(op, this.state);
    checkBits(op, value, 16);
    runSteps(this.state, writeHigh(this.state, value, 2));
  }

  wb24(value: number): void {
    const op = "avio_wb24";
    checkWriter(op, this.state);
    checkBits(op, value, 24);
    runSteps(this.state, writeHigh(this.state, value, 3));
  }

  wb32(value: number): void {
    const op = "avio_wb32";
    checkWriter(op, this.state);
    checkBits(op, value, 32);
    runSteps(this.state, writeHigh(this.state, value, 4));
  }

  wl64(value: bigint): void {
    const op = "avio_wl64";
    checkWriter(op, this.state);
    checkBits64(op, value);
    runSteps(this.state, writeLow64(this.state, value));
  }

  wb64(value: bigint): void {
    const op = "avio_wb64";
    checkWriter(op, this.state);
    checkBits64(op, value);
    runSteps(this.state, writeHigh64(this.state, value));
  }

  write(bytes: Uint8Array): void {
    const op = "avio_write";
    checkWriter(op, this.state);
    checkBytes(op, "bytes", bytes);
    runSteps(this.state, write(this.state, bytes));
  }

  putStr(text: string | null): number {
    const op = "avio_put_str";
    checkWriter(op, this.state);
    const bytes = zeroEnded(text === null ? EMPTY : encodeText(op, text));
    runSteps(this.state, write(this.state, bytes));
    return bytes.length;
  }

  putStr16le(text: string): number {
    return this.#putStr16("avio_put_str16le", text, true);
  }

  putStr16be(text: string): number {
    return this.#putStr16("avio_put_str16be", text, false);
  }

  printStringArray(texts: readonly string[]): void {
    const op = "avio_print_string_array";
    checkWriter(op, this.state);
    for (const bytes of texts.map((text) => encodeText(op, text))) {
      runSteps(this.state, write(this.state, bytes));
    }
  }

  writeMarker(time: number | null, type: DataMarker): void {
    const op = "avio_write_marker";
    checkWriter(op, this.state);
    checkWord(op, "type", type, MARKERS);
    if (time !== null) checkInteger(op, "time", time);
    runSteps(this.state, writeMarker(this.state, time, type));
  }

  flush(): void {
    checkUsable("avio_flush", this.state);
    runSteps(this.state, flush(this.state));
  }

  #checkString(op: string, maxLength: number, room: number): void {
    checkReader(op, this.state);
    checkLength(op, "maxLength", maxLength, 0);
    checkLength(op, "room", room, 1);
  }

  #putStr16(op: string, text: string, little: boolean): number {
    checkWriter(op, this.state);
    encodeText(op, text);
    const units = utf16(text);
    const put = little ? writeLow : writeHigh;
    for (const unit of units) runSteps(this.state, put(this.state, unit, 2));
    return 2 * units.length;
  }
}

const EMPTY = new Uint8Array(0);

function zeroEnded(bytes: Uint8Array): Uint8Array {
  const ended = new Uint8Array(bytes.length + 1);
  ended.set(bytes);
  return ended;
}
