import { cString, type PointerArray, pointerArray, readCString } from "@mediamem/ffi";
import { withStruct } from "@mediamem/ffi-avutil/native";
import type { AvformatLibrary } from "../library.ts";
import { failMedia } from "./failure.ts";

/** `AV_DICT_IGNORE_SUFFIX`: with an empty name, every entry. */
const EVERY = 2;

/** Options or metadata by name (`AVDictionary`), and the duty to free them. */
export class Dictionary implements Disposable {
  readonly #library: AvformatLibrary;
  readonly #cell: PointerArray = pointerArray(1);

  /** Makes one of a record; throws `ENOMEM`. */
  constructor(library: AvformatLibrary, entries: Readonly<Record<string, string>> = {}) {
    this.#library = library;
    const { symbols } = library;
    const op = "av_dict_set";
    try {
      for (const [key, value] of Object.entries(entries)) {
        const answer = symbols.av_dict_set(this.#cell.bytes, cString(key), cString(value), 0);
        if (answer < 0) failMedia(symbols, op, answer, `set ${key}`, "memory for an entry");
      }
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  /** The `AVDictionary *`, where C may put another: lend it for a call. */
  get cell(): Uint8Array<ArrayBuffer> {
    return this.#cell.bytes;
  }

  /** What is in it now. */
  entries(): Record<string, string> {
    return readDictionary(this.#library, this.#cell.get(0));
  }

  /** Puts the dictionary into the place of another that has none; this one is empty then. */
  moveInto(set: (address: number) => void): void {
    set(this.#cell.get(0));
    this.#cell.set(0, 0);
  }

  [Symbol.dispose](): void {
    this.#library.symbols.av_dict_free(this.#cell.bytes);
  }
}

/** Reads the dictionary at an address; NULL is an empty one. Of several entries with one name, the last. */
export function readDictionary(
  { symbols, abi }: AvformatLibrary,
  address: number,
): Record<string, string> {
  const found: Record<string, string> = Object.create(null);
  if (address === 0) return { ...found };
  const every = cString("");
  for (let entry = 0;;) {
    entry = symbols.av_dict_get(address, every, entry, EVERY);
    if (entry === 0) return { ...found };
    withStruct(abi.media.AVDictionaryEntry, entry, (fields) => {
      found[readCString(fields.pointer("key"))!] = readCString(fields.pointer("value"))!;
    });
  }
}
