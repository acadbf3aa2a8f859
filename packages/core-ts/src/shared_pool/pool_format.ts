/**
 * Where everything lies in a shared pool's storage. Every position is an index into 32-bit words from the start of the storage.
 *
 * A header, then a word of state for each slot, then the slots' bytes.
 *
 * The state of a slot is its generation, which is one more at every return, and below it two flags: somebody has the slot, somebody waits for
 * its return. That one word is the whole truth about a slot, and one compare-and-exchange changes it. There is no list of free
 * slots, so there is no head that could come back to an old value while somebody looks away (ABA): who exchanges a state compares the
 * generation itself, which comes again after 2^30 uses of the same slot only. A worker that is stopped between any two
 * instructions leaves each slot free or taken.
 */

/** The bytes `mmsp`, by which a pool is known. */
export const MAGIC = 0x70736d6d;
/** What another version of this file may not attach to. */
export const FORMAT_VERSION = 1;

// Words of the header. The first line of the cache is written once, so that every worker keeps a copy of it.
/** {@linkcode MAGIC}. */
export const MAGIC_AT = 0;
/** {@linkcode FORMAT_VERSION}. */
export const VERSION_AT = 1;
/** How many slots. */
export const SLOTS_AT = 2;
/** Bytes of a slot, two words, low one first. */
export const SIZE_AT = 3;
/** What every slot's offset in the storage is a multiple of, bytes. */
export const ALIGNMENT_AT = 5;
/** Binary logarithm of the distance of two states in words. */
export const STATE_SHIFT_AT = 6;
/** A random number that is part of every handle. */
export const TAG_AT = 7;
/** How many attached before: gives each its own place to begin its search. */
export const SEATS_AT = 16;
/** How often somebody had to wait. */
export const WAITS_AT = 17;
/** What those who wait sleep on: one more at every return that somebody waited for. */
export const WAKE_AT = 32;
/** The states. */
export const STATES_AT = 48;

/** Flag of a state: somebody has the slot. */
export const TAKEN = 1;
/** Flag of a state: somebody waits for this use of the slot to end. */
export const WAITED = 2;
/** What is added to a state of a slot that somebody has to make it free and of the next generation. */
export const RETURNED = 3;

/** The most slots of a pool: more bits for the index would leave a handle no tag. */
export const MAX_SLOTS = 65536;
/** The largest alignment of a slot. */
export const MAX_ALIGNMENT = 65536;
/** Bits of a handle above the generation. */
export const HIGH_BITS = 21;

/** What a pool's storage is laid out by. */
export interface PoolShape {
  /** How many slots. */
  readonly slots: number;
  /** Bytes of each. */
  readonly size: number;
  /** What every slot's offset is a multiple of. */
  readonly alignment: number;
}

/** Where the parts of a storage lie. */
export interface PoolPlaces {
  /** Binary logarithm of the distance of two states in words. */
  readonly stateShift: number;
  /** Offset of the first slot, bytes. */
  readonly dataAt: number;
  /** Distance of two slots, bytes. */
  readonly stride: number;
  /** Bytes of the storage. */
  readonly byteLength: number;
}

/** Works out where the parts of a pool's storage lie. */
export function placesOf({ slots, size, alignment }: PoolShape): PoolPlaces {
  // A line of the cache for each state, so that workers with slots of their own do not take lines from each other; closer where 64 KiB
  // of states would not be enough, for then few are neighbours at a time.
  const stateShift = Math.max(0, Math.min(4, 14 - Math.ceil(Math.log2(slots))));
  const stride = Math.ceil(size / alignment) * alignment;
  const dataAt = Math.ceil((STATES_AT + slots * 2 ** stateShift) * 4 / alignment) * alignment;
  return { stateShift, dataAt, stride, byteLength: dataAt + slots * stride };
}
