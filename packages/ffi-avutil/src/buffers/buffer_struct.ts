import { addressOf, getPointer, setPointer, stable } from "@mediamem/ffi";
import type { Field } from "../abi.ts";
import type { AvutilLibrary } from "../library.ts";

const BYTES = 24;

/**
 * Reads and writes `AVBufferRef`s through a copy of one.
 *
 * `av_image_copy_plane` carries the bytes: every version has it, and it costs a tenth of what a view of native memory does.
 */
export class BufferStruct {
  readonly #library: AvutilLibrary;
  readonly #fields: Readonly<Record<"buffer" | "data" | "size", Field>>;
  readonly #copy: Uint8Array<ArrayBuffer> = stable(BYTES);
  readonly #view: DataView = new DataView(this.#copy.buffer);
  readonly #address: number = addressOf(this.#copy);

  /** Reads nothing yet. */
  constructor(library: AvutilLibrary) {
    this.#library = library;
    this.#fields = library.abi.structs.AVBufferRef.fields;
  }

  /** Copies the struct at an address; what the fields say is true until the next `read`. */
  read(pointer: number): void {
    this.#library.symbols.av_image_copy_plane(this.#address, BYTES, pointer, BYTES, BYTES, 1);
  }

  /** Address of the `AVBuffer` that was read. */
  get buffer(): number {
    return getPointer(this.#view, this.#fields.buffer[0]);
  }

  /** Address of the first byte of the data. */
  get data(): number {
    return getPointer(this.#view, this.#fields.data[0]);
  }

  /** Bytes of the data. */
  get size(): number {
    const [offset, bytes] = this.#fields.size;
    return bytes === 4 ? this.#view.getInt32(offset, true) : getPointer(this.#view, offset);
  }

  /** Makes the reference at an address refer to other bytes of its buffer. */
  write(pointer: number, data: number, size: number): void {
    this.read(pointer);
    setPointer(this.#view, this.#fields.data[0], data);
    const [offset, bytes] = this.#fields.size;
    if (bytes === 4) this.#view.setInt32(offset, size, true);
    else setPointer(this.#view, offset, size);
    this.#library.symbols.av_image_copy_plane(pointer, BYTES, this.#address, BYTES, BYTES, 1);
  }
}
