import type { Memory, PointerCell } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";

/** Makes a call and writes `ok` or the code of its error; gives whether it went well. */
export function attempt(out: Answer, call: () => void): boolean {
  try {
    call();
  } catch (error) {
    out.text(codeOf(error));
    return false;
  }
  out.text("ok");
  return true;
}

/** What an answer says about an error. Errors that no backend may throw go on. */
export function codeOf(error: unknown): string {
  if (error instanceof MediaError) return error.code;
  if (error instanceof TypeError) return "TypeError";
  throw error;
}

/** Tells whether there is a block in use at an address, which must not have been freed for long. */
export function isLive(memory: Memory, address: number): boolean {
  if (address === 0) return false;
  try {
    memory.read(address, 0);
    return true;
  } catch {
    return false;
  }
}

/** Lets a call work with a cap and with a pointer, and brings both back to what they were. */
export function withCell<T extends PointerCell>(
  memory: Memory,
  cap: number,
  cell: T,
  call: (cell: T) => void,
): void {
  try {
    memory.maxAlloc(cap);
    call(cell);
  } finally {
    memory.maxAlloc(DEFAULT_MAX_ALLOC);
    if (isLive(memory, cell.address)) memory.freep(cell);
  }
}

/** What `av_max_alloc` is set to before anybody calls it. */
export const DEFAULT_MAX_ALLOC = 2147483647;

/** What `av_realloc` aligns to, however the library was built. */
export const LEAST_ALIGNMENT = 16;

/**
 * Why no block of so many bytes is taken: the minimiser tries sizes that are on no grid, and these would be granted. Null for the
 * others.
 */
export function tooMuch(bytes: number): string | null {
  return bytes > 200_000 && bytes <= DEFAULT_MAX_ALLOC ? "too many bytes to be taken for a comparison" : null;
}
