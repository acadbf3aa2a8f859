import { poolSvg } from "@mediamem/drawing";
import { MediaError } from "@mediamem/interface";
import { BACKEND_IDS, buffersOf, imageOf, openBackend } from "../backends.ts";
import { canonicalName } from "../canonical_name.ts";
import { UsageError } from "../command_error.ts";
import { EXIT_CODE, type ExitCode } from "../exit_code.ts";
import { optionalInteger, parseInteger } from "../integer.ts";
import { checkOutput, writeOutput } from "../output_file.ts";
import { parseSize } from "../size.ts";
import type { Terminal } from "../terminal.ts";
import { parsePoolLine, poolLine, type PoolOperation } from "../trace/pool_operation.ts";
import { printPoolDifferences, printPoolReport, printSplit, printWarnings } from "../trace/pool_output.ts";
import { poolDifferences, type PoolReport, poolReport } from "../trace/pool_report.ts";
import type { PoolReplayOptions } from "../trace/pool_replay.ts";
import { type PoolRun, runPoolTrace } from "../trace/pool_run.ts";
import { RandomPoolTrace } from "../trace/random_pool_trace.ts";
import { RecordedTrace } from "../trace/recorded_trace.ts";
import { TraceFile } from "../trace/trace_file.ts";
import { checkTraceFlags, MOST_OPERATIONS, type TraceFlags } from "../trace/trace_flags.ts";
import { startTraceProgress } from "../trace/trace_progress.ts";
import type { TraceSource } from "../trace/trace_source.ts";
import { counted, grouped, printFailures } from "../trace/trace_text.ts";

/** The flags of `mediamem pool`. */
export interface PoolFlags extends TraceFlags {
  readonly format?: string;
  readonly size?: string;
  readonly bytes?: string;
  readonly max?: string;
  readonly highWater?: string;
  readonly preallocate?: string;
  readonly poison?: boolean;
  readonly backend: string;
  readonly strict?: boolean;
}

const MOST = 2147483647;
const RANDOM_OUT = 8;

type RunOptions = Omit<PoolReplayOptions, "onHighWater"> & { readonly strict: boolean };

/** The sizes of a random trace, between which it changes. */
function randomSizes(size: string): string[] {
  const half = size.split("x").map((part) => Math.ceil(Number(part) / 2)).join("x");
  return [size, half];
}

async function runOptions(flags: PoolFlags): Promise<RunOptions> {
  if (flags.bytes !== undefined && (flags.format !== undefined || flags.size !== undefined)) {
    throw new UsageError("Cannot use --bytes: found --format or --size too, wanted bytes or a picture");
  }
  using core = await openBackend("core-ts");
  const image = imageOf(core);
  const format = canonicalName(image, flags.format ?? "yuv420p");
  const bufferOf = (size: string): { bytes: number; label: string } => {
    if (!size.includes("x")) return { bytes: Number(size), label: `${size} bytes` };
    const { width, height } = parseSize(size);
    const layout = image.imageLayout(format, width, height, { name: "ffmpegFrame", align: 0 });
    return { bytes: layout.size, label: `${format} ${width}x${height}` };
  };
  let size = String(parseInteger("--bytes", flags.bytes ?? "1", 0, MOST));
  if (flags.bytes === undefined) {
    const { width, height } = parseSize(flags.size ?? "1920x1080");
    size = `${width}x${height}`;
  }
  try {
    bufferOf(size);
  } catch (error) {
    if (error instanceof MediaError) throw new UsageError(error.message, undefined, error);
    throw error;
  }
  const max = optionalInteger("--max", flags.max, 1, MOST, Infinity);
  const preallocate = optionalInteger("--preallocate", flags.preallocate, 0, MOST, 0);
  if (preallocate > max) {
    throw new UsageError(
      `Cannot use --preallocate ${preallocate}: it is more than --max, wanted at most ${max}`,
    );
  }
  return {
    size,
    bufferOf,
    max,
    highWater: optionalInteger("--high-water", flags.highWater, 1, MOST, Infinity),
    preallocate,
    poison: flags.poison ?? false,
    strict: flags.strict ?? false,
  };
}

