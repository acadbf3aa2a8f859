import { checkIdle, checkLive, checkReads, checkWrites, ioResult } from "@mediamem/checks";
import { AVERROR } from "@mediamem/interface";
import type { IoState } from "./io_state.ts";

/** Throws unless the context can be called now: freed, or waiting for a callback. */
export function checkUsable(op: string, state: IoState): void {
  checkLive(op, state.freed);
  if (state.stopped !== null) throw state.stopped.reason;
  checkIdle(op, state.busy);
}

/** Throws unless the context can be read from now. */
export function checkReader(op: string, state: IoState): void {
  checkUsable(op, state);
  checkReads(op, state.writeFlag);
}

/** Throws unless the context can be written to now. */
export function checkWriter(op: string, state: IoState): void {
  checkUsable(op, state);
  checkWrites(op, state.writeFlag);
}

/** Gives what C returned; throws where it is negative. */
export function result(op: string, state: IoState, answer: number): number {
  return ioResult(op, answer, state.error, state.cause);
}

/** The same for reads, where the end is no error. */
export function readResult(op: string, state: IoState, answer: number): number {
  return answer === AVERROR.EOF ? 0 : result(op, state, answer);
}
