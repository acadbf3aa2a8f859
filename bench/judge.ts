import type { Measurement } from "./measure.ts";

/** What one runtime measured. */
export interface Run {
  readonly runtime: string;
  readonly results: readonly Measurement[];
}

/** A goal as a ratio within one run (`against`, `fasterBy`), or as a ceiling in nanoseconds (`below`). */
export interface Goal {
  readonly name: string;
  readonly of: string;
  readonly against?: string;
  readonly fasterBy?: number;
  readonly below?: number;
}

/** How one goal stands on one runtime. */
export interface Verdict {
  readonly goal: string;
  readonly wanted: string;
  readonly found: string;
  readonly met: boolean;
}

/** Sets each goal against each runtime. A goal whose other side was not measured gives no verdict. */
export function judge(goals: readonly Goal[], runs: readonly Run[]): Verdict[] {
  const time = (run: Run | undefined, name: string, by: string): number | undefined =>
    run?.results.find((result) => result.name === name && result.by === by)?.nanoseconds;
  const c = runs.find((run) => run.runtime === "c");
  const verdicts: Verdict[] = [];
  for (const run of runs) {
    for (const { name, of, against, fasterBy, below } of goals) {
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
