import { memory, type NativeMemory, pointerArray, releaseMemory } from "@mediamem/ffi";
import { type OpenStruct, openStruct } from "@mediamem/ffi-avutil/native";
import type { LedgerEntry } from "@mediamem/ledger";
import type { CodecAbi } from "./codec_abi.ts";
import type { CodecLibrary } from "./codec_library.ts";

/** What gives an `AVFrame` of sound back: all that the garbage collector may know of it. */
export class AudioHold {
  readonly library: CodecLibrary;
  readonly address: number;
  readonly struct: OpenStruct<keyof CodecAbi["AVFrame"]["fields"]>;
  readonly #entry: LedgerEntry | null;
  readonly #views: NativeMemory[] = [];
  readonly #bytes: number;

  /** Takes over the frame at an address, whose samples are counted already. */
  constructor(library: CodecLibrary, address: number, bytes: number) {
    this.library = library;
    this.#bytes = bytes;
    this.address = address;
    this.struct = openStruct(library.abi.AVFrame, address);
    this.#entry = library.format.ledger.open("av_frame_alloc", 0);
  }

  /** Makes a view of samples. */
  view(address: number, bytes: number): Uint8Array<ArrayBuffer> {
    const view = memory(address, bytes);
    this.#views.push(view);
    return view.bytes;
  }

  /** Says where it was taken, for an error message. */
  describe(): string {
    return this.library.format.ledger.describe(this.#entry);
  }

  /** Gives the frame back (`av_frame_free`), once no view of it is in use. */
  release(): void {
    this.#end();
    this.library.format.ledger.close(this.#entry);
  }

  /** The same for one that the garbage collector found. */
  abandon(): void {
    this.#end();
    this.library.format.ledger.abandon(this.#entry);
  }

  #end(): void {
    const { symbols, format } = this.library;
    const views = this.#views;
    this.struct.memory.revoke();
    format.ledger.shrink(this.#bytes);
    const all = { revoke: (): boolean => views.map((view) => view.revoke()).every((gone) => gone) };
    releaseMemory(all, () => {
      const cell = pointerArray(1);
      cell.set(0, this.address);
      symbols.av_frame_free(cell.bytes);
    });
  }
}
