import type { Output } from "../terminal.ts";
import type { FailureLog } from "./failure_log.ts";

/** Groups the digits of a number by threes. */
export function grouped(value: number): string {
  return value.toLocaleString("en-US");
}

/** `1 block`, `2 blocks`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** At most so many characters of a text, `~` for what is missing. */
export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}~` : text;
}

/** Prints the operations that failed: the first of them, and how many more there are. */
export function printFailures(
  failures: Pick<FailureLog, "count" | "first" | "codes">,
  { write, colours }: Output,
): void {
  for (const { where, operation, code, message } of failures.first) {
    write(`${colours.red(`${where}:`)} ${operation}: ${message} (${code})\n`);
  }
  const more = failures.count - failures.first.length;
  if (more === 0) return;
  const codes = Object.entries(failures.codes).map(([code, count]) => `${grouped(count)} ${code}`).join(", ");
  write(`and ${counted(more, "more failure")}; in all ${codes}\n`);
}
