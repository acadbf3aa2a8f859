/**
 * How a C value crosses the border, by name.
 *
 * Integers of up to 32 bits and floats are numbers. 64-bit integers are numbers too, and one that a number cannot hold exactly is
 * an error; where C really fills all 64 bits (a packed `AVRational`, a hash) `i64n` and `u64n` are bigints. A `pointer` is an
 * address as a number, 0 for NULL. A `buffer` lends JavaScript memory to C for the duration of one call: a typed array, or null.
 */
export interface ValueTypes {
  /** `int8_t`, `signed char`. */
  readonly i8: number;
  /** `uint8_t`, `unsigned char`. */
  readonly u8: number;
  /** `int16_t`. */
  readonly i16: number;
  /** `uint16_t`. */
  readonly u16: number;
  /** `int32_t`, `int`, an enumeration. */
  readonly i32: number;
  /** `uint32_t`, `unsigned`. */
  readonly u32: number;
  /** `int64_t` that a number holds exactly, or an error. */
  readonly i64: number;
  /** `uint64_t` that a number holds exactly, or an error. */
  readonly u64: number;
  /** `ptrdiff_t`. */
  readonly isize: number;
  /** `size_t`. */
  readonly usize: number;
  /** `int64_t`, all 64 bits. */
  readonly i64n: bigint;
  /** `uint64_t`, all 64 bits; a small struct by value. */
  readonly u64n: bigint;
  /** `float`. */
  readonly f32: number;
  /** `double`. */
  readonly f64: number;
  /** `T *` as an address, 0 for NULL; a function. */
  readonly pointer: number;
  /** `T *` to memory of JavaScript, lent for one call; null and an empty array are NULL. */
  readonly buffer: TypedArray | null;
  /** `void`. */
  readonly void: void;
}

/** The arrays whose memory can be lent to C. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** The name of any value type. */
export type ValueType = keyof ValueTypes;

/** What a C function can take. */
export type ParameterType = Exclude<ValueType, "void">;

/** What a C function can give. */
export type ResultType = Exclude<ValueType, "buffer">;

/** What a C function can hand to a callback. */
export type CallbackParameterType = Exclude<ValueType, "void" | "buffer">;

const SAFE = "9007199254740991";

/** Source of the test that `value` is right for a type; what it lets through cannot crash either runtime. */
export const VALUE_TESTS: Readonly<
  Record<Exclude<ValueType, "buffer">, (value: string) => string>
> = {
  i8: (value) => `typeof ${value} === "number" && ${value} << 24 >> 24 === ${value}`,
  u8: (value) => `typeof ${value} === "number" && (${value} & 255) === ${value}`,
  i16: (value) => `typeof ${value} === "number" && ${value} << 16 >> 16 === ${value}`,
  u16: (value) => `typeof ${value} === "number" && (${value} & 65535) === ${value}`,
  i32: (value) => `typeof ${value} === "number" && (${value} | 0) === ${value}`,
  u32: (value) => `typeof ${value} === "number" && ${value} >>> 0 === ${value}`,
  i64: (value) => `Number.isInteger(${value}) && ${value} >= -(2 ** 63) && ${value} < 2 ** 63`,
  u64: (value) => `Number.isInteger(${value}) && ${value} >= 0 && ${value} < 2 ** 64`,
  isize: (value) => `Number.isSafeInteger(${value})`,
  usize: (value) => `Number.isInteger(${value}) && ${value} >= 0 && ${value} <= ${SAFE}`,
  i64n: (value) => `typeof ${value} === "bigint" && BigInt.asIntN(64, ${value}) === ${value}`,
  u64n: (value) => `typeof ${value} === "bigint" && BigInt.asUintN(64, ${value}) === ${value}`,
  f32: (value) => `typeof ${value} === "number"`,
  f64: (value) => `typeof ${value} === "number"`,
  pointer: (value) => `Number.isInteger(${value}) && ${value} >= 0 && ${value} <= ${SAFE}`,
  void: () => "true",
};

/** What the values of a type are, for error messages. */
export const VALUE_RANGES: Readonly<Record<ValueType, string>> = {
  i8: "an integer from -128 to 127",
  u8: "an integer from 0 to 255",
  i16: "an integer from -32768 to 32767",
  u16: "an integer from 0 to 65535",
  i32: "an integer from -2147483648 to 2147483647",
  u32: "an integer from 0 to 4294967295",
  i64: "an integer from -2^63 to 2^63 - 1",
  u64: "an integer from 0 to 2^64 - 1",
  isize: "an integer from -(2^53 - 1) to 2^53 - 1",
  usize: "an integer from 0 to 2^53 - 1",
  i64n: "a bigint from -2^63 to 2^63 - 1",
  u64n: "a bigint from 0 to 2^64 - 1",
  f32: "a number",
  f64: "a number",
  pointer: "an address from 0 to 2^53 - 1",
  buffer: "a typed array or null",
  void: "nothing",
};
