import { UsageError } from "../command_error.ts";

/** The flags that say which trace is run, and what is left of it. */
export interface TraceFlags {
  readonly trace?: string;
  readonly random?: string;
  readonly seed?: string;
  readonly live?: string;
  readonly writeTrace?: string;
  readonly json?: boolean;
  readonly svg?: string;
}

/** The most operations that a random trace can be asked for. */
export const MOST_OPERATIONS = 1e12;

/** What belongs to a random trace only, as people write it. */
const RANDOM_FLAGS = [["seed", "--seed"], ["live", "--live"], ["writeTrace", "--write-trace"]] as const;

/** Throws a `UsageError` for flags that contradict each other. */
export function checkTraceFlags(command: string, flags: TraceFlags): void {
  const { trace, random, json, svg, writeTrace } = flags;
  if ((trace === undefined) === (random === undefined)) {
    const found = trace === undefined ? "neither --trace nor --random" : "both --trace and --random";
    throw new UsageError(
      `Cannot run the ${command}: found ${found}, wanted one of them`,
      `See mediamem ${command} --help`,
    );
  }
  for (const [flag, name] of RANDOM_FLAGS) {
    if (flags[flag] === undefined || random !== undefined) continue;
    throw new UsageError(`Cannot use ${name}: found --trace, wanted --random, which it belongs to`);
  }
  if (json && svg === "-") {
    throw new UsageError("Cannot print both JSON and SVG: --json and --svg - both want standard output");
  }
  if (writeTrace === "-") {
    throw new UsageError(
      "Cannot use --write-trace -: standard output has the report, wanted the name of a file",
    );
  }
}
