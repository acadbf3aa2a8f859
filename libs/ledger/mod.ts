/**
 * What every backend keeps account with: what was handed out, from where, how much there may be, and who holds a pool's buffers.
 *
 * @module
 */
export { assertNoLeaks } from "./src/assert_no_leaks.ts";
export { AllocationLedger } from "./src/allocation_ledger.ts";
export type { LedgerEntry } from "./src/ledger_entry.ts";
export { PoolGate, type PoolLimits, type PoolTicket } from "./src/pool_gate.ts";
