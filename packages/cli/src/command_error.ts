import { EXIT_CODE, type ExitCode } from "./exit_code.ts";

/** Why a command cannot go on, for people: printed as one line and a hint, without a stack. */
export class CommandError extends Error {
  /** What `mediamem` ends with. */
  readonly exitCode: ExitCode = EXIT_CODE.DIFFERENT;
  /** What to try instead. */
  readonly hint: string | undefined;

  /**
   * Makes an error.
   *
   * @param message What could not be done, colon, the value found and the value wanted.
   * @param hint What to try instead.
   * @param cause The error that lies beneath.
   */
  constructor(message: string, hint?: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.hint = hint;
  }
}

/** Arguments that ask for what cannot be done: exit code 2. */
export class UsageError extends CommandError {
  override readonly exitCode: ExitCode = EXIT_CODE.USAGE;
}
