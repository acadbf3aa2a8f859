import { AVERROR, type Whence } from "@mediamem/interface";
import { fill } from "./fill.ts";
import type { Steps } from "./io_request.ts";
import { type IoState, SHORT_SEEK } from "./io_state.ts";
import { flushBuffer } from "./write.ts";

/** Moves; gives the new position, or C's negative number. */
export function* seek(state: IoState, offset: number, whence: Whence): Steps<number> {
  if (whence === "size") return yield* askSeek(state, offset, "size", AVERROR.ENOSYS);
  if (whence === "end") return AVERROR.EINVAL;
  if (whence === "cur") {
    const here = state.start + state.bufPtr;
    if (offset === 0) return here;
    offset += here;
  }
  if (offset < 0 || offset > Number.MAX_SAFE_INTEGER) return AVERROR.EINVAL;
  return yield* seekTo(state, offset);
}

function* seekTo(state: IoState, offset: number): Steps<number> {
  const hasSeek = state.callbacks.seek !== undefined;
  const buffered = !state.direct || !hasSeek;
  state.bufPtrMax = Math.max(state.bufPtrMax, state.bufPtr);
  const from = offset - state.start;
  if (buffered && from >= 0 && from <= (state.writeFlag ? state.bufPtrMax : state.bufEnd)) {
    state.bufPtr = from;
  } else if (
    buffered && !state.writeFlag && from >= 0 && (!state.seekable || from <= state.bufEnd + SHORT_SEEK)
  ) {
    while (state.pos < offset && !state.eofReached) yield* fill(state);
    if (state.eofReached) return AVERROR.EOF;
    state.bufPtr = state.bufEnd - (state.pos - offset);
  } else if (!state.writeFlag && from < 0 && -from < state.bufEnd >> 1 && hasSeek && offset > 0) {
    return yield* seekBackHalf(state, offset);
  } else {
    if (state.writeFlag) yield* flushBuffer(state);
    const answer = yield* askSeek(state, offset, "set", AVERROR.EPIPE);
    if (answer < 0) return answer;
    if (!state.writeFlag) state.bufEnd = 0;
    state.bufPtr = 0;
    state.bufPtrMax = 0;
    state.pos = offset;
  }
  state.eofReached = false;
  return offset;
}

/** A short way back: half a buffer earlier is read from, so that the next way back is in the buffer. */
function* seekBackHalf(state: IoState, offset: number): Steps<number> {
  const start = state.start - Math.min(state.bufEnd >> 1, state.start);
  const answer = yield* askSeek(state, start, "set", AVERROR.EPIPE);
  if (answer < 0) return answer;
  state.bufPtr = 0;
  state.bufEnd = 0;
  state.pos = start;
  state.eofReached = false;
  yield* fill(state);
  return yield* seekTo(state, offset);
}

/** Asks the seek callback; `missing` where there is none. */
function* askSeek(state: IoState, offset: number, whence: Whence, missing: number): Steps<number> {
  if (state.callbacks.seek === undefined) return missing;
  return yield state.request.seek(offset, whence);
}

/** How many bytes there are, or C's negative number. */
export function* size(state: IoState): Steps<number> {
  if (state.writtenOutputSize > 0) return state.writtenOutputSize;
  const bytes = yield* askSeek(state, 0, "size", AVERROR.ENOSYS);
  if (bytes >= 0 || state.callbacks.seek === undefined) return bytes;
  const last = yield* askSeek(state, -1, "end", AVERROR.ENOSYS);
  if (last < 0) return last;
  yield* askSeek(state, state.pos, "set", AVERROR.ENOSYS);
  return last + 1;
}
