import type { DataMarker } from "@mediamem/interface";
import type { Steps } from "./io_request.ts";
import type { IoState } from "./io_state.ts";
import { seek } from "./seek.ts";

/** Hands bytes to the write callback. After an error nothing is handed over, but the position goes on as if. */
export function* writeOut(state: IoState, bytes: Uint8Array): Steps<void> {
  if (state.error === 0) {
    const { write, writeDataType } = state.callbacks;
    const none = write === undefined && writeDataType === undefined;
    const answer = none ? 0 : yield state.request.write(bytes);
    if (answer < 0) {
      state.error = answer;
    } else {
      state.bytesWritten += bytes.length;
      state.writtenOutputSize = Math.max(state.writtenOutputSize, state.pos + bytes.length);
    }
  }
  if (state.marker === "syncPoint" || state.marker === "boundaryPoint") state.marker = "unknown";
  state.markerTime = null;
  state.pos += bytes.length;
}

/** Writes out what is buffered; of a reader, drops it. */
export function* flushBuffer(state: IoState): Steps<void> {
  state.bufPtrMax = Math.max(state.bufPtr, state.bufPtrMax);
  if (state.writeFlag && state.bufPtrMax > 0) {
    yield* writeOut(state, state.buffer.subarray(0, state.bufPtrMax));
  }
  state.bufPtr = 0;
  state.bufPtrMax = 0;
  if (!state.writeFlag) state.bufEnd = 0;
}

/** The same, and goes back to where the context was in what was written. */
export function* flush(state: IoState): Steps<void> {
  const back = state.writeFlag ? Math.min(0, state.bufPtr - state.bufPtrMax) : 0;
  yield* flushBuffer(state);
  if (back !== 0) yield* seek(state, back, "cur");
}

/** Writes a byte, and out as soon as the buffer is full. */
export function* writeByte(state: IoState, value: number): Steps<void> {
  state.buffer[state.bufPtr++] = value;
  if (state.bufPtr >= state.bufEnd) yield* flushBuffer(state);
}

/** Writes the low `count` bytes of a number, low byte first. */
export function* writeLow(state: IoState, value: number, count: number): Steps<void> {
  for (let shift = 0; shift < 8 * count; shift += 8) yield* writeByte(state, value >>> shift & 255);
}

/** Writes the low `count` bytes of a number, high byte first. */
export function* writeHigh(state: IoState, value: number, count: number): Steps<void> {
  for (let shift = 8 * count - 8; shift >= 0; shift -= 8) yield* writeByte(state, value >>> shift & 255);
}

/** Writes 8 bytes, low byte first. */
export function* writeLow64(state: IoState, value: bigint): Steps<void> {
  yield* writeLow(state, Number(value & 0xffffffffn), 4);
  yield* writeLow(state, Number(value >> 32n & 0xffffffffn), 4);
}

/** Writes 8 bytes, high byte first. */
export function* writeHigh64(state: IoState, value: bigint): Steps<void> {
  yield* writeHigh(state, Number(value >> 32n & 0xffffffffn), 4);
  yield* writeHigh(state, Number(value & 0xffffffffn), 4);
}

/** Writes bytes through the buffer, or past it where the context is direct. */
export function* write(state: IoState, bytes: Uint8Array): Steps<void> {
  if (bytes.length === 0) return;
  if (state.direct) {
    yield* flush(state);
    yield* writeOut(state, bytes);
    return;
  }
  for (let done = 0; done < bytes.length;) {
    const length = Math.min(state.bufEnd - state.bufPtr, bytes.length - done);
    state.buffer.set(bytes.subarray(done, done + length), state.bufPtr);
    state.bufPtr += length;
    done += length;
    if (state.bufPtr >= state.bufEnd) yield* flushBuffer(state);
  }
}

/** Says what kind of data follows; what is buffered is of the kind before. */
export function* writeMarker(state: IoState, time: number | null, type: DataMarker): Steps<void> {
  if (type === "flushPoint") {
    if (state.bufPtr >= state.minPacketSize) yield* flush(state);
    return;
  }
  if (state.callbacks.writeDataType === undefined) return;
  const inFrame = state.marker === "header" || state.marker === "trailer";
  if (type === "unknown" && !inFrame) return;
  // Headers and trailers that follow their like are one.
  if ((type === "header" || type === "trailer") && type === state.marker) return;
  yield* flush(state);
  state.marker = type;
  state.markerTime = time;
}
