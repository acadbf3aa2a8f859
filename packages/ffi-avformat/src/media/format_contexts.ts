import { getPointer, memory, pointerArray } from "@mediamem/ffi";
import { type OpenStruct, openStruct } from "@mediamem/ffi-avutil/native";
import type { LedgerEntry } from "@mediamem/ledger";
import type { AvformatLibrary } from "../library.ts";
import type { MediaStructs } from "../media_abi.ts";

type Field = keyof MediaStructs["AVFormatContext"]["fields"];

/** An `AVFormatContext` that is ours to give back, in the one way of its kind. */
abstract class FormatContext implements Disposable {
  /** Address of the context. */
  readonly address: number;
  /** Its fields. */
  readonly struct: OpenStruct<Field>;
  /** What it belongs to. */
  protected readonly library: AvformatLibrary;
  readonly #entry: LedgerEntry | null;
  #live = true;

  constructor(library: AvformatLibrary, op: string, address: number) {
    this.library = library;
    this.address = address;
    this.struct = openStruct(library.abi.media.AVFormatContext, address);
    this.#entry = library.ledger.open(op, 0);
  }

  /** Addresses of its streams, from one index on. */
  streams(from: number): number[] {
    const { fields } = this.struct;
    const count = fields.i32("nb_streams");
    if (count <= from) return [];
    const array = memory(fields.pointer("streams"), 8 * count);
    const found: number[] = [];
    for (let i = from; i < count; i++) found.push(getPointer(array.data, 8 * i));
    array.revoke();
    return found;
  }

  /** Gives the context back to C. */
  protected abstract free(): void;

  [Symbol.dispose](): void {
    if (!this.#live) return;
    this.#live = false;
    this.struct.memory.revoke();
    try {
      this.free();
    } finally {
      this.library.ledger.close(this.#entry);
    }
  }
}

/** A context that `avformat_open_input` has opened. */
export class InputContext extends FormatContext {
  /** Takes over the context at an address. */
  constructor(library: AvformatLibrary, address: number) {
    super(library, "avformat_open_input", address);
  }

  protected override free(): void {
    const cell = pointerArray(1);
    cell.set(0, this.address);
    this.library.symbols.avformat_close_input(cell.bytes);
  }
}

/** A context that `avformat_alloc_output_context2` has allocated. */
export class OutputContext extends FormatContext {
  /** Takes over the context at an address. */
  constructor(library: AvformatLibrary, address: number) {
    super(library, "avformat_alloc_output_context2", address);
  }

  protected override free(): void {
    this.library.symbols.avformat_free_context(this.address);
  }
}
