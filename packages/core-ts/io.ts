/**
 * Buffered reading and writing in TypeScript as `libavformat/avio.h` does it: over callbacks, over sources and sinks, in memory.
 *
 * @module
 */
export type { AsyncIoCallbacks, AsyncIoContext, AsyncIoOptions } from "./src/io/async_io_context.ts";
export { asyncIterableSource } from "./src/io/async_iterable_source.ts";
export { blobSource } from "./src/io/blob_source.ts";
export { type BytesSink, bytesSink, type BytesSinkOptions } from "./src/io/bytes_sink.ts";
export { bytesSource } from "./src/io/bytes_source.ts";
export { allocContext, type CoreIo, openDynBuf } from "./src/io/io.ts";
export type { OpenIoContext, OpenIoOptions } from "./src/io/open_io_context.ts";
export { openSink } from "./src/io/open_sink.ts";
export { openSource } from "./src/io/open_source.ts";
export { rangeSource, type RangeSourceOptions } from "./src/io/range_source.ts";
export { responseSource } from "./src/io/response_source.ts";
export { streamSink } from "./src/io/stream_sink.ts";
export { streamSource } from "./src/io/stream_source.ts";
export type { ChunkedOptions, WindowOptions } from "./src/io/window_options.ts";
