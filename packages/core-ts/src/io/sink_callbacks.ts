import { AVERROR, type ByteSink, type MaybePromise, type Whence } from "@mediamem/interface";
import { isPromise } from "@mediamem/checks";
import type { AsyncIoCallbacks } from "./async_io_context.ts";
import type { IoState } from "./io_state.ts";

/** The callbacks of a context over a sink. Without `seek` where the sink takes its bytes one after the other only. */
export class SinkCallbacks implements AsyncIoCallbacks {
  /** The context that calls. */
  state: IoState | null = null;
  readonly seek?: (offset: number, whence: Whence) => number;
  readonly #sink: ByteSink;

  constructor(sink: ByteSink) {
    this.#sink = sink;
    if (sink.seekable === true) {
      this.seek = (offset, whence) => {
        if (whence === "set") return offset;
        return whence === "size" ? sink.size ?? AVERROR.ENOSYS : AVERROR.ENOSYS;
      };
    }
  }

  write(bytes: Uint8Array): MaybePromise<number> {
    const { length } = bytes;
    const taken = this.#sink.write(bytes, this.state!.pos);
    return isPromise(taken) ? Promise.resolve(taken).then(() => length) : length;
  }
}
