import type { ArrayCell, FastCell } from "@mediamem/interface";

/** Bytes in front of each block that are never those of another: both allocators keep their own account there. */
const NOBODYS = 8;

/** One place of a trace: a pointer with everything that C functions may keep beside it. */
export class TracePlace {
  /** What is handed to the functions that change a pointer. */
  readonly cell: FastCell & ArrayCell = { address: 0, size: 0, count: 0 };
  /** Bytes of the block; -1 where there is none. */
  length = -1;
  /** Bytes of each element, while it is an array. */
  elementSize = 0;
  /** The step that freed the block and left the pointer to it. */
  freedAt = 0;
  /** Bytes that it had. */
  freedLength = 0;

  /** Whether it points to what was freed. */
  get isDangling(): boolean {
    return this.length < 0 && this.cell.address !== 0;
  }

  /** The block is no more; the pointer to it stays. */
  leave(step: number): void {
    this.freedAt = step;
    this.freedLength = this.length;
    this.length = -1;
  }

  /** Makes the place empty, without a word to the backend. */
  forget(): void {
    this.hold(0, -1);
  }

  /** Lets the place hold a block of which nothing else is known. */
  hold(address: number, length: number): void {
    this.cell.address = address;
    this.cell.size = 0;
    this.cell.count = 0;
    this.length = length;
    this.elementSize = 0;
  }

  /**
   * Tells what lies `by` bytes beside the pointer: a byte of the block, live or freed, or nothing that is anybody's, or what depends on the
   * allocator.
   */
  lookAt(by: number): "inside" | "nobodys" | "unknown" {
    const length = this.isDangling ? this.freedLength : Math.max(this.length, 0);
    if (by === 0 || (by > 0 && by < length)) return "inside";
    return by === -1 || (by > 0 && by < length + NOBODYS) ? "nobodys" : "unknown";
  }

  /** Tells whether another block and this one share a byte; blocks of no bytes have one here. */
  overlaps(address: number, length: number): boolean {
    if (this.length < 0) return false;
    const start = this.cell.address;
    return start < address + Math.max(length, 1) && address < start + Math.max(this.length, 1);
  }
}
