import { checkInteger, checkOptions, invalid, show } from "@mediamem/checks";
import { AVERROR, MediaError } from "@mediamem/interface";
import {
  ALIGNMENT_AT,
  FORMAT_VERSION,
  HIGH_BITS,
  MAGIC,
  MAGIC_AT,
  MAX_ALIGNMENT,
  MAX_SLOTS,
  placesOf,
  type PoolShape,
  SIZE_AT,
  SLOTS_AT,
  STATE_SHIFT_AT,
  STATES_AT,
  TAG_AT,
  VERSION_AT,
} from "./pool_format.ts";

/** How a shared pool is made. */
export interface SharedPoolOptions {
  /** Bytes of each slot, at least 1. */
  readonly size: number;
  /** How many slots there are, 1 to 65536. There will never be more. */
  readonly slots: number;
  /** What the offset of every slot in the storage is a multiple of, a power of two up to 65536. Default 64. */
  readonly alignment?: number;
}

/** Makes a storage with all slots free. */
export function createPoolStorage(options: SharedPoolOptions): SharedArrayBuffer {
  const op = "SharedBufferPool.create";
  checkOptions(op, options, "{ size, slots }");
  const { size, slots, alignment = 64 } = options;
  checkInteger(op, "size", size);
  if (size < 1) invalid(op, `Cannot make a shared pool: size is ${size}, wanted at least 1`);
  checkInteger(op, "slots", slots);
  if (slots < 1 || slots > MAX_SLOTS) {
    invalid(op, `Cannot make a shared pool: slots is ${slots}, wanted 1 to ${MAX_SLOTS}`);
  }
  checkInteger(op, "alignment", alignment);
  if (!isAlignment(alignment)) {
    invalid(
      op,
      `Cannot make a shared pool: alignment is ${alignment}, wanted a power of two up to ${MAX_ALIGNMENT}`,
    );
  }
  const { byteLength, stateShift } = placesOf({ slots, size, alignment });
  const storage = obtainShared(op, byteLength);
  const header = new Int32Array(storage, 0, STATES_AT);
  header[VERSION_AT] = FORMAT_VERSION;
  header[SLOTS_AT] = slots;
  header[SIZE_AT] = size;
  header[SIZE_AT + 1] = Math.floor(size / 2 ** 32);
  header[ALIGNMENT_AT] = alignment;
  header[STATE_SHIFT_AT] = stateShift;
  // Never 0: a small number is no handle of any pool.
  header[TAG_AT] = 1 + Math.floor(Math.random() * (2 ** (HIGH_BITS - indexBits(slots)) - 1));
  header[MAGIC_AT] = MAGIC;
  return storage;
}

/** Reads the shape of the pool that is in a storage. */
export function readPoolShape(storage: SharedArrayBuffer): PoolShape {
  const op = "SharedBufferPool.attach";
  if (!isShared(storage)) {
    throw new TypeError(`Cannot call ${op}: storage is ${show(storage)}, wanted a SharedArrayBuffer`);
  }
  const { byteLength } = storage;
  if (byteLength < STATES_AT * 4) {
    invalid(op, `Cannot attach to a shared pool: the storage has ${byteLength} bytes, wanted its header`);
  }
  const header = new Int32Array(storage, 0, STATES_AT);
  if (header[MAGIC_AT] !== MAGIC) {
    const found = (header[MAGIC_AT]! >>> 0).toString(16);
    invalid(
      op,
      `Cannot attach to a shared pool: the first word is 0x${found}, wanted 0x${MAGIC.toString(16)}`,
    );
  }
  const version = header[VERSION_AT]!;
  if (version !== FORMAT_VERSION) {
    throw new MediaError(
      "ABI_MISMATCH",
      `Cannot attach to a shared pool: its format is version ${version}, wanted ${FORMAT_VERSION}`,
      { op },
    );
  }
  const slots = header[SLOTS_AT]!;
  const size = (header[SIZE_AT]! >>> 0) + (header[SIZE_AT + 1]! >>> 0) * 2 ** 32;
  const alignment = header[ALIGNMENT_AT]!;
  const places = slots >= 1 && slots <= MAX_SLOTS && isAlignment(alignment)
    ? placesOf({ slots, size, alignment })
    : null;
  const tag = header[TAG_AT]!;
  if (
    places?.byteLength !== byteLength || places.stateShift !== header[STATE_SHIFT_AT] ||
    tag < 1 || tag >= 2 ** (HIGH_BITS - indexBits(slots))
  ) {
    throw new MediaError(
      "CORRUPTED",
      `Cannot attach to a shared pool: its header says ${slots} slots of ${size} bytes aligned to ${alignment} in ${byteLength} bytes and tag ${tag}, wanted what fits`,
      { op },
    );
  }
  return { slots, size, alignment };
}

/** Gives how many bits of a handle are the slot's index. */
export function indexBits(slots: number): number {
  return Math.ceil(Math.log2(slots));
}

function isAlignment(value: number): boolean {
  return value >= 1 && value <= MAX_ALIGNMENT && (value & (value - 1)) === 0;
}

function isShared(value: unknown): boolean {
  return typeof SharedArrayBuffer === "function" && value instanceof SharedArrayBuffer;
}

function obtainShared(op: string, byteLength: number): SharedArrayBuffer {
  if (typeof SharedArrayBuffer !== "function") {
    throw new MediaError(
      "ENOSYS",
      "Cannot make a shared pool: there is no SharedArrayBuffer here, wanted a page that is cross-origin isolated",
      { op, averror: AVERROR.ENOSYS },
    );
  }
  try {
    return new SharedArrayBuffer(byteLength);
  } catch (cause) {
    throw new MediaError(
      "ENOMEM",
      `Cannot make a shared pool: the runtime gives no ${byteLength} bytes, wanted fewer or smaller slots`,
      { op, averror: AVERROR.ENOMEM, cause },
    );
  }
}
