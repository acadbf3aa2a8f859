import { heapSvg } from "@mediamem/drawing";
import { UsageError } from "../command_error.ts";
import { EXIT_CODE, type ExitCode } from "../exit_code.ts";
import { optionalInteger, parseInteger } from "../integer.ts";
import { checkOutput, writeOutput } from "../output_file.ts";
import type { Terminal } from "../terminal.ts";
import { heapLine, type HeapOperation, parseHeapLine } from "../trace/heap_operation.ts";
import { printHeapRun, printViolations } from "../trace/heap_output.ts";
import { heapReport } from "../trace/heap_report.ts";
import { type HeapRunOptions, runHeapTrace } from "../trace/heap_run.ts";
import { stripOptions } from "../trace/heap_strip.ts";
import { RandomHeapTrace } from "../trace/random_heap_trace.ts";
import { RecordedTrace } from "../trace/recorded_trace.ts";
import { TraceFile } from "../trace/trace_file.ts";
import { startTraceProgress } from "../trace/trace_progress.ts";
import { checkTraceFlags, MOST_OPERATIONS, type TraceFlags } from "../trace/trace_flags.ts";
import type { TraceSource } from "../trace/trace_source.ts";
import { printFailures } from "../trace/trace_text.ts";

/** The flags of `mediamem heap`. */
export interface HeapFlags extends TraceFlags {
  readonly checked?: boolean;
  readonly alignment: string;
  readonly size?: string;
  readonly max?: string;
  readonly limit?: string;
  readonly at?: string;
  readonly strict?: boolean;
}

const MOST_BYTES = 2 ** 32;
const FIRST_BYTES = 65536;

function runOptions(flags: HeapFlags, columns: number): HeapRunOptions {
  const max = optionalInteger("--max", flags.max, 1, MOST_BYTES, MOST_BYTES);
  const size = optionalInteger("--size", flags.size, 0, MOST_BYTES, Math.min(FIRST_BYTES, max));
  if (size > max) {
    throw new UsageError(`Cannot use --size ${size}: it is more than --max, wanted at most ${max}`);
  }
  return {
    checked: flags.checked ?? false,
    alignment: Number(flags.alignment) as 16 | 32 | 64,
    size,
    max,
    limit: optionalInteger("--limit", flags.limit, 0, MOST_BYTES, Infinity),
    at: flags.at === undefined ? undefined : parseInteger("--at", flags.at, 0, MOST_OPERATIONS),
    strict: flags.strict ?? false,
    strip: stripOptions(columns, String(max).length),
  };
}

function openTrace(flags: HeapFlags): TraceSource<HeapOperation> {
  if (flags.trace !== undefined) return new TraceFile(flags.trace, parseHeapLine);
  const operations = parseInteger("--random", flags.random!, 0, MOST_OPERATIONS);
  const seed = optionalInteger("--seed", flags.seed, 0, 2 ** 32 - 1, 1);
  const live = optionalInteger("--live", flags.live, 1, 10_000_000, 1000);
  const source = new RandomHeapTrace(operations, seed, live);
  return flags.writeTrace === undefined ? source : new RecordedTrace(source, flags.writeTrace, heapLine);
}

/** Replays a trace on a heap of its own, reports what came of it and draws it; code 1 where an operation failed or the heap is not sound. */
export function heap(flags: HeapFlags, terminal: Terminal): ExitCode {
  const { out, err } = terminal;
  checkTraceFlags("heap", flags);
  const options = runOptions(flags, out.columns);
  if (flags.svg !== undefined) checkOutput(flags.svg);
  using source = openTrace(flags);
  if (options.at !== undefined && flags.random !== undefined && options.at > source.total!) {
    throw new UsageError(
      `Cannot use --at ${options.at}: it is more than --random, wanted at most ${source.total}`,
    );
  }
  using progress = startTraceProgress(source, err);
  const run = runHeapTrace(source, options, progress);
  progress[Symbol.dispose]();

  printFailures(run.failures, err);
  printViolations(run, err);
  if (flags.json) out.write(`${JSON.stringify(heapReport(source.name, run), null, 2)}\n`);
  else if (flags.svg !== "-") printHeapRun(source.name, run, options.checked, out);
  const { picture, history, failures, violations } = run;
  if (flags.svg !== undefined && picture !== null) {
    writeOutput(
      flags.svg,
      `${heapSvg(picture.map, { title: source.name, names: picture.names, history })}\n`,
      terminal,
    );
  }
  if (flags.writeTrace !== undefined) err.write(`Wrote ${flags.writeTrace}\n`);
  return failures.count > 0 || violations.length > 0 || picture === null ? EXIT_CODE.DIFFERENT : EXIT_CODE.OK;
}
