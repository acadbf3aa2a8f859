import process from "node:process";
import cliProgress from "cli-progress";
import type { Output } from "./terminal.ts";

/** How far one runtime is. */
export interface Advance {
  readonly done: number;
  readonly total: number;
  readonly different: number;
}

/** Shows how far a run is. Disposing it leaves the cursor on a line of its own; a second time does nothing. */
export interface ProgressDisplay extends Disposable {
  show(runtime: string, advance: Advance): void;
}

/** Without a terminal a line is printed each time that another such part is done. */
const PARTS = 4;

const WIDE = 86;

/** What all bars have in common. */
export const BAR_OPTIONS: Readonly<{ hideCursor: boolean; linewrap: boolean; gracefulExit: boolean }> = {
  // What a killed program hid or switched off would stay so.
  hideCursor: false,
  linewrap: true,
  gracefulExit: false,
};

/** How wide the bar itself is on a terminal of that width. */
export function barSize(columns: number): number {
  return columns < WIDE ? 10 : 24;
}

function bars(output: Output): ProgressDisplay {
  const multi = new cliProgress.MultiBar(
    {
      stream: process.stderr,
      format: output.columns < WIDE
        ? "{runtime} {bar} {percentage}%  {different} different"
        : "{runtime} {bar} {percentage}%  {value}/{total}  {different} different  {eta_formatted} left",
      barsize: barSize(output.columns),
      ...BAR_OPTIONS,
      autopadding: true,
    },
    cliProgress.Presets.shades_classic,
  );
  const shown = new Map<string, cliProgress.SingleBar>();
  let stopped = false;
  return {
    show(runtime, { done, total, different }) {
      const payload = { runtime: runtime.padEnd(4), different };
      const bar = shown.get(runtime);
      if (bar === undefined) shown.set(runtime, multi.create(total, done, payload));
      else bar.update(done, payload);
    },
    [Symbol.dispose]() {
      if (!stopped) multi.stop();
      stopped = true;
    },
  };
}

function lines(output: Output): ProgressDisplay {
  const parts = new Map<string, number>();
  return {
    show(runtime, { done, total, different }) {
      const part = total === 0 ? PARTS : Math.floor((done / total) * PARTS);
      if (part <= (parts.get(runtime) ?? -1)) return;
      parts.set(runtime, part);
      output.write(
        `${runtime}: ${Math.floor((part / PARTS) * 100)}% of ${total} cases, ${different} different\n`,
      );
    },
    [Symbol.dispose]() {},
  };
}

/** Starts to show progress: bars for who watches a terminal, else a line now and then. */
export function startProgress(output: Output): ProgressDisplay {
  return output.interactive ? bars(output) : lines(output);
}
