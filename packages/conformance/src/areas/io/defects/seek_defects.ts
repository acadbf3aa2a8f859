import type { IoContext } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { defect } from "./mistaken_io.ts";

const SHORT_SEEK = 32768;

/** How far a place lies from the start of the buffer of a context that reads. */
function fromStart(context: IoContext, offset: number): number {
  return offset - (context.pos - context.bufEnd);
}

/** Makes a call while a context is seekable or not. */
function whileSeekable<T>(context: IoContext, seekable: boolean, call: () => T): T {
  const before = context.seekable;
  context.seekable = seekable;
  try {
    return call();
  } finally {
    context.seekable = before;
  }
}

/** Mistakes of contexts that move. */
export const seekDefects: readonly Defect[] = [
  defect("reads-ahead-too-far", "A way ahead is read where it is one byte too long for that", {
    members: (inner) => ({
      seek(offset, whence) {
        const isLimit = !inner.writeFlag && inner.seekable && Number.isInteger(offset) &&
          fromStart(inner, offset) === inner.bufEnd + SHORT_SEEK + 1;
        return isLimit
          ? whileSeekable(inner, false, () => inner.seek(offset, whence))
          : inner.seek(offset, whence);
      },
    }),
  }),
  defect("seeks-where-not-wanted", "A context that is not seekable asks its seek callback all the same", {
    members: (inner, { seek }) => ({
      seek: (offset, whence) =>
        seek !== undefined && !inner.writeFlag
          ? whileSeekable(inner, true, () => inner.seek(offset, whence))
          : inner.seek(offset, whence),
    }),
  }),
  defect("back-without-half-a-buffer", "A short way back starts to read where it leads", {
    members: (inner) => ({
      seek(offset, whence) {
        const back = inner.writeFlag ? 0 : -fromStart(inner, offset);
        if (back > 0 && back < inner.bufEnd >> 1) inner.flush();
        return inner.seek(offset, whence);
      },
    }),
  }),
  defect("half-a-buffer-too-far", "A way back of just half a buffer reads half a buffer more", {
    members: (inner, { seek }) => ({
      seek(offset, whence) {
        const half = inner.bufEnd >> 1;
        const isLimit = !inner.writeFlag && half > 0 && seek !== undefined &&
          -fromStart(inner, offset) === half;
        // One byte less far is the way that C takes; from there the rest is in the buffer.
        if (isLimit) inner.seek(offset + 1);
        return inner.seek(offset, whence);
      },
    }),
  }),
  defect("end-outlives-a-seek", "The end that was reached is not forgotten by a seek", {
    members(inner) {
      let stale = false;
      return {
        seek(offset, whence) {
          const before = inner.eofReached;
          const position = inner.seek(offset, whence);
          stale = before;
          return position;
        },
        get eofReached() {
          return stale || inner.eofReached;
        },
      };
    },
  }),
  defect("from-the-end", "A seek from the end is done as one from the start", {
    members: (inner) => ({ seek: (offset, whence) => inner.seek(offset, whence === "end" ? "set" : whence) }),
  }),
  defect("size-stays-at-the-end", "A size that is found from the end leaves the source there", {
    callbacks({ seek }) {
      if (seek === undefined) return {};
      let atEnd = false;
      return {
        seek(offset, whence) {
          const answer = atEnd && whence === "set" ? offset : seek(offset, whence);
          atEnd = whence === "end";
          return answer;
        },
      };
    },
  }),
];
