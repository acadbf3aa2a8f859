import { memory, type NativeMemory, pointerArray, releaseMemory } from "@mediamem/ffi";
import type { LedgerEntry } from "@mediamem/ledger";
import type { AvformatLibrary } from "../library.ts";

/** What gives an `AVPacket` back: all that the garbage collector may know of it. */
export class PacketHold {
  readonly library: AvformatLibrary;
  readonly address: number;
  readonly struct: NativeMemory;
  /** The view of the data, once somebody has looked. */
  view: NativeMemory | null = null;
  /** The bytes that are counted. */
  bytes = 0;
  #entry: LedgerEntry | null;

  constructor(library: AvformatLibrary, address: number, structBytes: number) {
    this.library = library;
    this.address = address;
    this.struct = memory(address, structBytes);
    this.#entry = library.ledger.open("av_packet_alloc", 0);
  }

  /** Counts the bytes that the packet holds now. */
  count(bytes: number): void {
    const { ledger } = this.library;
    if (this.bytes > 0) ledger.shrink(this.bytes);
    this.bytes = 0;
    if (bytes > 0) ledger.grow("AVPacket.data", bytes);
    this.bytes = bytes;
  }

  /** Says where the packet was taken, for an error message. */
  describe(): string {
    return this.library.ledger.describe(this.#entry);
  }

  /** Takes the view away; gives what could not be taken away. */
  unview(): NativeMemory | null {
    const { view } = this;
    this.view = null;
    return view === null || view.revoke() ? null : view;
  }

  /** Gives the packet back, with its reference to the data. */
  release(): void {
    this.#end();
    this.library.ledger.close(this.#entry);
  }

  /** The same for one that the garbage collector found. */
  abandon(): void {
    this.#end();
    this.library.ledger.abandon(this.#entry);
  }

  #end(): void {
    const pinned = this.unview();
    this.count(0);
    this.struct.revoke();
    const { symbols } = this.library;
    const free = (): void => {
      const cell = pointerArray(1);
      cell.set(0, this.address);
      symbols.av_packet_free(cell.bytes);
    };
    if (pinned === null) free();
    else releaseMemory(pinned, free);
  }
}
