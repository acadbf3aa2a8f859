import { type LeakScope, type Ledger, MediaError } from "@mediamem/interface";
import { plural, show } from "@mediamem/checks";

/**
 * Throws `LEAKED`, with the whole report, where something that was taken in a scope is still alive, or was found by the garbage collector.
 *
 * Of a whole ledger it counts what was taken while tracing was off, too. Throws a `TypeError` for what is neither.
 *
 * @param scope What `ledger.scope()` gave, or a ledger for everything since it began.
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
export function assertNoLeaks(scope: LeakScope | Ledger): void {
  if (typeof scope?.report !== "function") {
    throw new TypeError(
      `Cannot call assertNoLeaks: scope is ${show(scope)}, wanted what ledger.scope() gave`,
    );
  }
  const report = scope.report();
  // A ledger's report has only what was traced.
  let { count, bytes } = "live" in scope ? { count: scope.live, bytes: scope.bytes } : report;
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
