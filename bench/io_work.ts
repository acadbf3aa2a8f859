/** The contexts and loops of the area io, as the bench and the count of garbage use them. */
import { bytesSource, openSource } from "@mediamem/core-ts/io";
import { AVERROR, type Io, type IoContext } from "@mediamem/interface";

/** Bytes of the file that is read, and of the buffer it goes through: two refills. */
export const FILE_BYTES = 65536;
const BUFFER_BYTES = 32768;

/** What is read. */
export const FILE: Uint8Array<ArrayBuffer> = Uint8Array.from({ length: FILE_BYTES }, (_, i) => i * 7);

/** A context of core-ts over the file. */
export function coreReader(): IoContext {
  return openSource(bytesSource(FILE), { bufferSize: BUFFER_BYTES });
}

/** The same of any backend, by callbacks. */
export function callbackReader(io: Io): IoContext {
  let at = 0;
  return io.allocContext({
    bufferSize: BUFFER_BYTES,
    read: (bytes) => {
      const part = FILE.subarray(at, at + bytes.length);
      bytes.set(part);
      at += part.length;
      return part.length === 0 ? AVERROR.EOF : part.length;
    },
    seek: (offset, whence) => whence === "size" ? FILE_BYTES : at = offset,
  });
}

/** A context that writes into nothing. */
export function writer(io: Io): IoContext {
  return io.allocContext({ bufferSize: BUFFER_BYTES, writeFlag: true, write: (bytes) => bytes.length });
}

/** Keeps what is read, or an optimiser would leave it out. */
export const kept: Uint32Array = new Uint32Array(1);

/** Reads the file by one 32-bit number after the other, high byte first. */
export function rb32(io: IoContext): void {
  io.seek(0);
  let sum = 0;
  for (let i = 0; i < FILE_BYTES; i += 4) sum ^= io.rb32();
  kept[0] = sum;
}

/** The same, low byte first. */
export function rl32(io: IoContext): void {
  io.seek(0);
  let sum = 0;
  for (let i = 0; i < FILE_BYTES; i += 4) sum ^= io.rl32();
  kept[0] = sum;
}

/** Reads the file by blocks of 4 KiB. */
export function blocks(io: IoContext, into: Uint8Array): void {
  io.seek(0);
  for (let i = 0; i < FILE_BYTES; i += into.length) io.read(into);
}

/** Writes as many bytes as the file has, one by one. */
export function bytes(io: IoContext): void {
  for (let i = 0; i < FILE_BYTES; i++) io.w8(i & 255);
}

/** What a user would write instead: a position in a DataView. */
export class ViewReader {
  readonly #view: DataView = new DataView(FILE.buffer);
  #at = 0;

  /** Goes to the start. */
  reset(): void {
    this.#at = 0;
  }

  /** 32 bits, high byte first. */
  rb32(): number {
    const at = this.#at;
    this.#at = at + 4;
    return this.#view.getUint32(at);
  }
}
