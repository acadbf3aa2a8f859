import type { DynBuf } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { defect } from "./mistaken_io.ts";

/** Bytes that C puts behind what was written into memory. */
const PADDING = 64;

/** Mistakes of contexts that write. */
export const writeDefects: readonly Defect[] = [
  defect("flushes-a-byte-early", "A byte that leaves room for one more flushes", {
    members: (inner) => ({
      w8(value) {
        inner.w8(value);
        if (inner.bufPtr + 1 === inner.bufEnd) inner.flush();
      },
    }),
  }),
  defect("seeks-before-it-writes", "A seek asks its callback before what is buffered is written", {
    callbacks({ seek, write }) {
      if (seek === undefined || write === undefined) return {};
      let held: Uint8Array | null = null;
      return {
        write(bytes) {
          held = bytes.slice();
          return bytes.length;
        },
        seek(offset, whence) {
          const answer = seek(offset, whence);
          if (held !== null) write(held);
          held = null;
          return answer;
        },
      };
    },
  }),
  defect("flush-stays-at-the-furthest", "A flush does not go back to where the context was", {
    members: (inner) => ({
      flush() {
        if (inner.writeFlag && inner.bufPtr < inner.bufPtrMax) inner.seek(inner.pos + inner.bufPtrMax);
        inner.flush();
      },
    }),
  }),
  defect("short-writes-are-believed", "What a callback does not take is handed over again", {
    callbacks: ({ write }) =>
      write === undefined ? {} : {
        write(bytes) {
          const answer = write(bytes);
          return answer > 0 && answer < bytes.length ? write(bytes.subarray(answer)) : answer;
        },
      },
  }),
  defect("errors-do-not-stop", "A context with an error goes on writing", {
    members: (inner) => ({
      write(bytes) {
        const { error } = inner;
        inner.error = 0;
        inner.write(bytes);
        if (inner.error === 0) inner.error = error;
      },
    }),
  }),
  defect("size-counts-what-is-buffered", "The size of what was written has what is only buffered", {
    members: (inner) => ({
      size() {
        if (inner.writeFlag) inner.flush();
        return inner.size();
      },
    }),
  }),
  defect("free-flushes", "Freeing writes what is buffered", {
    members: (inner) => ({
      free() {
        inner.flush();
        inner.free();
      },
    }),
  }),
  defect("direct-is-buffered", "A direct context writes through its buffer", {
    members: (inner) => ({
      write(bytes) {
        const { direct } = inner;
        inner.direct = false;
        inner.write(bytes);
        inner.direct = direct;
      },
    }),
  }),
  defect("headers-are-not-merged", "A header after a header starts a new block", {
    members: (inner) => ({
      writeMarker(time, type) {
        if (type === "header") inner.writeMarker(null, "unknown");
        inner.writeMarker(time, type);
      },
    }),
  }),
  defect("marks-stay", "The blocks after a marked one have its time", {
    callbacks({ writeDataType }) {
      if (writeDataType === undefined) return {};
      let last: number | null = null;
      return { writeDataType: (bytes, type, time) => writeDataType(bytes, type, last = time ?? last) };
    },
  }),
  defect("flush-point-too-late", "A flush point wants one byte more than it should", {
    members: (inner) => ({
      writeMarker(time, type) {
        if (type === "flushPoint" && inner.bufPtr === inner.minPacketSize) return;
        inner.writeMarker(time, type);
      },
    }),
  }),
  defect("wide-texts-without-end", "A text of 16 bits is written without its zero", {
    members: (inner) => ({
      putStr16le(text) {
        const count = inner.putStr16le(text) - 2;
        inner.skip(-2);
        return count;
      },
    }),
  }),
  defect("padding-stays", "What was written into memory comes with its padding", {
    members: (inner) => ({
      closeDynBuf() {
        const bytes = (inner as DynBuf).closeDynBuf();
        const padded = new Uint8Array(bytes.length + PADDING);
        padded.set(bytes);
        return padded;
      },
    }),
  }),
  defect("closing-cuts-nothing-off", "What lies after the place where memory is closed is kept", {
    members: (inner) => ({
      closeDynBuf() {
        const all = (inner as DynBuf).getDynBuf();
        (inner as DynBuf).closeDynBuf();
        return all;
      },
    }),
  }),
  defect("getting-ends-writing", "What was written into memory before it was got is lost", {
    members(inner) {
      let from = 0;
      return {
        getDynBuf() {
          const bytes = (inner as DynBuf).getDynBuf().slice(from);
          from += bytes.length;
          return bytes;
        },
      };
    },
  }),
];
