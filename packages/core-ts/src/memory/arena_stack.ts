import { checkInteger, invalid } from "@mediamem/checks";
import { AVERROR, MediaError } from "@mediamem/interface";
import type { ArenaScope } from "./arena_scope.ts";
import { POISON } from "./red_zone.ts";
import { checkAlignment } from "./request.ts";
import { bufferOf, type HeapStorage } from "./storage.ts";

/** The stretch of an arena, and how far it is used. */
export class ArenaStack {
  /** Where the next allocation can be. */
  top: number;
  /** The highest that `top` was. */
  highest: number;
  /** The scope that was opened last of those that are open. */
  innermost: StackScope | null = null;

  /** Begins with nothing used. */
  constructor(
    readonly storage: HeapStorage,
    readonly start: number,
    readonly end: number,
    readonly alignment: number,
    readonly checked: boolean,
  ) {
    this.top = start;
    this.highest = start;
  }

  /** Gives the address of `size` bytes of the innermost scope. */
  take(op: string, size: number, alignment: number): number {
    checkInteger(op, "size", size);
    if (size < 0) invalid(op, `Cannot call ${op}: size is ${size}, wanted at least 0`);
    if (alignment !== this.alignment) checkAlignment(op, alignment);
    if (this.innermost === null) {
      invalid(op, `Cannot call ${op}: no scope is open, wanted one whose end gives the memory back`);
    }
    // 0 is NULL, and no bytes have an address of their own too.
    const from = this.top === 0 ? 1 : this.top;
    const over = from % alignment;
    const address = over === 0 ? from : from + alignment - over;
    const top = address + (size === 0 ? 1 : size);
    if (top > this.end) this.#refuse(op, size, alignment, address);
    this.top = top;
    if (top > this.highest) this.highest = top;
    return address;
  }

  /** Throws `CORRUPTED` where the storage does not reach to the arena's end any more: it was transferred, or made smaller. */
  checkStorage(): void {
    if (this.#isThere) return;
    throw new MediaError(
      "CORRUPTED",
      `Cannot use the arena: its storage has ${
        bufferOf(this.storage).byteLength
      } bytes, wanted the ${this.end} that it had`,
      { op: "Arena.scope" },
    );
  }

  /** Takes back what was given since a scope was opened. */
  close(scope: StackScope): void {
    if (this.innermost !== scope) {
      invalid(
        "ArenaScope.close",
        `Cannot end scope ${scope.depth} of an arena: scope ${
          this.innermost!.depth
        } is open inside of it, wanted that ended before`,
      );
    }
    if (this.checked && this.#isThere) {
      new Uint8Array(bufferOf(this.storage), scope.mark, this.top - scope.mark).fill(POISON);
    }
    this.top = scope.mark;
    this.innermost = scope.outer;
  }

  get #isThere(): boolean {
    return bufferOf(this.storage).byteLength >= this.end;
  }

  #refuse(op: string, size: number, alignment: number, address: number): never {
    const left = Math.max(0, this.end - address);
    throw new MediaError(
      "ENOMEM",
      `Cannot call ${op}: ${size} bytes aligned to ${alignment}, wanted at most the ${left} left of ${
        this.end - this.start
      }`,
      { op, averror: AVERROR.ENOMEM },
    );
  }
}

/** A scope of an arena as the arena knows it. */
export class StackScope implements ArenaScope {
  /** The scope that this one is in. */
  readonly outer: StackScope | null;
  /** How many scopes it is in, itself counted. */
  readonly depth: number;
  /** What was used when it was opened. */
  readonly mark: number;
  readonly #stack: ArenaStack;
  #open = true;

  /** Opens a scope inside of the innermost. */
  constructor(stack: ArenaStack) {
    stack.checkStorage();
    this.outer = stack.innermost;
    this.depth = stack.innermost === null ? 1 : stack.innermost.depth + 1;
    this.mark = stack.top;
    this.#stack = stack;
    stack.innermost = this;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  close(): void {
    if (!this.#open) {
      throw new MediaError(
        "DOUBLE_FREE",
        `Cannot end scope ${this.depth} of an arena: it has ended already, wanted an open one`,
        { op: "ArenaScope.close" },
      );
    }
    this.#stack.close(this);
    this.#open = false;
  }

  [Symbol.dispose](): void {
    if (this.#open) this.close();
  }
}
