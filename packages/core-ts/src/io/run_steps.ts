import { AVERROR, type MaybePromise } from "@mediamem/interface";
import { checkCount, checkEmpty, refusePromise } from "@mediamem/checks";
import type { IoRequest, Steps } from "./io_request.ts";
import type { IoState } from "./io_state.ts";

const INT_MAX = 2147483647;
const OPS = { read: "read_packet", write: "write_packet", seek: "seek" } as const;

/** Runs an operation with callbacks that answer at once. What one of them threw is thrown once the operation is over. */
export function runSteps<T>(state: IoState, steps: Steps<T>): T {
  let empty = 0;
  for (let step = next(state, steps, 0);;) {
    if (step.done === true) return step.value;
    let answer: number;
    state.busy = true;
    try {
      answer = checkAnswer(step.value, call(state, step.value) as number, ++empty);
    } catch (error) {
      answer = stash(state, error);
    }
    state.busy = false;
    if (answer !== 0) empty = 0;
    step = next(state, steps, answer);
  }
}

/** The same with callbacks that may answer later. An answer that is there is not waited for. */
export async function runStepsAsync<T>(state: IoState, steps: Steps<T>): Promise<T> {
  let empty = 0;
  let step = next(state, steps, 0);
  state.busy = true;
  try {
    while (step.done !== true) {
      let answer: number;
      try {
        const given = call(state, step.value);
        answer = checkAnswer(step.value, typeof given === "number" ? given : await given, ++empty);
      } catch (error) {
        answer = stash(state, error);
      }
      if (answer !== 0) empty = 0;
      step = next(state, steps, answer);
    }
    return step.value;
  } finally {
    state.busy = false;
  }
}

/** Goes on to the next callback or the end. At the end, what a callback threw comes before what the operation says. */
function next<T>(state: IoState, steps: Steps<T>, answer: number): IteratorResult<IoRequest, T> {
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
