import type { LedgerEntry } from "@mediamem/ledger";
import type { BufferHome } from "../buffers/buffer_home.ts";
import type { Picture } from "./picture.ts";

/**
 * What a frame refers to, and its entry in the account.
 *
 * It is apart from the frame so that it can be given back after the frame was collected: it must reach neither the frame nor its views.
 */
export class FrameHold {
  picture: Picture | null = null;
  readonly #home: BufferHome;
  readonly #entry: LedgerEntry | null;

  /** Counts one more frame alive, which `op` gave. */
  constructor(home: BufferHome, op: string) {
    this.#home = home;
    this.#entry = home.ledger.open(op, 0);
  }

  /** Where it was taken and given back, for the end of an error message. */
  get story(): string {
    return this.#home.ledger.describe(this.#entry);
  }

  /** Refers to a picture whose buffer counts the reference already, and gives back what it referred to. */
  set(picture: Picture | null): void {
    const old = this.picture;
    this.picture = picture;
    if (this.#entry !== null) this.#entry.bytes = picture?.buffer.memory.size ?? 0;
    old?.buffer.unref();
  }

  /** Gives up the picture to who refers to it from now on. */
  take(): Picture | null {
    const { picture } = this;
    this.picture = null;
    this.set(null);
    return picture;
  }

  /** Counts one frame fewer, and gives back what it referred to. */
  free(): void {
    this.#home.ledger.close(this.#entry);
    this.set(null);
  }

  /** {@linkcode FrameHold.free} for a frame that the garbage collector found. */
  abandon(): void {
    this.#home.ledger.abandon(this.#entry);
    this.picture?.buffer.lose();
  }
}
