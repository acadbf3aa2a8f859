import type { DataMarker } from "@mediamem/interface";
import {
  checkBits,
  checkBits64,
  checkInteger,
  checkLiveBytes,
  checkWord,
  encodeText,
  encodeTexts,
} from "@mediamem/checks";
import { checkUsable, checkWriter } from "./io_checks.ts";
import type { Steps } from "./io_request.ts";
import type { IoState } from "./io_state.ts";
import { utf16 } from "./utf16.ts";
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

const MARKERS = ["header", "syncPoint", "boundaryPoint", "unknown", "trailer", "flushPoint"] as const;

/** The calls that write, with the checks of their arguments. */
export const writeOperations = {
  *w8(state: IoState, value: number): Steps<void> {
    const op = "avio_w8";
    checkWriter(op, state);
    checkBits(op, value, 8);
    yield* writeByte(state, value);
  },

  *wl16(state: IoState, value: number): Steps<void> {
    const op = "avio_wl16";
    checkWriter(op, state);
    checkBits(op, value, 16);
    yield* writeLow(state, value, 2);
  },

  *wl24(state: IoState, value: number): Steps<void> {
    const op = "avio_wl24";
    checkWriter(op, state);
    checkBits(op, value, 24);
    yield* writeLow(state, value, 3);
  },

  *wl32(state: IoState, value: number): Steps<void> {
    const op = "avio_wl32";
    checkWriter(op, state);
    checkBits(op, value, 32);
    yield* writeLow(state, value, 4);
  },

  *wb16(state: IoState, value: number): Steps<void> {
    const op = "avio_wb16";
    checkWriter(op, state);
    checkBits(op, value, 16);
    yield* writeHigh(state, value, 2);
  },

  *wb24(state: IoState, value: number): Steps<void> {
    const op = "avio_wb24";
    checkWriter(op, state);
    checkBits(op, value, 24);
    yield* writeHigh(state, value, 3);
  },

  *wb32(state: IoState, value: number): Steps<void> {
    const op = "avio_wb32";
    checkWriter(op, state);
    checkBits(op, value, 32);
    yield* writeHigh(state, value, 4);
  },

  *wl64(state: IoState, value: bigint): Steps<void> {
    const op = "avio_wl64";
    checkWriter(op, state);
    checkBits64(op, value);
    yield* writeLow64(state, value);
  },

  *wb64(state: IoState, value: bigint): Steps<void> {
    const op = "avio_wb64";
    checkWriter(op, state);
    checkBits64(op, value);
    yield* writeHigh64(state, value);
  },

  *write(state: IoState, bytes: Uint8Array): Steps<void> {
    const op = "avio_write";
    checkWriter(op, state);
    checkLiveBytes(op, "bytes", bytes);
    yield* write(state, bytes);
  },

  *putStr(state: IoState, text: string | null): Steps<number> {
    const op = "avio_put_str";
    checkWriter(op, state);
    if (text === null) {
      // A number, which goes through the buffer also where the context is direct.
      yield* writeByte(state, 0);
      return 1;
    }
    const bytes = encodeText(op, text);
    const ended = new Uint8Array(bytes.length + 1);
    ended.set(bytes);
    yield* write(state, ended);
    return ended.length;
  },

  *putStr16le(state: IoState, text: string): Steps<number> {
    return yield* putStr16("avio_put_str16le", state, text, writeLow);
  },

  *putStr16be(state: IoState, text: string): Steps<number> {
    return yield* putStr16("avio_put_str16be", state, text, writeHigh);
  },

  *printStringArray(state: IoState, texts: readonly string[]): Steps<void> {
    const op = "avio_print_string_array";
    checkWriter(op, state);
    for (const bytes of encodeTexts(op, texts)) yield* write(state, bytes);
  },

  *writeMarker(state: IoState, time: number | null, type: DataMarker): Steps<void> {
    const op = "avio_write_marker";
    checkWriter(op, state);
    checkWord(op, "type", type, MARKERS);
    if (time !== null) checkInteger(op, "time", time);
    yield* writeMarker(state, time === null ? null : time + 0, type);
  },

  *flush(state: IoState): Steps<void> {
    checkUsable("avio_flush", state);
    yield* flush(state);
  },
};

function* putStr16(
  op: string,
  state: IoState,
  text: string,
  put: (state: IoState, value: number, count: number) => Steps<void>,
): Steps<number> {
  checkWriter(op, state);
  encodeText(op, text);
  const units = utf16(text);
  for (const unit of units) yield* put(state, unit, 2);
  return 2 * units.length;
}
