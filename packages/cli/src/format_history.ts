import { Answer, imageArea } from "@mediamem/conformance";
import { AVUTIL_MAJORS, type Backend, type PixelFormatName } from "@mediamem/interface";
import { majorsInWords } from "./format_report.ts";

/** A way in which older majors of libavutil describe a format otherwise than the newest. */
export interface FormatChange {
  /** The majors that describe it so: `56-58`. */
  readonly majors: string;
  /** One sentence. */
  readonly reason: string;
}

const TEST = "image/pixelFormat";

/** Finds where majors of libavutil describe a format differently: the known differences of the conformance that show in it. */
export function formatHistory(core: Backend, format: PixelFormatName): FormatChange[] {
  const test = imageArea.tests.find(({ id }) => id === TEST);
  if (test?.kind !== "vector") throw new Error(`The conformance has no test ${TEST}`);
  const ours = new Answer();
  test.answer(core, [format], ours);
  const changes: FormatChange[] = [];
  for (const known of imageArea.known.filter(({ tests }) => tests.includes(TEST))) {
    const majors = AVUTIL_MAJORS.filter((major) =>
      known.majors.includes(major) && (core.image?.pixelFormatNumber(format, major) ?? -1) >= 0 &&
      known.expected(TEST, [format], major, ours, new Answer())
    );
    if (majors.length === 0) continue;
    changes.push({
      majors: majorsInWords(Object.fromEntries(majors.map((major) => [major, 0]))),
      reason: known.reason,
    });
  }
  return changes;
}
