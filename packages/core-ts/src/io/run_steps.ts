import { AVERROR, type MaybePromise } from "@mediamem/interface";
import { checkCount, checkEmpty, checkLive, refusePromise } from "@mediamem/checks";
import type { IoRequest, Steps } from "./io_request.ts";
import type { IoState } from "./io_state.ts";

const INT_MAX = 2147483647;
const OPS = { read: "read_packet", write: "write_packet", seek: "seek" } as const;

/** Runs an operation with callbacks that answer at once. What one of them threw is thrown once the operation is over. */
export function runSteps<T>(state: IoState, steps: Steps<T>): T {
  let empty = 0;
  try {
    let step = steps.next(0);
    while (step.done !== true) {
      let answer: number;
      state.busy = true;
      state.shut();
      try {
        answer = checkAnswer(step.value, call(state, step.value) as number, ++empty);
      } catch (error) {
        answer = stash(state, error);
      }
      state.busy = false;
      if (answer !== 0) empty = 0;
      step = goOn(state, steps, step.value, answer);
    }
    return step.value;
  } finally {
    // Not where the context is in the middle of another call, from whose callback this one was refused.
    if (!state.busy) state.open();
  }
}

/** The same with callbacks that may answer later. An answer that is there is not waited for. */
export async function runStepsAsync<T>(state: IoState, steps: Steps<T>): Promise<T> {
  let empty = 0;
  let step = steps.next(0);
  state.busy = true;
  state.shut();
  try {
    while (step.done !== true) {
      let answer: number;
      try {
        const given = call(state, step.value);
        answer = checkAnswer(
          step.value,
          typeof given === "number" ? given : await wait(state, given),
          ++empty,
        );
      } catch (error) {
        answer = stash(state, error);
      }
      state.interrupt = null;
      if (answer !== 0) empty = 0;
      step = goOn(state, steps, step.value, answer);
    }
    return step.value;
  } finally {
    state.busy = false;
    state.open();
  }
}

/** Waits for what a callback promised, or for somebody who ends the context meanwhile. */
function wait(state: IoState, given: Promise<number>): Promise<number> {
  return new Promise((resolve, reject) => {
    state.interrupt = reject;
    Promise.resolve(given).then(resolve, reject);
  });
}

/** Goes on to the next callback or the end. At the end, what a callback threw comes before what the operation says. */
function goOn<T>(
  state: IoState,
  steps: Steps<T>,
  request: IoRequest,
  answer: number,
): IteratorResult<IoRequest, T> {
  if (state.freed || state.stopped !== null) {
    // The buffer that was answered into is gone.
    rethrow(state);
    checkLive(OPS[request.kind], state.freed);
    throw state.stopped!.reason;
  }
  let step: IteratorResult<IoRequest, T>;
  try {
    step = steps.next(answer);
  } catch (error) {
    rethrow(state);
    throw error;
  }
  if (step.done === true) rethrow(state);
  return step;
}

function call(state: IoState, request: IoRequest): MaybePromise<number> {
  const { callbacks } = state;
  switch (request.kind) {
    case "read":
      return callbacks.read!(request.bytes);
    case "seek":
      return callbacks.seek!(request.offset, request.whence);
    case "write":
      return callbacks.writeDataType === undefined
        ? callbacks.write!(request.bytes)
        : callbacks.writeDataType(request.bytes, state.marker, state.markerTime);
  }
}

/** Gives an answer that can be believed; throws `CALLBACK` for others. */
function checkAnswer(request: IoRequest, answer: number, empty: number): number {
  const op = OPS[request.kind];
  refusePromise(op, answer);
  checkCount(op, answer, mostOf(request));
  if (answer === 0 && request.kind === "read") checkEmpty(op, empty);
  return answer;
}

/** The most that a callback can answer in C: the bytes that it was asked for, any `int`, any position. */
function mostOf({ kind, bytes }: IoRequest): number {
  return kind === "read" ? bytes.length : kind === "write" ? INT_MAX : Infinity;
}

/** Keeps what a callback threw, and gives what C is told then. */
function stash(state: IoState, error: unknown): number {
  state.thrown ??= { error };
  state.cause = error;
  return AVERROR.EXTERNAL;
}

function rethrow(state: IoState): void {
  if (state.thrown === null) return;
  const { error } = state.thrown;
  state.thrown = null;
  throw error;
}
