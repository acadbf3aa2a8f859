/**
 * What went wrong, as a word that programs can branch on.
 *
 * The first block are the codes that the C libraries return; the second block are mistakes that C would not have noticed.
 */
export type ErrorCode =
  | "EINVAL"
  | "ENOMEM"
  | "ENOSYS"
  | "EOF"
  | "EAGAIN"
  | "EIO"
  | "ERANGE"
  | "EPIPE"
  | "ENOENT"
  | "EXTERNAL"
  | "UNKNOWN"
  | "USE_AFTER_FREE"
  | "DOUBLE_FREE"
  | "WRONG_OWNER"
  | "READ_ONLY"
  | "LOCKED"
  | "OVER_BUDGET"
  | "LEAKED"
  | "CORRUPTED"
  | "ABI_MISMATCH"
  | "LIBRARY_MISSING"
  | "SYMBOL_MISSING"
  | "CALLBACK"
  | "OVERLAP";

/** What a {@linkcode MediaError} carries besides its code and message. */
export interface MediaErrorOptions {
  /** The C function whose contract was broken, or that failed: `av_image_fill_arrays`. */
  readonly op: string;
  /** The negative number that C returned, where C returned one. */
  readonly averror?: number;
  /** The last line that the library logged before it failed. */
  readonly log?: string;
  /** The error that lies beneath, unchanged. */
  readonly cause?: unknown;
}

/**
 * The one error class of mediamem: a {@linkcode ErrorCode}, the C function, and what was found and wanted.
 *
 * Arguments of a wrong JavaScript type are `TypeError`s instead.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { MediaError } from "@mediamem/interface";
 *
 * const error = new MediaError("EINVAL", "Cannot lay out nv12: width is 0, wanted at least 1", {
 *   op: "av_image_check_size",
 * });
 * assertEquals(error.code, "EINVAL");
 * assertEquals(error.op, "av_image_check_size");
 * ```
 */
export class MediaError extends Error {
  /** `MediaError`. */
  override readonly name = "MediaError";
  /** What went wrong, as a word. */
  readonly code: ErrorCode;
  /** The C function that failed or whose contract was broken. */
  readonly op: string;
  /** The number that C gave (or would have given), undefined where there is none. */
  readonly averror: number | undefined;
  /** The last line that the library logged, undefined where it logged nothing. */
  readonly log: string | undefined;

  /**
   * Makes an error.
   *
   * @param code What went wrong, as a word.
   * @param message What could not be done, colon, the value found and the value wanted.
   * @param options The C function, and what else is known.
   */
  constructor(code: ErrorCode, message: string, options: MediaErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.op = options.op;
    this.averror = options.averror;
    this.log = options.log;
  }
}
