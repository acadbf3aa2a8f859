import type { KnownDifference } from "../../model.ts";
import { BYTES_WRITTEN, FIELDS } from "./trace_player.ts";

const bytesWritten: KnownDifference = {
  id: "io/bytes-written",
  tests: ["io/reads", "io/writes", "io/dynBufs"],
  majors: [58],
  reason: "libavformat 58 does not count the bytes that were written; later ones do",
  expected(_test, _point, _major, ours, out) {
    out.copyFrom(ours);
    for (const [at, text] of ours.texts) if (text === FIELDS) out.numbers[at + 1 + BYTES_WRITTEN] = 0;
    return true;
  },
};

/** The differences of the area that are kept on purpose. */
export const ioKnown: readonly KnownDifference[] = [bytesWritten];
