import { checkContextOptions, checkLength } from "@mediamem/checks";
import { memory, pointerArray } from "@mediamem/ffi";
import { AVERROR, type Io, type IoOptions, MediaError } from "@mediamem/interface";
import type { AvformatLibrary } from "../library.ts";
import { type Handlers, ioThunks, register, unregister } from "./handlers.ts";
import { NativeDynBuf } from "./native_dyn_buf.ts";
import { NativeIoContext } from "./native_io_context.ts";

/** `AV_INPUT_BUFFER_PADDING_SIZE`: what some readers look at behind a buffer. */
const PADDING = 64;

/** Makes the area `io` out of a library. */
export function makeIo(library: AvformatLibrary): Io {
  const { symbols, abi } = library;
  return Object.freeze({
    allocContext(options: IoOptions): NativeIoContext {
      const op = "avio_alloc_context";
      const bufferSize = checkContextOptions(op, options);
      const { buffer, writeFlag = false } = options;
      const address = symbols.av_malloc(bufferSize + PADDING);
      if (address === 0) noMemory(op, bufferSize);
      fillBuffer(address, bufferSize + PADDING, buffer, bufferSize);
      const [opaque, handlers] = register(options);
      const context = makeContext(library, address, bufferSize, writeFlag, opaque, handlers);
      if (context !== 0) {
        const made = new NativeIoContext(library, context, opaque, handlers);
        if (options.writeDataType !== undefined) made.setWriteDataType(ioThunks().writeDataType);
        return made;
      }
      unregister(opaque);
      symbols.av_free(address);
      return noMemory(op, bufferSize);
    },

    openDynBuf(maxPacketSize: number = 0): NativeDynBuf {
      const op = "avio_open_dyn_buf";
      checkLength(op, "maxPacketSize", maxPacketSize, 0);
      if (maxPacketSize > 0) {
        throw new MediaError(
          "ENOSYS",
          `Cannot call ${op}: maxPacketSize is ${maxPacketSize}, wanted 0: ${abi.name} keeps packets to itself`,
          { op, averror: AVERROR.ENOSYS },
        );
      }
      const cell = pointerArray(1);
      if (symbols.avio_open_dyn_buf(cell.bytes) < 0) noMemory(op, 1024);
      return new NativeDynBuf(library, cell.get(0), 0, null);
    },
  });
}

function makeContext(
  { symbols }: AvformatLibrary,
  buffer: number,
  size: number,
  writeFlag: boolean,
  opaque: number,
  { callbacks }: Handlers,
): number {
  const thunks = ioThunks();
  return symbols.avio_alloc_context(
    buffer,
    size,
    writeFlag ? 1 : 0,
    opaque,
    callbacks.read === undefined ? 0 : thunks.readPacket,
    callbacks.write === undefined ? 0 : thunks.writePacket,
    callbacks.seek === undefined ? 0 : thunks.seek,
  );
}

function fillBuffer(address: number, length: number, bytes: Uint8Array | undefined, size: number): void {
  const view = memory(address, length);
  view.bytes.fill(0);
  if (bytes !== undefined) view.bytes.set(bytes.subarray(0, size));
  view.revoke();
}

function noMemory(op: string, bytes: number): never {
  throw new MediaError("ENOMEM", `Cannot call ${op}: no memory for a buffer of ${bytes} bytes`, {
    op,
    averror: AVERROR.ENOMEM,
  });
}
