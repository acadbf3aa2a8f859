import { parseStack } from "./parse_stack.ts";

/**
 * Calls that are looked at: those that are kept, and the few of mediamem that come before them. Deno asks its source maps about each one,
 * 4 microseconds a call.
 */
const DEPTH = 12;

/** Different stacks that are remembered; a program has few places that allocate, and parsing costs more than a look-up. */
const REMEMBERED = 1024;

/** What V8 and JavaScriptCore have on `Error` beyond the language. */
interface StackSettings {
  stackTraceLimit?: number | undefined;
  prepareStackTrace?: unknown;
  captureStackTrace(target: object, above: () => unknown): void;
}

const settings = Error as unknown as StackSettings;
const sites = new Map<string, readonly string[] | null>();

/** Gives the calls that led here, as {@linkcode parseStack} does; equal stacks give the same array. */
export function captureSite(): readonly string[] | null {
  const stack = rawStack();
  const known = sites.get(stack);
  if (known !== undefined) return known;
  if (sites.size === REMEMBERED) sites.clear();
  const site = parseStack(stack);
  sites.set(stack, site);
  return site;
}

/**
 * The text is asked for at once: until then V8 keeps the objects whose methods are on the stack alive, and the garbage collector would
 * never find a handle that was dropped.
 */
function rawStack(): string {
  const target = { stack: "" };
  const { stackTraceLimit, prepareStackTrace } = settings;
  settings.stackTraceLimit = DEPTH;
  // A program may have its own idea of what `stack` is.
  if (prepareStackTrace !== undefined) settings.prepareStackTrace = undefined;
  try {
    settings.captureStackTrace(target, captureSite);
    return String(target.stack);
  } finally {
    settings.stackTraceLimit = stackTraceLimit;
    if (prepareStackTrace !== undefined) settings.prepareStackTrace = prepareStackTrace;
  }
}
