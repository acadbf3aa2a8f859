import type { BufferRef } from "@mediamem/interface";
import type { AllocationLedger } from "@mediamem/ledger";
import type { BufferAccount } from "../buffer_account.ts";
import type { FormatTable } from "../image/format_table.ts";
import type { AvutilLibrary } from "../library.ts";

/** What all frames of one backend share. */
export interface FrameContext {
  readonly library: AvutilLibrary;
  readonly formats: FormatTable;
  readonly ledger: AllocationLedger;
  readonly account: BufferAccount;
  /** Addresses of the structs that handles own, of other backends too. */
  readonly owned: Set<number>;
  /** Gives a handle of its own to the buffer of an `AVBufferRef`. */
  readonly retainBuffer: (reference: number) => BufferRef;
}
