import { AVERROR, type ByteSource, type MaybePromise, type Whence } from "@mediamem/interface";
import type { AsyncIoCallbacks } from "./async_io_context.ts";
import { checkCount } from "@mediamem/checks";

/** The callbacks of a context over a source. The position is the source's business; a context only knows its own. */
export function sourceCallbacks(source: ByteSource): AsyncIoCallbacks {
  let position = 0;
  const took = (bytes: Uint8Array, count: number | null): number => {
    // Before it moves the position: a source that lies about it would be read from a place that is not there.
    if (count !== null) checkCount("ByteSource.read", count, bytes.length);
    if (count === null || count === 0) return AVERROR.EOF;
    position += count;
    return count;
  };
  const read = (bytes: Uint8Array): MaybePromise<number> => {
    if (bytes.length === 0) return 0;
    const count = source.read(bytes, position);
    return count instanceof Promise ? count.then((later) => took(bytes, later)) : took(bytes, count);
  };
  const seek = (offset: number, whence: Whence): number => {
    const { size } = source;
    if (whence === "size") return size ?? AVERROR.ENOSYS;
    if (whence === "end" && size === undefined) return AVERROR.ENOSYS;
    const to = offset + (whence === "cur" ? position : whence === "end" ? size! : 0);
    if (to < 0) return AVERROR.EINVAL;
    if (!isSeekable(source) && (to > position || to < (source.earliest ?? position))) return AVERROR.EPIPE;
    position = to;
    return to;
  };
  return { read, seek };
}

/** Whether any position of a source can be read at any time. */
export function isSeekable(source: ByteSource): boolean {
  return source.seekable ?? source.size !== undefined;
}
