import { AVERROR, MediaError } from "@mediamem/interface";

/** Whether an error is one for which C returns NULL: no memory, or no budget for it. */
export function isShortage(error: unknown): boolean {
  return error instanceof MediaError && error.averror === AVERROR.ENOMEM;
}
