import type { BufferOptions } from "@mediamem/interface";
import type { MemoryOwner } from "./core_buffer.ts";

/** Gives memory back to the program that brought it. */
export class ProgramOwner implements MemoryOwner {
  /** Remembers what `free` is called with. */
  constructor(
    readonly data: Uint8Array,
    readonly opaque: unknown,
    readonly free: BufferOptions["free"],
  ) {}

  release(): void {
    this.free?.(this.opaque, this.data);
  }

  lose(): void {}
}
