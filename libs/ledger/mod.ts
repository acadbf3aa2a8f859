/**
 * What every backend keeps account with: what was handed out, from where, how much there may be, and who holds a pool's buffers.
 *
 * @module
 */
export { AllocationLedger } from "./src/allocation_ledger.ts";
export { assertNoLeaks } from "./src/assert_no_leaks.ts";
export type { LedgerEntry } from "./src/ledger_entry.ts";
export { PoolGate } from "./src/pool_gate.ts";
export { checkPoolLimits, type PoolLimits } from "./src/pool_limits.ts";
export type { PoolTicket } from "./src/pool_ticket.ts";
