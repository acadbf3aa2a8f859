import type { LedgerEntry } from "@mediamem/ledger";
import type { BufferContext } from "./buffer_context.ts";
import { BufferViews } from "./buffer_views.ts";
import type { PoolMember } from "./pool_member.ts";
import type { ProgramMemory, ReleaseSignal } from "./release_signal.ts";

/** A reference of the program's (`AVBufferRef`). The garbage collector is given it, so it reaches neither its handle nor a view. */
export class Reference {
  /** Where it is among the references of its buffer. */
  index = 0;

  /** Describes a reference. */
  constructor(public pointer: number, public buffer: NativeBuffer, public entry: LedgerEntry | null) {}
}

/** What is known of an `AVBuffer` while the program refers to it. */
export class NativeBuffer {
  /** The program's references; C may have others. */
  readonly references: Reference[] = [];
  readonly views: BufferViews = new BufferViews();
  /** Whether `av_buffer_realloc` made it, and may change its size in place. */
  reallocatable = false;
  /** `AV_BUFFER_FLAG_READONLY`; null where nobody has told us. */
  readOnly: boolean | null = false;
  /** Where it is in a pool of ours. */
  member: PoolMember | null = null;
  /** What tells that C has let go of memory that the program brought; null for other memory, and for that of a pool. */
  signal: ReleaseSignal | null = null;
  /** Memory that the program brought, of a pool's buffer too. */
  program: ProgramMemory | null = null;

  /**
   * Describes a buffer.
   *
   * @param context What it belongs to.
   * @param key Address of the `AVBuffer`.
   * @param start Address of the first byte that is known to be its own.
   * @param length How many bytes are.
   */
  constructor(
    readonly context: BufferContext,
    readonly key: number,
    public start: number,
    public length: number,
  ) {}

  /** Notes one more reference. */
  add(reference: Reference): void {
    reference.index = this.references.length;
    this.references.push(reference);
  }

  /** Notes one reference fewer. */
  remove(reference: Reference): void {
    const last = this.references.pop()!;
    if (last === reference) return;
    this.references[reference.index] = last;
    last.index = reference.index;
  }
}
