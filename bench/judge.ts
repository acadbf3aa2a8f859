import type { Figure, Measurement } from "./measure.ts";

/** What one runtime measured. */
export interface Run {
  readonly runtime: string;
  readonly results: readonly Measurement[];
  readonly figures: readonly Figure[];
}

/**
 * A goal as a ratio within one run: to somebody else's same work (`against`, `fasterBy`), or to other work of one's own (`than`,
 * `atMost`). Or as a ceiling, in nanoseconds (`below`) or in the unit of a figure (`under`).
 */
export interface Goal {
  readonly name: string;
  readonly of: string;
  readonly against?: string;
  readonly fasterBy?: number;
  readonly than?: string;
  readonly atMost?: number;
  readonly below?: number;
  readonly under?: number;
}

/** How one goal stands on one runtime. */
export interface Verdict {
  readonly goal: string;
  readonly wanted: string;
  readonly found: string;
  readonly met: boolean;
}

/** Shows a figure with its unit; nothing where it was not measured. */
export function figureText(figure: Figure | undefined): string {
  return figure === undefined ? "" : `${figure.value.toFixed(1)} ${figure.unit}`;
}

/** Sets each goal against each runtime. A goal whose other side was not measured gives no verdict. */
export function judge(goals: readonly Goal[], runs: readonly Run[]): Verdict[] {
  const time = (run: Run | undefined, name: string, by: string): number | undefined =>
    run?.results.find((result) => result.name === name && result.by === by)?.nanoseconds;
  const c = runs.find((run) => run.runtime === "c");
  const verdicts: Verdict[] = [];
  for (const run of runs) {
    for (const { name, of, against, fasterBy, than, atMost, below, under } of goals) {
      const figure = run.figures.find((figure) => figure.name === name && figure.by === of);
      if (figure !== undefined && under !== undefined) {
        verdicts.push({
          goal: `${run.runtime}: ${name} by ${of}`,
          wanted: `under ${under} ${figure.unit}`,
          found: figureText(figure),
          met: figure.value < under,
        });
      }
      const ours = time(run, name, of);
      if (ours === undefined) continue;
      if (below !== undefined) {
        verdicts.push({
          goal: `${run.runtime}: ${name} by ${of}`,
          wanted: `under ${below} ns`,
          found: `${ours.toFixed(0)} ns`,
          met: ours < below,
        });
      }
      const other = than === undefined ? undefined : time(run, than, of);
      if (other !== undefined && atMost !== undefined) {
        verdicts.push({
          goal: `${run.runtime}: ${name} by ${of} to ${than}`,
          wanted: `at most x${atMost} the cost`,
          found: `x${(ours / other).toFixed(2)}`,
          met: ours <= atMost * other,
        });
      }
      if (against === undefined || fasterBy === undefined) continue;
      const theirs = time(against === "C" ? c : run, name, against);
      if (theirs === undefined) continue;
      const ratio = theirs / ours;
      verdicts.push({
        goal: `${run.runtime}: ${name} by ${of} against ${against}`,
        wanted: `x${fasterBy} as fast`,
        found: `x${ratio.toFixed(2)}`,
        met: ratio >= fasterBy,
      });
    }
  }
  return verdicts;
}
