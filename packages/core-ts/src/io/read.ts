import { AVERROR } from "@mediamem/interface";
import { ask, failed, feof, fill } from "./fill.ts";
import type { Steps } from "./io_request.ts";
import type { IoState } from "./io_state.ts";

/** Reads until `into` is full or nothing more comes; gives bytes, or C's negative number. */
export function* read(state: IoState, into: Uint8Array): Steps<number> {
  let done = 0;
  while (done < into.length) {
    const left = into.length - done;
    const buffered = Math.min(state.bufEnd - state.bufPtr, left);
    if (buffered > 0) {
      into.set(state.buffer.subarray(state.bufPtr, state.bufPtr + buffered), done);
      state.bufPtr += buffered;
      done += buffered;
    } else if ((state.direct || left > state.buffer.length) && state.callbacks.read !== undefined) {
      // More than the buffer holds goes past it.
      const answer = yield state.request.read(into.subarray(done));
      if (failed(state, answer)) break;
      state.pos += answer;
      state.bytesRead += answer;
      done += answer;
      state.bufPtr = 0;
      state.bufEnd = 0;
    } else {
      yield* fill(state);
      if (state.bufPtr === state.bufEnd) break;
    }
  }
  return done > 0 ? done : yield* nothing(state);
}

/** Reads what is there, after at most one refill; gives bytes, or C's negative number. */
export function* readPartial(state: IoState, into: Uint8Array): Steps<number> {
  if (state.writeFlag) {
    const answer = yield* ask(state, into);
    if (answer > 0) state.pos += answer;
    return answer;
  }
  if (state.bufPtr === state.bufEnd) yield* fill(state);
  const length = Math.min(state.bufEnd - state.bufPtr, into.length);
  into.set(state.buffer.subarray(state.bufPtr, state.bufPtr + length));
  state.bufPtr += length;
  return length > 0 ? length : yield* nothing(state);
}

/** What a read gives that got no bytes: the error, the end, or 0. */
function* nothing(state: IoState): Steps<number> {
  if (state.error !== 0) return state.error;
  return (yield* feof(state)) ? AVERROR.EOF : 0;
}

/** A byte, 0 where there is none. */
export function* readByte(state: IoState): Steps<number> {
  if (state.bufPtr >= state.bufEnd) yield* fill(state);
  return state.bufPtr < state.bufEnd ? state.buffer[state.bufPtr++]! : 0;
}

/** `count` bytes (at most 4) as an unsigned number, low byte first. */
export function* readLow(state: IoState, count: number): Steps<number> {
  let value = 0;
  for (let shift = 0; shift < 8 * count; shift += 8) value |= (yield* readByte(state)) << shift;
  return value >>> 0;
}

/** `count` bytes (at most 4) as an unsigned number, high byte first. */
export function* readHigh(state: IoState, count: number): Steps<number> {
  let value = 0;
  for (let i = 0; i < count; i++) value = value << 8 | (yield* readByte(state));
  return value >>> 0;
}

/** 8 bytes, low byte first. */
export function* readLow64(state: IoState): Steps<bigint> {
  const low = yield* readLow(state, 4);
  return BigInt(yield* readLow(state, 4)) << 32n | BigInt(low);
}

/** 8 bytes, high byte first. */
export function* readHigh64(state: IoState): Steps<bigint> {
  const high = yield* readHigh(state, 4);
  return BigInt(high) << 32n | BigInt(yield* readHigh(state, 4));
}
