import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import {
  ConformanceError,
  isGreen,
  mergeReports,
  parseShard,
  renderTerminal,
  reportsToJson,
  type RunReport,
} from "@mediamem/conformance";
import {
  readReports,
  runConformance,
  type RuntimeName,
  writeJsonReport,
  writeReports,
} from "@mediamem/conformance/node";
import { CommandError, UsageError } from "../command_error.ts";
import { EXIT_CODE, type ExitCode } from "../exit_code.ts";
import { parseInteger } from "../integer.ts";
import { startProgress } from "../progress.ts";
import type { Terminal } from "../terminal.ts";

const WIDTH = 100;
/** What a shell gives to a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Where `mediamem conformance` and `mediamem merge` leave what they found. */
export interface ReportFlags {
  readonly report: string;
  readonly json?: string;
}

/** The flags of `mediamem conformance`. */
export interface ConformanceFlags extends ReportFlags {
  readonly area?: string;
  readonly backend?: string;
  readonly runtime: RuntimeName | "both";
  readonly full?: boolean;
  readonly seed?: string;
  readonly case?: string;
  readonly shard?: string;
}

/** Turns the errors of the conformance into those of the command. */
async function translated<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConformanceError)) throw error;
    if (error.code === "USAGE") throw new UsageError(error.message, "See mediamem conformance --help", error);
    throw new CommandError(error.message, undefined, error);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new UsageError(`Cannot make the folder ${folder} for the report: ${reasonOf(error)}`);
  }
}

/** Makes the folders before the work, and looks whether they take files: a long run should not end without its report. */
function prepareFolders({ report, json }: ReportFlags): void {
  prepareFolder(report);
  if (json === undefined || json === "-") return;
  if (!existsSync(json)) return prepareFolder(dirname(json));
  if (statSync(json).isDirectory()) {
    throw new UsageError(`Cannot write ${json}: it is a folder, wanted a file`);
  }
  try {
    accessSync(json, constants.W_OK);
  } catch (error) {
    throw new UsageError(`Cannot write ${json}: ${reasonOf(error)}`);
  }
}

/** Leaves the reports as files, and gives their names. */
function leaveFiles(reports: readonly RunReport[], { report, json }: ReportFlags): readonly string[] {
  try {
    const files = writeReports(report, reports);
    if (json === undefined || json === "-") return files;
    writeJsonReport(json, reports);
    return [...files, json];
  } catch (error) {
    throw new CommandError(`Cannot write the report: ${reasonOf(error)}`, undefined, error);
  }
}

/** Prints the reports and leaves them as files; code 1 where one found a difference or is not whole. */
function finish(reports: readonly RunReport[], flags: ReportFlags, terminal: Terminal): ExitCode {
  const files = leaveFiles(reports, flags);
  if (flags.json === "-") terminal.out.write(reportsToJson(reports));
  const { write, columns, colours } = flags.json === "-" ? terminal.err : terminal.out;
  const width = Number.isFinite(columns) ? columns : WIDTH;
  write(renderTerminal(reports, { width, colour: colours.isColorSupported }));
  terminal.err.write(`\nWrote ${files.join(", ")}\n`);
  return reports.every(isGreen) ? EXIT_CODE.OK : EXIT_CODE.DIFFERENT;
}

/** Compares `core-ts` with a library on one runtime or both, prints what came of it and leaves a report. */
export function conformance(flags: ConformanceFlags, terminal: Terminal): Promise<ExitCode> {
  return translated(async () => {
    const options = {
      runtime: flags.runtime,
      ...(flags.area === undefined ? {} : { areas: [flags.area] }),
      ...(flags.backend === undefined ? {} : { backend: flags.backend }),
      ...(flags.full ? { scope: "full" as const } : {}),
      ...(flags.seed === undefined ? {} : { seed: parseInteger("--seed", flags.seed, 0, 4294967295) }),
      ...(flags.case === undefined ? {} : { caseId: flags.case }),
      ...(flags.shard === undefined ? {} : { shard: parseShard(flags.shard) }),
    };
    prepareFolders(flags);
    using progress = startProgress(terminal.err);
    const interrupt = (): void => {
      progress[Symbol.dispose]();
      process.exit(INTERRUPTED);
    };
    process.once("SIGINT", interrupt);
    try {
      const { reports } = await runConformance({ ...options, onProgress: progress.show });
      progress[Symbol.dispose]();
      return finish(reports, flags, terminal);
    } finally {
      process.removeListener("SIGINT", interrupt);
    }
  });
}

/** Puts the JSON reports of shards together. */
export function merge(files: readonly string[], flags: ReportFlags, terminal: Terminal): Promise<ExitCode> {
  return translated(() => {
    const reports = mergeReports(readReports(files));
    prepareFolders(flags);
    return finish(reports, flags, terminal);
  });
}
