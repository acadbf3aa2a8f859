import { pointerArray } from "@mediamem/ffi";
import { withStruct } from "../struct.ts";
import type { FrameContext } from "./frame_context.ts";
import { FrameStruct } from "./frame_struct.ts";

/**
 * Finds out how many bytes C would take for the picture of a frame, by letting it take them for another frame and give them back; 0
 * where it refuses.
 */
export function measureBuffer(context: FrameContext, frame: FrameStruct, align: number): number {
  const { symbols, abi } = context.library;
  const pointer = pointerArray(1);
  pointer.set(0, symbols.av_frame_alloc());
  const address = pointer.get(0);
  if (address === 0) return 0;
  const scratch = new FrameStruct(abi, address);
  try {
    scratch.format = frame.format;
    scratch.width = frame.width;
    scratch.height = frame.height;
    if (symbols.av_frame_get_buffer(address, align) < 0) return 0;
    let bytes = 0;
    for (const reference of scratch.references()) {
      bytes += withStruct(abi.structs.AVBufferRef, reference, (fields) => fields.size("size"));
    }
    return bytes;
  } finally {
    scratch.close();
    symbols.av_frame_free(pointer.bytes);
  }
}
