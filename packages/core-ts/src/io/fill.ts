import { AVERROR } from "@mediamem/interface";
import type { Steps } from "./io_request.ts";
import { IO_UNIT, type IoState } from "./io_state.ts";

/** Asks the read callback once, or says why not; what it gave lies between `bufPtr` and `bufEnd`. */
export function* fill(state: IoState): Steps<void> {
  const unit = state.maxPacketSize === 0 ? IO_UNIT : state.maxPacketSize;
  // Behind what is there as long as there is room: the older bytes can still be gone back to.
  const start = state.bufEnd + unit <= state.buffer.length ? state.bufEnd : 0;
  const { callbacks } = state;
  if (callbacks.read === undefined && state.bufPtr >= state.bufEnd) state.eofReached = true;
  if (state.eofReached) return;
  let length = state.buffer.length - start;
  const { originalSize } = state;
  if (
    callbacks.read !== undefined && originalSize > 0 && state.buffer.length > originalSize &&
    length >= originalSize
  ) {
    // The buffer was made larger for probing, and that is over.
    if (start === 0 && state.bufPtr !== 0) state.replaceBuffer(originalSize);
    length = originalSize;
  }
  took(state, yield* ask(state, state.buffer.subarray(start, start + length)), start);
}

/** Asks the read callback; `EINVAL` where there is none. */
export function* ask(state: IoState, into: Uint8Array): Steps<number> {
  if (state.callbacks.read === undefined) return AVERROR.EINVAL;
  return yield state.request.read(into);
}

function took(state: IoState, answer: number, start: number): void {
  if (failed(state, answer)) return;
  state.pos += answer;
  state.bytesRead += answer;
  state.bufPtr = start;
  state.bufEnd = start + answer;
}

/** Notes the end or an error that a read callback answered; tells whether it was one. */
export function failed(state: IoState, answer: number): boolean {
  if (answer >= 0) return false;
  state.eofReached = true;
  // The buffer stays as it is, so that it can be gone back in.
  if (answer !== AVERROR.EOF) state.error = answer;
  return true;
}

/** Whether the end is reached; asks once more where it was. */
export function* feof(state: IoState): Steps<boolean> {
  if (state.eofReached) {
    state.eofReached = false;
    yield* fill(state);
  }
  return state.eofReached;
}
