import type { AvutilAbi } from "../abi.ts";
import { type OpenStruct, openStruct } from "../struct.ts";

/** How many buffers a frame has room for. */
const BUFFERS = 8;

/** `AV_NOPTS_VALUE`. */
const NO_TIMESTAMP = -(2n ** 63n);

/** The fields of an `AVFrame`, read and written in place. */
export class FrameStruct {
  readonly address: number;
  readonly #struct: OpenStruct<keyof AvutilAbi["structs"]["AVFrame"]["fields"]>;

  /** Opens the struct. Throws `EINVAL` for NULL. */
  constructor(abi: AvutilAbi, address: number) {
    this.address = address;
    this.#struct = openStruct(abi.structs.AVFrame, address);
  }

  /** Ends the use: whoever frees the struct calls this first. */
  close(): void {
    this.#struct.memory.revoke();
  }

  get width(): number {
    return this.#struct.fields.i32("width");
  }
  set width(value: number) {
    this.#struct.fields.setI32("width", value);
  }

  get height(): number {
    return this.#struct.fields.i32("height");
  }
  set height(value: number) {
    this.#struct.fields.setI32("height", value);
  }

  /** The number of the pixel format; -1 for none. */
  get format(): number {
    return this.#struct.fields.i32("format");
  }
  set format(value: number) {
    this.#struct.fields.setI32("format", value);
  }

  /** The time stamp; null for `AV_NOPTS_VALUE`. */
  get pts(): bigint | null {
    const value = this.#struct.fields.i64("pts");
    return value === NO_TIMESTAMP ? null : value;
  }
  set pts(value: bigint | null) {
    this.#struct.fields.setI64("pts", value ?? NO_TIMESTAMP);
  }

  /** Whether it refers to memory that is counted. */
  get hasBuffer(): boolean {
    return this.#struct.fields.pointer("buf", 0) !== 0;
  }

  /** Where a plane starts; 0 for none. */
  data(plane: number): number {
    return this.#struct.fields.pointer("data", plane);
  }

  /** Bytes from one row of a plane to the next. */
  linesize(plane: number): number {
    return this.#struct.fields.i32("linesize", plane);
  }

  /** Forgets the linesizes: `av_frame_get_buffer` takes those that it finds, also from a call that failed. */
  clearLinesizes(): void {
    for (let plane = 0; plane < BUFFERS; plane++) this.#struct.fields.setI32("linesize", 0, plane);
  }

  /** The `AVBufferRef`s that it has. */
  references(): number[] {
    const found: number[] = [];
    for (let i = 0; i < BUFFERS; i++) {
      const reference = this.#struct.fields.pointer("buf", i);
      if (reference !== 0) found.push(reference);
    }
    return found;
  }
}
