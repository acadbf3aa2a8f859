import { AVERROR, type DynBuf, type Whence } from "@mediamem/interface";
import { invalid, ioResult } from "@mediamem/checks";
import { memory, pointerArray } from "@mediamem/ffi";
import { NativeIoContext } from "./native_io_context.ts";

/** A context of libavformat that writes into memory of its own. */
export class NativeDynBuf extends NativeIoContext implements DynBuf {
  override seek(offset: number, whence: Whence = "set"): number {
    // C answers 0 and moves to the start without a word: what is written next would go over what is there.
    if (whence === "size") {
      invalid("avio_seek", "Cannot call avio_seek: whence is size in a dynamic buffer, wanted size()");
    }
    return super.seek(offset, whence);
  }

  getDynBuf(): Uint8Array<ArrayBuffer> {
    const op = "avio_get_dyn_buf";
    const pointer = pointerArray(1);
    const size = this.symbols.avio_get_dyn_buf(this.context(op), pointer.bytes);
    this.result(op, this.error);
    return copyOf(pointer.get(0), size);
  }

  closeDynBuf(): Uint8Array<ArrayBuffer> {
    const op = "avio_close_dyn_buf";
    const { error } = this;
    const pointer = pointerArray(1);
    const size = this.symbols.avio_close_dyn_buf(this.close(op), pointer.bytes);
    const bytes = copyOf(pointer.get(0), size);
    this.symbols.av_free(pointer.get(0));
    // Without memory C says a negative size, which is no error code.
    ioResult(op, error === 0 && size < 0 ? AVERROR.ENOMEM : error, error, undefined);
    return bytes;
  }

  protected override release(): void {
    const pointer = pointerArray(1);
    this.symbols.avio_close_dyn_buf(this.close("avio_close_dyn_buf"), pointer.bytes);
    this.symbols.av_free(pointer.get(0));
  }
}

/** A copy of memory of C. */
function copyOf(address: number, size: number): Uint8Array<ArrayBuffer> {
  if (size <= 0) return new Uint8Array(0);
  const view = memory(address, size);
  const copy = view.bytes.slice();
  view.revoke();
  return copy;
}
