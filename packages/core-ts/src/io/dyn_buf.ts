import { AVERROR, type DynBuf, type IoCallbacks, type Whence } from "@mediamem/interface";
import { invalid } from "@mediamem/checks";
import { checkUsable, result } from "./io_checks.ts";
import { IoState } from "./io_state.ts";
import { runSteps } from "./run_steps.ts";
import { SyncIoContext } from "./sync_io_context.ts";
import { flush, write } from "./write.ts";

/** Bytes of the buffer in front of the memory. */
const IO_BUFFER = 1024;
/** `AV_INPUT_BUFFER_PADDING_SIZE`: what C puts behind the result. */
const PADDING = 64;
const INT_MAX = 2147483647;

/** Memory that grows with what is written into it. */
class DynMemory implements IoCallbacks {
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  size = 0;
  #pos = 0;
  readonly seek?: (offset: number, whence: Whence) => number;
  readonly write: (bytes: Uint8Array) => number;

  constructor(packets: boolean) {
    this.write = packets ? (bytes) => this.#putPacket(bytes) : (bytes) => this.#put(bytes);
    if (!packets) this.seek = (offset, whence) => this.#seek(offset, whence);
  }

  #put(bytes: Uint8Array): number {
    const end = this.#pos + bytes.length;
    if (end > INT_MAX) return AVERROR.ERANGE;
    if (end > this.bytes.length) {
      let room = this.bytes.length === 0 ? end : this.bytes.length;
      while (room < end) room += (room >>> 1) + 1;
      const grown = new Uint8Array(Math.min(room, INT_MAX));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes.set(bytes, this.#pos);
    this.#pos = end;
    this.size = Math.max(this.size, end);
    return bytes.length;
  }

  #putPacket(bytes: Uint8Array): number {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length);
    const answer = this.#put(length);
    return answer < 0 ? answer : this.#put(bytes);
  }

  #seek(offset: number, whence: Whence): number {
    const to = offset + (whence === "cur" ? this.#pos : whence === "end" ? this.size : 0);
    if (to < 0) return AVERROR.EINVAL;
    if (to > INT_MAX) return AVERROR.ERANGE;
    this.#pos = to;
    return 0;
  }
}

/** A context that writes into memory of its own. */
export class DynBufContext extends SyncIoContext implements DynBuf {
  readonly #memory: DynMemory;

  constructor(maxPacketSize: number) {
    const memory = new DynMemory(maxPacketSize > 0);
    super(new IoState(new Uint8Array(maxPacketSize > 0 ? maxPacketSize : IO_BUFFER), memory, true));
    this.#memory = memory;
    this.state.maxPacketSize = maxPacketSize;
  }

  override seek(offset: number, whence: Whence = "set"): number {
    // C answers 0 and moves to the start without a word: what is written next would go over what is there.
    if (whence === "size") {
      invalid("avio_seek", "Cannot call avio_seek: whence is size in a dynamic buffer, wanted size()");
    }
    return super.seek(offset, whence);
  }

  getDynBuf(): Uint8Array<ArrayBuffer> {
    const op = "avio_get_dyn_buf";
    const { state } = this;
    checkUsable(op, state);
    if (state.error === 0 && this.#memory.size === 0) {
      return state.buffer.slice(0, Math.max(state.bufPtr, state.bufPtrMax));
    }
    runSteps(state, flush(state));
    result(op, state, state.error);
    return this.#memory.bytes.slice(0, this.#memory.size);
  }

  closeDynBuf(): Uint8Array<ArrayBuffer> {
    const op = "avio_close_dyn_buf";
    const { state } = this;
    checkUsable(op, state);
    const padding = state.maxPacketSize === 0 ? PADDING : 0;
    runSteps(state, write(state, new Uint8Array(padding)));
    runSteps(state, flush(state));
    const { error } = state;
    const bytes = this.#memory.bytes.slice(0, Math.max(0, this.#memory.size - padding));
    this[Symbol.dispose]();
    result(op, state, error);
    return bytes;
  }
}
