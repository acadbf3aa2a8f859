import type { Answer } from "../../answer.ts";
import type { KnownDifference } from "../../model.ts";

/** What libavutil 56 gives for a request: a sixteenth and 32 bytes more, which the cap may then refuse. */
function grown(size: number): number {
  return size + Math.floor(size / 16) + 32;
}

/** Writes how one request ends in libavutil 56, and gives the size of the block afterwards. */
function request(size: number, had: number, cap: number, out: Answer): number {
  const fails = size > had && grown(size) > cap;
  const has = size <= had ? had : fails ? 0 : grown(size);
  out.text(fails ? "ENOMEM" : "ok");
  out.push(has === 0 ? 0 : 1);
  out.push(has);
  return has;
}

const fastMallocClamp: KnownDifference = {
  id: "memory/fast-malloc-clamp",
  tests: ["memory/fast"],
  majors: [56],
  reason:
    "libavutil 56 asks av_fast_malloc for a sixteenth and 32 bytes more also where that is beyond av_max_alloc, and fails; later ones take the cap, as av_fast_realloc always did",
  expected(_test, [call, second, first, cap], _major, _ours, out) {
    if (call === "fastRealloc") return false;
    const had = request(first as number, 0, cap as number, out);
    const has = request(second as number, had, cap as number, out);
    if (call === "fastMallocz" && has > had) out.bytes(new Uint8Array(has));
    return true;
  },
};

/** The differences of the area that are kept on purpose. */
export const memoryKnown: readonly KnownDifference[] = [fastMallocClamp];
