/** What a heap can lie in. It grows where the storage can: a resizable buffer, a growable one, a `WebAssembly.Memory`. */
export type HeapStorage = ArrayBuffer | SharedArrayBuffer | WebAssembly.Memory;

/** The most bytes that a heap uses of its storage: what an unsigned 32-bit address reaches. */
export const MAX_BYTES: number = 2 ** 32;

const PAGE = 65536;

/** How many words a heap can use of `byteLength` bytes. */
export function wordsIn(byteLength: number): number {
  return Math.floor(Math.min(byteLength, MAX_BYTES) / 4);
}

/** Whether `value` is a storage, from whichever realm. */
export function isStorage(value: unknown): value is HeapStorage {
  const tag = Object.prototype.toString.call(value);
  return tag === "[object ArrayBuffer]" || tag === "[object SharedArrayBuffer]" ||
    tag === "[object WebAssembly.Memory]";
}

/** The buffer of a storage as it is now; that of a `WebAssembly.Memory` is another one after each growth. */
export function bufferOf(storage: HeapStorage): ArrayBuffer | SharedArrayBuffer {
  return "byteLength" in storage ? storage : storage.buffer;
}

/** The most bytes that a storage says it can have; a `WebAssembly.Memory` does not say. */
export function mostBytes(storage: HeapStorage): number {
  return "byteLength" in storage ? Math.min(storage.maxByteLength, MAX_BYTES) : MAX_BYTES;
}

/** Grows a storage to at least `byteLength`; false where it cannot, and then it is as it was. */
export function growStorage(storage: HeapStorage, byteLength: number): boolean {
  try {
    if (!("byteLength" in storage)) storage.grow(Math.ceil((byteLength - storage.buffer.byteLength) / PAGE));
    else if ("growable" in storage) storage.grow(byteLength);
    else storage.resize(byteLength);
    return true;
  } catch {
    // Not growable, beyond its maximum, or the machine has no more: to the caller it is all the same.
    return false;
  }
}
