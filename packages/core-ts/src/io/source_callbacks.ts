import { AVERROR, type ByteSource, type MaybePromise, type Whence } from "@mediamem/interface";
import { checkGiven, isPromise } from "@mediamem/checks";
import type { AsyncIoCallbacks } from "./async_io_context.ts";
import type { IoState } from "./io_state.ts";

/** The callbacks of a context over a source. The position is the context's: of an answer that nobody waited for, nothing stays. */
export class SourceCallbacks implements AsyncIoCallbacks {
  /** The context that calls. */
  state: IoState | null = null;
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  read(bytes: Uint8Array): MaybePromise<number> {
    const room = bytes.length;
    const count = this.#source.read(bytes, this.state!.pos);
    return isPromise(count) ? Promise.resolve(count).then((later) => given(later, room)) : given(count, room);
  }

  seek(offset: number, whence: Whence): number {
    const { size } = this.#source;
    if (whence === "size") return size ?? AVERROR.ENOSYS;
    // Asked where the size is not known, and then the end is not either.
    if (whence !== "set") return AVERROR.ENOSYS;
    const { pos } = this.state!;
    const reached = isSeekable(this.#source) || (offset <= pos && offset >= (this.#source.earliest ?? pos));
    return reached ? offset : AVERROR.EPIPE;
  }
}

/** Whether any position of a source can be read at any time. */
export function isSeekable(source: ByteSource): boolean {
  return source.seekable ?? source.size !== undefined;
}

function given(count: number | null, room: number): number {
  const bytes = checkGiven("ByteSource.read", count, room);
  return bytes === 0 ? AVERROR.EOF : bytes;
}
