import {
  type Area,
  areasNamed,
  ConformanceError,
  LiveSubject,
  selfTest,
  type SelfTestReport,
} from "@mediamem/conformance";
import { openBackend } from "../backends.ts";
import { UsageError } from "../command_error.ts";
import { EXIT_CODE, type ExitCode } from "../exit_code.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

/** The flags of `mediamem self-test`. */
export interface SelfTestFlags {
  readonly area?: string;
}

function areas(name: string | undefined): readonly Area[] {
  try {
    return areasNamed(name === undefined ? [] : [name]);
  } catch (error) {
    throw error instanceof ConformanceError ? new UsageError(error.message, undefined, error) : error;
  }
}

/** Prints which case found each defect. True where one got through, or where the cases are wrong otherwise. */
export function printSelfTest({ area, defects, failures }: SelfTestReport, terminal: Terminal): boolean {
  const { write, columns, colours } = terminal.out;
  write(table(
    [
      { head: "defect", value: (defect) => defect.id },
      { head: "found by", value: (defect) => defect.difference?.id ?? "nothing" },
      { head: "what was planted", value: (defect) => defect.description, drop: 1 },
    ],
    defects,
    columns,
    colours.dim,
  ));
  const found = defects.filter((defect) => defect.difference !== null).length;
  write(`${colours.bold(area)}: ${found} of ${defects.length} planted defects found\n`);
  for (const failure of failures) terminal.err.write(`${terminal.err.colours.red("mediamem:")} ${failure}\n`);
  return failures.length > 0;
}

/** Plants every defect that the areas bring, and shows the case that found it; code 1 where one got through. */
export async function selfTestCommand(flags: SelfTestFlags, terminal: Terminal): Promise<ExitCode> {
  const wanted = areas(flags.area);
  using core = await openBackend("core-ts");
  let failed = false;
  for (const area of wanted) {
    terminal.err.write(`Planting ${area.defects.length} defects in ${area.name}, one at a time\n`);
    failed = printSelfTest(selfTest(area, core, new LiveSubject(core)), terminal) || failed;
  }
  return failed ? EXIT_CODE.DIFFERENT : EXIT_CODE.OK;
}
