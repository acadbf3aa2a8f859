import type { ReadString } from "@mediamem/interface";
import { feof } from "./fill.ts";
import type { Steps } from "./io_request.ts";
import type { IoState } from "./io_state.ts";
import { readByte, type readHigh, type readLow } from "./read.ts";
import { seek } from "./seek.ts";

const decoder = new TextDecoder();

/** A text of bytes up to a zero or `maxLength` bytes; at most `room - 1` are kept. */
export function* readString(state: IoState, maxLength: number, room: number): Steps<ReadString> {
  const { buffer, bufPtr, bufEnd } = state;
  const there = buffer.subarray(bufPtr, Math.min(bufEnd, bufPtr + maxLength));
  const zero = there.indexOf(0);
  if (zero >= 0 || there.length === maxLength) {
    const consumed = zero >= 0 ? zero + 1 : maxLength;
    state.bufPtr = bufPtr + consumed;
    return result(there.slice(0, Math.min(zero >= 0 ? zero : maxLength, room - 1)), consumed);
  }
  const kept: number[] = [];
  for (let consumed = 1; consumed <= maxLength; consumed++) {
    const byte = yield* readByte(state);
    if (byte === 0) return result(new Uint8Array(kept), consumed);
    if (kept.length < room - 1) kept.push(byte);
  }
  return result(new Uint8Array(kept), maxLength);
}

/** A text of 16-bit units up to a zero, to `maxLength` bytes or to a surrogate without its other half; `room` counts UTF-8. */
export function* readString16(
  state: IoState,
  maxLength: number,
  room: number,
  unit: typeof readLow | typeof readHigh,
): Steps<ReadString> {
  const kept: number[] = [];
  let consumed = 0;
  // Beyond `maxLength` the other half of a surrogate counts as read, but is not.
  function* next(): Steps<number> {
    consumed += 2;
    return consumed <= maxLength ? yield* unit(state, 2) : 0;
  }
  while (consumed + 1 < maxLength) {
    let code = yield* next();
    const high = code - 0xd800;
    if (high >= 0 && high < 0x800) {
      const low = (yield* next()) - 0xdc00;
      if (low < 0 || low > 0x3ff || high > 0x3ff) break;
      code = low + (high << 10) + 0x10000;
    }
    if (code === 0) break;
    for (const byte of utf8(code)) if (kept.length < room - 1) kept.push(byte);
  }
  return result(new Uint8Array(kept), consumed);
}

/** A line with its end as one byte; at most `room - 1` bytes are kept. */
export function* readLine(state: IoState, room: number): Steps<ReadString> {
  const kept: number[] = [];
  const from = state.start + state.bufPtr;
  let byte: number;
  do {
    byte = yield* readByte(state);
    if (byte !== 0 && kept.length < room - 1) kept.push(byte);
  } while (byte !== 10 && byte !== 13 && byte !== 0);
  if (byte === 13 && (yield* readByte(state)) !== 10 && !(yield* feof(state))) yield* seek(state, -1, "cur");
  return result(new Uint8Array(kept), state.start + state.bufPtr - from);
}

/** A code point as UTF-8, as C writes it: surrogates and all. */
function utf8(code: number): number[] {
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | code >> 6, 0x80 | code & 63];
  if (code < 0x10000) return [0xe0 | code >> 12, 0x80 | code >> 6 & 63, 0x80 | code & 63];
  return [0xf0 | code >> 18, 0x80 | code >> 12 & 63, 0x80 | code >> 6 & 63, 0x80 | code & 63];
}

function result(bytes: Uint8Array<ArrayBuffer>, consumed: number): ReadString {
  return { text: decoder.decode(bytes), bytes, consumed };
}
