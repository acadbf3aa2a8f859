import type { PixelFormatName } from "@mediamem/interface";
import { PIXEL_FORMAT_LOSS } from "@mediamem/interface";
import { Answer } from "../../../answer.ts";
import type { KnownDifference, Point } from "../../../model.ts";
import { flagAt, formatsAt, numberAt } from "../point.ts";
import { olderBest, olderScore } from "./older_score.ts";

const TESTS: readonly string[] = [
  "image/pixFmtLoss",
  "image/findBestPixFmtOf2",
  "image/findBestPixFmtOfList",
];

const ALL = -1;
const NEWEST = 60;

function consider(hasAlpha: boolean, lossMask: number): number {
  return ~lossMask & (hasAlpha ? ALL : ~PIXEL_FORMAT_LOSS.ALPHA);
}

/** The candidates of a point, its source, and the position of `hasAlpha`. */
function question(
  test: string,
  point: Point,
): readonly [readonly (PixelFormatName | null)[], PixelFormatName, number] {
  if (test === "image/pixFmtLoss") return [[point[0] as PixelFormatName], point[1] as PixelFormatName, 2];
  if (test === "image/findBestPixFmtOf2") {
    return [[point[0], point[1]] as PixelFormatName[], point[2] as PixelFormatName, 3];
  }
  return [formatsAt(point, 0), point[1] as PixelFormatName, 2];
}

function answerOf(test: string, point: Point, major: number, out: Answer): void {
  const [dsts, src, at] = question(test, point);
  const hasAlpha = flagAt(point, at);
  const loss = (dst: PixelFormatName): number => olderScore(dst, src, consider(hasAlpha, 0), major).loss;
  if (test === "image/pixFmtLoss") return out.push(loss(dsts[0]!));
  const counted = consider(hasAlpha, numberAt(point, at + 1));
  const best = dsts.reduce((winner, dst) => olderBest(winner, dst, src, counted, major), null);
  out.text(best ?? "null");
  out.push(best === null ? -4 : loss(best));
}

function olderLoss(
  id: string,
  majors: readonly number[],
  reason: string,
  concerns: (formats: readonly (PixelFormatName | null)[]) => boolean,
): KnownDifference {
  return {
    id: `image/${id}`,
    tests: TESTS,
    majors,
    reason,
    expected(test, point, major, ours, out): boolean {
      if (ours.error !== null) return false;
      const [dsts, src] = question(test, point);
      if (!concerns([...dsts, src])) return false;
      // Ours must be what the newest library answers, or any loss at all would pass for a known one.
      const newest = new Answer();
      answerOf(test, point, NEWEST, newest);
      if (!newest.equals(ours)) return false;
      answerOf(test, point, major, out);
      return true;
    },
  };
}

/** Losses that were counted otherwise. */
export const olderLosses: readonly KnownDifference[] = [
  olderLoss(
    "loss-of-excess",
    [56, 57],
    "libavutil 58 began to say what a target has too much of, and to prefer the target that has less of it",
    () => true,
  ),
  olderLoss(
    "loss-of-rgb8",
    [58],
    "libavutil 59 corrected the depths of rgb8, which the losses follow",
    (formats) => formats.includes("rgb8"),
  ),
];
