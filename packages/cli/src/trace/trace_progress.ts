import process from "node:process";
import cliProgress from "cli-progress";
import { BAR_OPTIONS, barSize } from "../progress.ts";
import type { Output } from "../terminal.ts";
import type { TraceSource } from "./trace_source.ts";

/** Shows how far a run is. Disposing it leaves the cursor on a line of its own; a second time does nothing. */
export interface TraceProgress extends Disposable {
  /** Shows it, where there is something new to see. */
  show(operations: number, failures: number): void;
}

const SILENT: TraceProgress = { show() {}, [Symbol.dispose]() {} };

/** A bar for who watches a terminal, nothing else where nobody does. It appears once the run proves to be long. */
export function startTraceProgress(source: TraceSource<unknown>, output: Output): TraceProgress {
  if (!output.interactive) return SILENT;
  const words = "{operations} operations, {failures} failures";
  const bar = new cliProgress.SingleBar({
    stream: process.stderr,
    format: source.total === null ? words : `{bar} {percentage}%  ${words}`,
    barsize: barSize(output.columns),
    ...BAR_OPTIONS,
  }, cliProgress.Presets.shades_classic);
  let started = false;
  return {
    show(operations, failures) {
      const payload = { operations: operations.toLocaleString("en-US"), failures };
      const total = source.total ?? source.done;
      if (started) bar.update(source.done, payload);
      else bar.start(total, source.done, payload);
      started = true;
    },
    [Symbol.dispose]() {
      if (started) bar.stop();
      started = false;
    },
  };
}
