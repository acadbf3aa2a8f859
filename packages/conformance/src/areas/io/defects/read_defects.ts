import { AVERROR, MediaError } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { defect } from "./mistaken_io.ts";

/** Mistakes of contexts that read. */
export const readDefects: readonly Defect[] = [
  defect("refill-asks-for-less", "A refill leaves the last byte of the buffer unused", {
    callbacks: ({ read }) =>
      read === undefined ? {} : { read: (bytes) => read(bytes.subarray(0, Math.max(1, bytes.length - 1))) },
  }),
  defect("refill-starts-over", "A refill always starts at the start of the buffer", {
    members(inner) {
      let maxPacketSize = 0;
      inner.maxPacketSize = 2147483647;
      return {
        get maxPacketSize() {
          return maxPacketSize;
        },
        set maxPacketSize(value) {
          maxPacketSize = value;
        },
      };
    },
  }),
  defect("past-the-buffer-too-early", "As many bytes as the buffer holds are read past it", {
    members: (inner) => ({
      read(into) {
        const { direct } = inner;
        const left = into.length - (inner.bufEnd - inner.bufPtr);
        if (left === inner.bufferSize && !inner.writeFlag) inner.direct = true;
        try {
          return inner.read(into);
        } finally {
          inner.direct = direct;
        }
      },
    }),
  }),
  defect("past-the-buffer-not-counted", "Bytes that were read past the buffer are not counted", {
    members(inner) {
      let lost = 0;
      return {
        read(into) {
          const before = inner.bytesRead;
          const count = inner.read(into);
          if (into.length > inner.bufferSize) lost += inner.bytesRead - before;
          return count;
        },
        get bytesRead() {
          return inner.bytesRead - lost;
        },
      };
    },
  }),
  defect("end-is-believed", "Whether the end is reached is not asked again", {
    members: (inner) => ({ feof: () => inner.eofReached }),
  }),
  defect("none-is-the-end", "A callback that has nothing for now is taken to be at its end", {
    callbacks: ({ read }) =>
      read === undefined ? {} : {
        read(bytes) {
          const answer = read(bytes);
          return answer === 0 ? AVERROR.EOF : answer;
        },
      },
  }),
  defect("too-much-is-believed", "A callback that says it gave too much is taken to have filled the buffer", {
    callbacks: ({ read }) =>
      read === undefined ? {} : {
        read(bytes) {
          const answer = read(bytes);
          return answer > bytes.length ? bytes.length : answer;
        },
      },
  }),
  defect("partial-reads-read-on", "A partial read asks until it has all", {
    members: (inner) => ({
      readPartial: (into) => inner.writeFlag ? inner.readPartial(into) : inner.read(into),
    }),
  }),
  defect("errors-pass", "An error is forgotten once it was told", {
    members: (inner) => ({
      read(into) {
        try {
          return inner.read(into);
        } catch (error) {
          if (error instanceof MediaError && error.averror !== undefined) inner.error = 0;
          throw error;
        }
      },
    }),
  }),
  defect("errors-come-first", "An error takes away what was read before it", {
    members: (inner) => ({
      read(into) {
        const before = inner.error;
        const count = inner.read(into);
        if (before === 0 && inner.error !== 0 && count > 0) {
          throw new MediaError("EIO", "wrong", { op: "avio_read" });
        }
        return count;
      },
    }),
  }),
  defect("thrown-is-wrapped", "What a callback throws comes out inside of another error", {
    members: (inner) => ({
      r8() {
        try {
          return inner.r8();
        } catch (cause) {
          if (cause instanceof MediaError) throw cause;
          throw new MediaError("EXTERNAL", "wrong", { op: "avio_r8", cause });
        }
      },
    }),
  }),
  defect("order-of-24-bits", "24 bits are read in the wrong order", {
    members: (inner) => ({ rl24: () => inner.rb24() }),
  }),
  defect("text-stops-with-its-room", "A text that is longer than its room is not read to its end", {
    members: (inner) => ({
      getStr(maxLength, room) {
        return room === undefined
          ? inner.getStr(maxLength)
          : inner.getStr(maxLength < 0 || room < 1 ? maxLength : Math.min(maxLength, room), room);
      },
    }),
  }),
];
