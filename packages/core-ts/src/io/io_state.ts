import type { DataMarker } from "@mediamem/interface";
import type { AsyncIoCallbacks } from "./async_io_context.ts";
import { IoRequest } from "./io_request.ts";

/** How much a refill asks for where `maxPacketSize` does not say. */
export const IO_UNIT = 32768;

/** How far ahead of the buffer a seek reads instead of calling the callback. */
export const SHORT_SEEK = 32768;

const NONE = new Uint8Array(0);

/** The fields of a context, those that C hides too. Offsets count from the start of the buffer. */
export class IoState {
  readonly callbacks: AsyncIoCallbacks;
  readonly writeFlag: boolean;
  readonly request: IoRequest = new IoRequest();
  buffer: Uint8Array<ArrayBuffer>;
  /** The same memory, for reading and writing numbers. */
  data: DataView<ArrayBuffer>;
  /** What a refill brings the buffer back to after it was made larger for probing. */
  originalSize: number;
  bufPtr = 0;
  bufEnd: number;
  /** `bufEnd` as the calls see it that take what is buffered without a step; 0 where they must not: in a writer, and while a callback runs. */
  readEnd = 0;
  /** The same for the calls that only put into the buffer. */
  writeEnd = 0;
  bufPtrMax = 0;
  pos = 0;
  eofReached = false;
  error = 0;
  seekable: boolean;
  maxPacketSize = 0;
  minPacketSize = 0;
  direct = false;
  bytesRead = 0;
  bytesWritten = 0;
  /** How far output was written without an error. */
  writtenOutputSize = 0;
  marker: DataMarker = "unknown";
  markerTime: number | null = null;
  /** Whether a callback of this context runs, or somebody waits for it. */
  busy = false;
  freed = false;
  /** Why no call is answered any more. */
  stopped: { readonly reason: unknown } | null = null;
  /** Makes the call that waits for a callback fail; null where none waits. */
  interrupt: ((error: unknown) => void) | null = null;
  /** What a callback threw, until the call that was running throws it. */
  thrown: { readonly error: unknown } | null = null;
  /** What made `error` the code of a thrown error. */
  cause: unknown = undefined;

  constructor(buffer: Uint8Array<ArrayBuffer>, callbacks: AsyncIoCallbacks, writeFlag: boolean) {
    this.buffer = buffer;
    this.data = new DataView(buffer.buffer);
    this.callbacks = callbacks;
    this.writeFlag = writeFlag;
    this.originalSize = buffer.length;
    this.seekable = callbacks.seek !== undefined;
    const isFile = callbacks.read === undefined && !writeFlag;
    this.bufEnd = writeFlag || isFile ? buffer.length : 0;
    if (isFile) this.pos = buffer.length;
    this.open();
  }

  /** Position of the start of the buffer in the file. */
  get start(): number {
    return this.writeFlag ? this.pos : this.pos - this.bufEnd;
  }

  /** Lets the calls that need no step have the buffer again. */
  open(): void {
    this.readEnd = this.writeFlag ? 0 : this.bufEnd;
    this.writeEnd = this.writeFlag ? this.bufEnd : 0;
  }

  /** Keeps them from the buffer. */
  shut(): void {
    this.readEnd = 0;
    this.writeEnd = 0;
  }

  /** Lets no call be answered any more, nor the one that waits for a callback. */
  stop(reason: unknown): void {
    if (this.freed || this.stopped !== null) return;
    this.stopped = { reason };
    this.replaceBuffer(0);
    this.interrupt?.(reason);
  }

  /** Takes another buffer, with nothing in it but `kept`. Views of the old one die. */
  replaceBuffer(size: number, kept: Uint8Array = NONE): void {
    const buffer = new Uint8Array(size);
    buffer.set(kept);
    const { length } = kept;
    // What is kept may lie in it.
    this.buffer.buffer.transfer(0);
    this.buffer = buffer;
    this.data = new DataView(buffer.buffer);
    this.bufPtr = 0;
    this.bufPtrMax = 0;
    this.bufEnd = this.writeFlag ? size : length;
    this.shut();
  }
}
