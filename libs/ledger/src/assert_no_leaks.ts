import { type LeakScope, MediaError } from "@mediamem/interface";
import { plural } from "./plural.ts";

/**
 * Throws `LEAKED`, with the whole report, where something that was taken in a scope is still alive, or was found by the garbage collector.
 *
 * @param scope What `ledger.scope()` gave.
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { AllocationLedger, assertNoLeaks } from "@mediamem/ledger";
 *
 * const ledger = new AllocationLedger({ tracing: "all" });
 * const scope = ledger.scope();
 * const entry = ledger.open("av_malloc", 64);
 * assertThrows(() => assertNoLeaks(scope), Error, "1 leak of 64 bytes");
 *
 * ledger.close(entry);
 * assertNoLeaks(scope);
 * ```
 */
export function assertNoLeaks(scope: LeakScope): void {
  const report = scope.report();
  let { count, bytes } = report;
  for (const group of report.abandoned) {
    count += group.count;
    bytes += group.bytes;
  }
  if (count === 0) return;
  throw new MediaError(
    "LEAKED",
    `Cannot end the scope: ${plural(count, "leak")} of ${plural(bytes, "byte")}, wanted none\n${report.text}`,
    { op: "assertNoLeaks" },
  );
}
