import type { DataMarker, IoContext, ReadString, Whence } from "@mediamem/interface";
import { checkLiveBytes, lengthOf } from "@mediamem/checks";
import { checkUsable } from "./io_checks.ts";
import { IoFields } from "./io_fields.ts";
import { readOperations } from "./read_operations.ts";
import { runSteps } from "./run_steps.ts";
import { writeOperations } from "./write_operations.ts";

const MAX_64 = 0xffffffffffffffffn;

/** A context whose callbacks answer at once. What the buffer has, or has room for, takes no step. */
export class SyncIoContext extends IoFields implements IoContext {
  read(into: Uint8Array): number {
    const { state } = this;
    checkLiveBytes("avio_read", "into", into);
    const at = state.bufPtr;
    const length = lengthOf(into);
    // No bytes can be the end of the file or an error.
    if (length === 0 || at + length > state.readEnd) {
      return runSteps(state, readOperations.read(state, into));
    }
    into.set(state.buffer.subarray(at, at + length));
    state.bufPtr = at + length;
    return length;
  }

  readPartial(into: Uint8Array): number {
    const { state } = this;
    return runSteps(state, readOperations.readPartial(state, into));
  }

  r8(): number {
    const { state } = this;
    const at = state.bufPtr;
    if (at + 1 > state.readEnd) return runSteps(state, readOperations.r8(state)) >>> 0;
    state.bufPtr = at + 1;
    return state.buffer[at]!;
  }

  rl16(): number {
    const { state } = this;
    const at = state.bufPtr;
    if (at + 2 > state.readEnd) return runSteps(state, readOperations.rl16(state)) >>> 0;
    state.bufPtr = at + 2;
    return state.data.getUint16(at, true);
  }

  rl24(): number {
    const { state } = this;
    const at = state.bufPtr;
    if (at + 3 > state.readEnd) return runSteps(state, readOperations.rl24(state)) >>> 0;
    state.bufPtr = at + 3;
    return state.data.getUint16(at, true) | state.buffer[at + 2]! << 16;
  }

  rl32(): number {
    const { state } = this;
    const at = state.bufPtr;
    if (at + 4 > state.readEnd) return runSteps(state, readOperations.rl32(state)) >>> 0;
    state.bufPtr = at + 4;
    return state.data.getUint32(at, true);
  }

  rl64(): bigint {
    const { state } = this;
    const at = state.bufPtr;
    if (at + 8 > state.readEnd) return runSteps(state, readOperations.rl64(state));
    state.bufPtr = at + 8;
    return state.data.getBigUint64(at, true);
  }

  rb16(): number {
    const { state } = this;
    const at = state.bufPtr;
    if (at + 2 > state.readEnd) return runSteps(state, readOperations.rb16(state)) >>> 0;
    state.bufPtr = at + 2;
    return state.data.getUint16(at);
  }

  rb24(): number {
    const { state } = this;
    const at = state.bufPtr;
    if (at + 3 > state.readEnd) return runSteps(state, readOperations.rb24(state)) >>> 0;
    state.bufPtr = at + 3;
    return state.data.getUint16(at) << 8 | state.buffer[at + 2]!;
  }

  rb32(): number {
    const { state } = this;
    const at = state.bufPtr;
    if (at + 4 > state.readEnd) return runSteps(state, readOperations.rb32(state)) >>> 0;
    state.bufPtr = at + 4;
    return state.data.getUint32(at);
  }

  rb64(): bigint {
    const { state } = this;
    const at = state.bufPtr;
    if (at + 8 > state.readEnd) return runSteps(state, readOperations.rb64(state));
    state.bufPtr = at + 8;
    return state.data.getBigUint64(at);
  }

  getStr(maxLength: number, room?: number): ReadString {
    const { state } = this;
    return runSteps(state, readOperations.getStr(state, maxLength, room));
  }

  getStr16le(maxLength: number, room?: number): ReadString {
    const { state } = this;
    return runSteps(state, readOperations.getStr16le(state, maxLength, room));
  }

  getStr16be(maxLength: number, room?: number): ReadString {
    const { state } = this;
    return runSteps(state, readOperations.getStr16be(state, maxLength, room));
  }

  getLine(room: number): ReadString {
    const { state } = this;
    return runSteps(state, readOperations.getLine(state, room));
  }

  seek(offset: number, whence?: Whence): number {
    const { state } = this;
    return runSteps(state, readOperations.seek(state, offset, whence));
  }

  skip(bytes: number): number {
    const { state } = this;
    const at = state.bufPtr;
    if (
      state.direct || !(bytes >>> 0 === bytes && bytes > 0) || at + bytes > state.readEnd
    ) {
      return runSteps(state, readOperations.skip(state, bytes));
    }
    state.bufPtrMax = Math.max(state.bufPtrMax, at);
    state.bufPtr = at + bytes;
    state.eofReached = false;
    return state.start + state.bufPtr;
  }

  size(): number {
    const { state } = this;
    return runSteps(state, readOperations.size(state));
  }

  feof(): boolean {
    const { state } = this;
    return runSteps(state, readOperations.feof(state));
  }

