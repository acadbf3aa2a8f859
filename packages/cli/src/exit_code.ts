/** The exit codes of `mediamem`. */
export const EXIT_CODE: {
  /** The command did what it was asked, and found nothing wrong. */
  readonly OK: 0;
  /** Backends differ, or something is broken. */
  readonly DIFFERENT: 1;
  /** The arguments ask for what cannot be done. */
  readonly USAGE: 2;
} = { OK: 0, DIFFERENT: 1, USAGE: 2 };

/** One of {@linkcode EXIT_CODE}. */
export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];
