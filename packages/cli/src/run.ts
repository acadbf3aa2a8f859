import { CommanderError } from "commander";
import { MediaError } from "@mediamem/interface";
import { EXIT_CODE, type ExitCode } from "./exit_code.ts";
import { makeProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";
import { CommandError } from "./command_error.ts";

function report(error: unknown, terminal: Terminal): ExitCode {
  const { write, colours } = terminal.err;
  const line = (message: string): void => write(`${colours.red("mediamem:")} ${message}\n`);
  // Commander has printed its message already; 0 is the code of --help and --version.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODE.OK : EXIT_CODE.USAGE;
  if (error instanceof CommandError) {
    line(error.message);
    if (error.hint !== undefined) write(`${error.hint}\n`);
    return error.exitCode;
  }
  if (error instanceof MediaError) {
    line(`${error.message} (${error.code}${error.op === "" ? "" : `, ${error.op}`})`);
    return EXIT_CODE.DIFFERENT;
  }
  line(
    `Unexpected error, please report it: ${
      error instanceof Error ? error.stack ?? error.message : String(error)
    }`,
  );
  return EXIT_CODE.DIFFERENT;
}

/**
 * Does what `mediamem` does with these arguments, and gives its exit code. Nothing is thrown: errors are printed.
 *
 * @param args The arguments behind the program's name.
 * @param terminal Where to write to.
 *
 * @example
 * ```ts
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 * import { recordingTerminal, run } from "@mediamem/cli";
 *
 * const terminal = recordingTerminal();
 * assertEquals(await run(["layout", "yuv420p", "300x300", "--align", "16"], terminal), 0);
 * assertStringIncludes(terminal.outText(), "139200 bytes");
 * ```
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT_CODE.OK;
  try {
    const program = makeProgram(terminal, (result) => {
      code = result;
    });
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    return report(error, terminal);
  }
}