function openTrace(flags: PoolFlags, { size, max }: RunOptions): TraceSource<PoolOperation> {
  if (flags.trace !== undefined) return new TraceFile(flags.trace, parsePoolLine);
  const operations = parseInteger("--random", flags.random!, 0, MOST_OPERATIONS);
  const seed = optionalInteger("--seed", flags.seed, 0, 2 ** 32 - 1, 1);
  const live = optionalInteger("--live", flags.live, 1, 10_000, Math.min(max, RANDOM_OUT));
  const source = new RandomPoolTrace(operations, seed, live, randomSizes(size));
  return flags.writeTrace === undefined ? source : new RecordedTrace(source, flags.writeTrace, poolLine);
}

interface Ran {
  readonly run: PoolRun;
  readonly report: PoolReport;
}

async function runOn(id: string, flags: PoolFlags, options: RunOptions, terminal: Terminal): Promise<Ran> {
  using backend = await openBackend(id);
  using source = openTrace(flags, options);
  using progress = startTraceProgress(source, terminal.err);
  const run = runPoolTrace(buffersOf(backend), source, options, progress);
  return { run, report: poolReport(source.name, id, run) };
}

/** What a backend did; null where this machine has it not, which is said. */
async function tryOn(
  id: string,
  flags: PoolFlags,
  options: RunOptions,
  terminal: Terminal,
): Promise<Ran | null> {
  try {
    return await runOn(id, flags, options, terminal);
  } catch (error) {
    if (!(error instanceof MediaError) || (error.code !== "LIBRARY_MISSING" && error.code !== "ENOSYS")) {
      throw error;
    }
    terminal.err.write(`${terminal.err.colours.yellow(`${id}:`)} ${error.message} (${error.code})\n`);
    return null;
  }
}

async function runAll(flags: PoolFlags, options: RunOptions, terminal: Terminal): Promise<Ran[]> {
  if (flags.backend !== "all") return [await runOn(flags.backend, flags, options, terminal)];
  if (flags.trace === "-") {
    throw new UsageError(
      "Cannot use --backend all: standard input can be read once, wanted the name of a file",
    );
  }
  const ran: Ran[] = [];
  for (const id of BACKEND_IDS) {
    const one = await tryOn(id, flags, options, terminal);
    if (one !== null) ran.push(one);
  }
  return ran;
}

function draw({ run, report }: Ran, { size, max, highWater, bufferOf }: RunOptions): string {
  const { bytes, label } = bufferOf(size);
  const { operations, slots, events, history, warningCount } = run;
  const each = label.endsWith("bytes") ? `${label} each` : `${label}, ${grouped(bytes)} bytes each`;
  const warned = warningCount === 0 ? "" : `, ${counted(warningCount, "warning")}`;
  return poolSvg({
    title: report.trace,
    subtitle: `${each}, ${report.backend}${warned}`,
    last: operations,
    slots,
    events,
    history,
    max,
    highWater,
  });
}

/** Replays a trace on a pool, shows its life over time and draws it; code 1 where an operation failed or backends differ. */
export async function pool(flags: PoolFlags, terminal: Terminal): Promise<ExitCode> {
  const { out, err } = terminal;
  checkTraceFlags("pool", flags);
  const options = await runOptions(flags);
  if (flags.svg !== undefined) checkOutput(flags.svg);
  const ran = await runAll(flags, options, terminal);
  const reports = ran.map(({ report }) => report);

  for (const report of reports) {
    const quiet = report.warnings.count === 0 && report.failures.count === 0;
    if (reports.length > 1 && !quiet) err.write(`${err.colours.bold(report.backend)}\n`);
    printWarnings(report, err);
    printFailures(report.failures, err);
  }
  if (flags.json) out.write(`${JSON.stringify(flags.backend === "all" ? reports : reports[0], null, 2)}\n`);
  else if (flags.svg !== "-") {
    for (const [i, report] of reports.entries()) {
      if (i > 0) out.write("\n");
      printPoolReport(report, out);
    }
  }
  const split = ran.some(({ run }) => run.split);
  const differences = poolDifferences(reports, split);
  if (split && reports.length > 1) printSplit(err);
  if (differences.length > 0) printPoolDifferences(differences, reports.map(({ backend }) => backend), err);
  if (flags.svg !== undefined) writeOutput(flags.svg, `${draw(ran[0]!, options)}\n`, terminal);
  if (flags.writeTrace !== undefined) err.write(`Wrote ${flags.writeTrace}\n`);
  const failed = differences.length > 0 || reports.some(({ failures }) => failures.count > 0);
  return failed ? EXIT_CODE.DIFFERENT : EXIT_CODE.OK;
}
