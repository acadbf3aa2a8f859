import { checkInteger, invalid } from "@mediamem/checks";

/** How far a source that is read once can be gone back in. */
export interface WindowOptions {
  /**
   * Bytes behind the furthest that was read which stay readable, besides what the context still has in its buffer; undefined: 1 MiB. A context that
   * goes back a short way asks for up to half its buffer more, as C does. No more than these and one chunk of the stream are ever held.
   */
  readonly window?: number;
}

/** What is known of a source that is read once. */
export interface ChunkedOptions extends WindowOptions {
  /** Bytes in all; undefined where nobody knows. Not believed, only told. */
  readonly size?: number;
}

/** Gives the bytes of a window; throws for no number of bytes. */
export function windowOf(op: string, { window = 1048576 }: WindowOptions): number {
  checkInteger(op, "window", window);
  if (window < 0) invalid(op, `Cannot call ${op}: window is ${window}, wanted at least 0`);
  return window;
}
