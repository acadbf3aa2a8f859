import { indexBits, readPoolShape } from "./create_pool.ts";
import { placesOf, SEATS_AT, STATES_AT, TAG_AT, TAKEN, WAITED } from "./pool_format.ts";

/** A handle is the slot's state while it is taken, without a flag of who waits, in its low 32 bits; this many times the pool's tag and the slot's index lie above. */
const HIGH = 2 ** 32;
/** Where each next worker begins its search, as a part of the slots: the golden ratio spreads any number of them. */
const SPREAD = 0.6180339887498949;

/** One worker's sight of a shared pool's storage. */
export class PoolMemory {
  readonly size: number;
  readonly slots: number;
  readonly alignment: number;
  /** The header and the states. */
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly stateShift: number;
  readonly dataAt: number;
  readonly stride: number;
  readonly indexBits: number;
  readonly indexMask: number;
  readonly tag: number;
  /** The slot where the next search begins: what was returned here last is still in this processor's cache. */
  cursor: number;

  /** Attaches to the pool in a storage. Throws as {@linkcode readPoolShape} does. */
  constructor(readonly storage: SharedArrayBuffer) {
    const { size, slots, alignment } = readPoolShape(storage);
    const { stateShift, dataAt, stride } = placesOf({ size, slots, alignment });
    this.size = size;
    this.slots = slots;
    this.alignment = alignment;
    this.words = new Int32Array(storage, 0, STATES_AT + (slots << stateShift));
    this.stateShift = stateShift;
    this.dataAt = dataAt;
    this.stride = stride;
    this.indexBits = indexBits(slots);
    this.indexMask = (1 << this.indexBits) - 1;
    this.tag = this.words[TAG_AT]!;
    const seat = Atomics.add(this.words, SEATS_AT, 1) >>> 0;
    this.cursor = Math.floor((seat * SPREAD) % 1 * slots);
  }

  /** The handle of a slot in the use that a state of it begins or belongs to. */
  handleOf(index: number, state: number): number {
    return ((this.tag << this.indexBits) + index) * HIGH + (((state & ~WAITED) | TAKEN) >>> 0);
  }

  /** The slot of a handle; -1 for what cannot be a handle of this pool. */
  indexOf(handle: number): number {
    if (typeof handle !== "number") return -1;
    const low = handle >>> 0;
    const high = (handle - low) / HIGH;
    const index = high & this.indexMask;
    // What is no integer has a remainder above, which the tag has not.
    if (
      high >>> this.indexBits !== this.tag || high !== (high | 0) || (low & (TAKEN | WAITED)) !== TAKEN ||
      index >= this.slots
    ) {
      return -1;
    }
    return index;
  }

  /** Where a slot's state is. */
  stateAt(index: number): number {
    return STATES_AT + (index << this.stateShift);
  }
}
