/** Why a run could not be made, as a word. `USAGE` is a mistake of the caller: exit code 2 of the command. */
export type ConformanceErrorCode =
  | "USAGE"
  | "LIBRARY_MISSING"
  | "RUNTIME_MISSING"
  | "RECORDING_STALE"
  | "RECORDING_CORRUPT"
  | "REPORT_CORRUPT";

/**
 * A run of the conformance that could not be made. What the run finds out about the backends is in its report instead.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { ConformanceError, parseShard } from "@mediamem/conformance";
 *
 * const error = assertThrows(() => parseShard("3/2"), ConformanceError, "wanted 1/2 to 2/2");
 * assertEquals(error.code, "USAGE");
 * ```
 */
export class ConformanceError extends Error {
  /** `ConformanceError`. */
  override readonly name = "ConformanceError";
  /** Why, as a word. */
  readonly code: ConformanceErrorCode;

  /**
   * Makes an error.
   *
   * @param code Why, as a word.
   * @param message What could not be done, colon, the value found and the value wanted.
   * @param cause The error that lies beneath.
   */
  constructor(code: ConformanceErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** Throws the `USAGE` error with that message. */
export function usage(message: string): never {
  throw new ConformanceError("USAGE", message);
}
