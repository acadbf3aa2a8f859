import { isOwnFile, isRuntimeFile, plainPath } from "./own_frames.ts";

/** How many calls of a stack are kept. */
const KEPT = 8;

/** `at name (file:line:column)`, of V8 and of Bun. */
const NAMED = /^\s*at (.*?) \((.*):(\d+):(\d+)\)$/;
/** `at file:line:column`, of V8 and of Bun. */
const NAMELESS = /^\s*at (?:async )?(.*):(\d+):(\d+)$/;
/** `name@file:line:column`, of JavaScriptCore. */
const AT_SIGN = /^([^/@]*)@(.*):(\d+):(\d+)$/;

/**
 * Gives the calls of an `Error.stack`, innermost first, as `name (file:line:column)`, the same on every engine as far as it can be.
 *
 * Calls of mediamem and of the runtime are left out, unless there are no others. At most 8 are kept; null where the text names no call.
 */
export function parseStack(stack: string): readonly string[] | null {
  const callers: string[] = [];
  const all: string[] = [];
  for (const line of stack.split("\n")) {
    const frame = parseFrame(line);
    if (frame === null) continue;
    if (all.length < KEPT) all.push(frame.text);
    if (frame.foreign) callers.push(frame.text);
    if (callers.length === KEPT) break;
  }
  const kept = callers.length > 0 ? callers : all;
  return kept.length > 0 ? Object.freeze(kept) : null;
}

/** One call of a stack. */
interface Frame {
  readonly text: string;
  /** Whether neither mediamem nor the runtime made it. */
  readonly foreign: boolean;
}

function parseFrame(line: string): Frame | null {
  let name = "";
  let match = NAMED.exec(line) ?? AT_SIGN.exec(line);
  if (match !== null) {
    name = match[1]!;
    match.shift();
  } else {
    match = NAMELESS.exec(line);
    if (match === null) return null;
  }
  const file = plainPath(match[1]!);
  return {
    text: `${plainName(name)} (${file}:${match[2]}:${match[3]})`,
    foreign: !isRuntimeFile(file) && !isOwnFile(file),
  };
}

/** V8 says `async Decoder.get frame [as alias]` where JavaScriptCore says `frame`: only what both know is kept. */
function plainName(name: string): string {
  const made = /(?:^|\s)new /.test(name) ? "new " : "";
  const bare = name
    .replace(/ \[as .*\]$/, "")
    .replace(/^async /, "")
    .replace(/^new /, "")
    .replace(/^.*\./, "")
    .replace(/^(?:get|set) /, "");
  return bare === "" || bare === "anonymous" || / code$/.test(bare) ? "<anonymous>" : made + bare;
}