  tell(): number {
    const { state } = this;
    checkUsable("avio_tell", state);
    return state.start + state.bufPtr;
  }

  w8(value: number): void {
    const { state } = this;
    const at = state.bufPtr;
    // The byte that fills the buffer also flushes it.
    if (at + 1 >= state.writeEnd || !(value >>> 0 === value && value <= 0xff)) {
      runSteps(state, writeOperations.w8(state, value));
      return;
    }
    state.bufPtr = at + 1;
    state.data.setUint8(at, value);
  }

  wl16(value: number): void {
    const { state } = this;
    const at = state.bufPtr;
    // The byte that fills the buffer also flushes it.
    if (at + 2 >= state.writeEnd || !(value >>> 0 === value && value <= 0xffff)) {
      runSteps(state, writeOperations.wl16(state, value));
      return;
    }
    state.bufPtr = at + 2;
    state.data.setUint16(at, value, true);
  }

  wl24(value: number): void {
    const { state } = this;
    const at = state.bufPtr;
    // The byte that fills the buffer also flushes it.
    if (at + 3 >= state.writeEnd || !(value >>> 0 === value && value <= 0xffffff)) {
      runSteps(state, writeOperations.wl24(state, value));
      return;
    }
    state.bufPtr = at + 3;
    state.data.setUint16(at, value & 0xffff, true);
    state.data.setUint8(at + 2, value >>> 16);
  }

  wl32(value: number): void {
    const { state } = this;
    const at = state.bufPtr;
    // The byte that fills the buffer also flushes it.
    if (at + 4 >= state.writeEnd || !(value >>> 0 === value)) {
      runSteps(state, writeOperations.wl32(state, value));
      return;
    }
    state.bufPtr = at + 4;
    state.data.setUint32(at, value, true);
  }

  wl64(value: bigint): void {
    const { state } = this;
    const at = state.bufPtr;
    // The byte that fills the buffer also flushes it.
    if (at + 8 >= state.writeEnd || !(typeof value === "bigint" && value >= 0n && value <= MAX_64)) {
      runSteps(state, writeOperations.wl64(state, value));
      return;
    }
    state.bufPtr = at + 8;
    state.data.setBigUint64(at, value, true);
  }

  wb16(value: number): void {
    const { state } = this;
    const at = state.bufPtr;
    // The byte that fills the buffer also flushes it.
    if (at + 2 >= state.writeEnd || !(value >>> 0 === value && value <= 0xffff)) {
      runSteps(state, writeOperations.wb16(state, value));
      return;
    }
    state.bufPtr = at + 2;
    state.data.setUint16(at, value);
  }

  wb24(value: number): void {
    const { state } = this;
    const at = state.bufPtr;
    // The byte that fills the buffer also flushes it.
    if (at + 3 >= state.writeEnd || !(value >>> 0 === value && value <= 0xffffff)) {
      runSteps(state, writeOperations.wb24(state, value));
      return;
    }
    state.bufPtr = at + 3;
    state.data.setUint16(at, value >>> 8);
    state.data.setUint8(at + 2, value & 0xff);
  }

  wb32(value: number): void {
    const { state } = this;
    const at = state.bufPtr;
    // The byte that fills the buffer also flushes it.
    if (at + 4 >= state.writeEnd || !(value >>> 0 === value)) {
      runSteps(state, writeOperations.wb32(state, value));
      return;
    }
    state.bufPtr = at + 4;
    state.data.setUint32(at, value);
  }

  wb64(value: bigint): void {
    const { state } = this;
    const at = state.bufPtr;
    // The byte that fills the buffer also flushes it.
    if (at + 8 >= state.writeEnd || !(typeof value === "bigint" && value >= 0n && value <= MAX_64)) {
      runSteps(state, writeOperations.wb64(state, value));
      return;
    }
    state.bufPtr = at + 8;
    state.data.setBigUint64(at, value);
  }

  write(bytes: Uint8Array): void {
    const { state } = this;
    checkLiveBytes("avio_write", "bytes", bytes);
    const length = lengthOf(bytes);
    // What fills the buffer also flushes it.
    if (state.direct || state.bufPtr + length >= state.writeEnd) {
      runSteps(state, writeOperations.write(state, bytes));
      return;
    }
    state.buffer.set(bytes, state.bufPtr);
    state.bufPtr += length;
  }

  putStr(text: string | null): number {
    const { state } = this;
    return runSteps(state, writeOperations.putStr(state, text));
  }

  putStr16le(text: string): number {
    const { state } = this;
    return runSteps(state, writeOperations.putStr16le(state, text));
  }

  putStr16be(text: string): number {
    const { state } = this;
    return runSteps(state, writeOperations.putStr16be(state, text));
  }

  printStringArray(texts: readonly string[]): void {
    const { state } = this;
    runSteps(state, writeOperations.printStringArray(state, texts));
  }

  writeMarker(time: number | null, type: DataMarker): void {
    const { state } = this;
    runSteps(state, writeOperations.writeMarker(state, time, type));
  }

  flush(): void {
    const { state } = this;
    runSteps(state, writeOperations.flush(state));
  }
}
