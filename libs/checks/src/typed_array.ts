import { MediaError } from "@mediamem/interface";

/** The prototype that all typed arrays share: its getters ask the array itself. */
const prototype: object = Object.getPrototypeOf(Uint8Array.prototype);

function getter(name: string | symbol): () => unknown {
  return Object.getOwnPropertyDescriptor(prototype, name)!.get!;
}

const length = getter("length");
const byteLength = getter("byteLength");
const byteOffset = getter("byteOffset");
const buffer = getter("buffer");
const kind = getter(Symbol.toStringTag);

/**
 * Gives the elements that a typed array really has.
 *
 * `array.length` can be anything: an own property or a subclass may stand before it, and C would believe it.
 */
export function lengthOf(array: ArrayBufferView): number {
  return length.call(array) as number;
}

/** Gives the bytes that a typed array really has. */
export function byteLengthOf(array: ArrayBufferView): number {
  return byteLength.call(array) as number;
}

/** Gives where in its buffer a typed array really starts. */
export function byteOffsetOf(array: ArrayBufferView): number {
  return byteOffset.call(array) as number;
}

/** Gives the buffer that a typed array really lies in. */
export function bufferOfArray(array: ArrayBufferView): ArrayBufferLike {
  return buffer.call(array) as ArrayBufferLike;
}

/** Gives the name of the class that made a typed array, whatever its prototype is now; undefined for anything else. */
export function kindOf(value: unknown): string | undefined {
  return kind.call(value) as string | undefined;
}

/** Throws the `USE_AFTER_FREE` of a view whose memory was taken away; other views pass. */
export function checkAttached(op: string, name: string, view: ArrayBufferView): void {
  // The buffer is only looked at where the length is 0: Bun moves a small array when its buffer is first asked for.
  if (byteLengthOf(view) !== 0 || (view.buffer as ArrayBuffer).detached !== true) return;
  throw new MediaError(
    "USE_AFTER_FREE",
    `Cannot call ${op}: ${name} is detached, wanted memory that is alive`,
    {
      op,
    },
  );
}
