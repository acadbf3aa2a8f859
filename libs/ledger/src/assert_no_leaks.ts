import { type LeakScope, MediaError } from "@mediamem/interface";

/**
 * Throws `LEAKED`, with the whole report, where something that was taken in a scope is still alive.
 *
 * @param scope What `ledger.scope()` gave.
 */
export function assertNoLeaks(scope: LeakScope): void {
  const report = scope.report();
  if (report.count === 0) return;
  throw new MediaError(
    "LEAKED",
    `Cannot end the scope: found ${report.count} leaks, wanted none\n${report.text}`,
    { op: "assertNoLeaks" },
  );
}
