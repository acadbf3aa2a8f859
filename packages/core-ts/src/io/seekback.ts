import { AVERROR } from "@mediamem/interface";
import { IO_UNIT, type IoState } from "./io_state.ts";

const INT_MAX = 2147483647;

/** Makes room for going back from anywhere in the next `bytes` to here, where the context cannot seek; gives 0, or C's negative number. */
export function ensureSeekback(state: IoState, bytes: number): number {
  const { bufPtr, bufEnd, buffer, maxPacketSize } = state;
  const unit = maxPacketSize === 0 ? IO_UNIT : maxPacketSize;
  if (bytes <= bufEnd - bufPtr) return 0;
  if (bytes > INT_MAX - unit) return AVERROR.EINVAL;
  // The last refill before `bytes` are there still has to fit behind the others.
  const size = bytes + unit - 1;
  if (size + bufPtr <= buffer.length || state.seekable || state.callbacks.read === undefined) return 0;
  if (size > buffer.length) return exchange(state, size, buffer.subarray(bufPtr, bufEnd));
  buffer.copyWithin(0, bufPtr, bufEnd);
  state.bufPtr = 0;
  state.bufEnd = bufEnd - bufPtr;
  return 0;
}

/** Puts what was read from the start back in front of the buffer, and moves there; gives 0, or C's negative number. */
export function rewindWithProbeData(state: IoState, bytes: Uint8Array): number {
  const { bufEnd, buffer, pos } = state;
  const start = pos - bufEnd;
  // Between the two there must be no gap. C would take bytes that were never read from here, too.
  if (start > bytes.length || bytes.length > pos) return AVERROR.EINVAL;
  const all = new Uint8Array(pos);
  all.set(bytes);
  all.set(buffer.subarray(bytes.length - start, bufEnd), bytes.length);
  const answer = exchange(state, Math.max(buffer.length, pos), all);
  if (answer === 0) state.eofReached = false;
  return answer;
}

function exchange(state: IoState, size: number, kept: Uint8Array): number {
  try {
    state.replaceBuffer(size, kept);
    return 0;
  } catch (error) {
    if (error instanceof RangeError) return AVERROR.ENOMEM;
    throw error;
  }
}
