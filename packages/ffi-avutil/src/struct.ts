import { getPointer, memory, type NativeMemory, setPointer } from "@mediamem/ffi";
import type { Field, Struct } from "./abi.ts";

/** Reads fields of a struct of C by their names; true until `withStruct` returns. */
export class StructReader<F extends string> {
  readonly #data: DataView;
  readonly #fields: Readonly<Record<F, Field>>;
  readonly #base: number;

  /** Reads at `base` of the memory that `data` shows. */
  constructor(data: DataView, fields: Readonly<Record<F, Field>>, base: number = 0) {
    this.#data = data;
    this.#fields = fields;
    this.#base = base;
  }

  #at(field: F, index: number, bytes: number): number {
    return this.#base + this.#fields[field][0] + index * bytes;
  }

  /** A field of one byte. */
  u8(field: F): number {
    return this.#data.getUint8(this.#at(field, 0, 1));
  }

  /** An `int`, or one of an array. */
  i32(field: F, index: number = 0): number {
    return this.#data.getInt32(this.#at(field, index, 4), true);
  }

  /** Sets an `int`, or one of an array. */
  setI32(field: F, value: number, index: number = 0): void {
    this.#data.setInt32(this.#at(field, index, 4), value, true);
  }

  /** An `int64_t`, exactly. */
  i64(field: F): bigint {
    return this.#data.getBigInt64(this.#at(field, 0, 8), true);
  }

  /** Sets an `int64_t`. */
  setI64(field: F, value: bigint): void {
    this.#data.setBigInt64(this.#at(field, 0, 8), value, true);
  }

  /** A pointer, or one of an array; also a `uint64_t`. */
  pointer(field: F, index: number = 0): number {
    return getPointer(this.#data, this.#at(field, index, 8));
  }

  /** Sets a pointer. */
  setPointer(field: F, address: number): void {
    setPointer(this.#data, this.#at(field, 0, 8), address);
  }

  /** A size, which some majors keep in an `int` and others in a `size_t`. */
  size(field: F): number {
    return this.#fields[field][1] === 4 ? this.i32(field) : this.pointer(field);
  }

  /** One of an array of structs inside this one. */
  nested<G extends string>(field: F, index: number, struct: Struct<G>): StructReader<G> {
    const base = this.#at(field, index, struct.sizeof!);
    return new StructReader(this.#data, struct.fields, base);
  }
}

/** A struct of C that stays open until its memory is revoked. */
export interface OpenStruct<F extends string> {
  /** The memory; revoke it before the struct is freed. */
  readonly memory: NativeMemory;
  /** Its fields. */
  readonly fields: StructReader<F>;
}

/** Opens the struct at an address; whoever frees it revokes the memory first. */
export function openStruct<F extends string>(struct: Struct<F>, address: number): OpenStruct<F> {
  let end = 0;
  for (const [offset, bytes] of Object.values<Field>(struct.fields)) end = Math.max(end, offset + bytes);
  const view = memory(address, end);
  return { memory: view, fields: new StructReader(view.data, struct.fields) };
}

/** Opens the struct at an address for as long as `use` runs. */
export function withStruct<F extends string, T>(
  struct: Struct<F>,
  address: number,
  use: (reader: StructReader<F>) => T,
): T {
  const { memory, fields } = openStruct(struct, address);
  try {
    return use(fields);
  } finally {
    memory.revoke();
  }
}
