import { AVERROR, type BufferRef, type Frame, type Frames, MediaError } from "@mediamem/interface";
import type { AllocationLedger } from "@mediamem/ledger";
import { checkAddress } from "@mediamem/ffi";
import type { BufferAccount } from "../buffer_account.ts";
import { fail } from "../failure.ts";
import type { FormatTable } from "../image/format_table.ts";
import type { AvutilLibrary } from "../library.ts";
import { FrameBuffers } from "./frame_buffers.ts";
import type { FrameContext } from "./frame_context.ts";
import { FrameStruct } from "./frame_struct.ts";
import { NativeFrame } from "./native_frame.ts";

/**
 * The area `frames` of libavutil, with three doors for an `AVFrame *` that comes from elsewhere: a decoder, a filter.
 *
 * Each frame has views of its own, also of memory that it shares. Where the runtime has pinned one for an asynchronous operation, its
 * memory is kept for it: then the frame lets go all the same, and others who share the memory cannot write it so long. A frame that
 * the program forgot is freed when the garbage collector finds neither it nor a view of it, and counted as abandoned.
 *
 * `getBuffer` and `makeWritable` throw `OVER_BUDGET` before the frame changes; where there is a limit, C is asked for the bytes first,
 * with memory that it takes and gives back.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { loadAvutil } from "@mediamem/ffi-avutil";
 * import { MediaError } from "@mediamem/interface";
 *
 * try {
 *   using avutil = loadAvutil();
 *   using frame = avutil.frames.alloc();
 *   frame.format = "nv12";
 *   frame.width = 17;
 *   frame.height = 5;
 *   frame.getBuffer();
 *   const { memory } = frame.planes[0]!;
 *   frame.unref();
 *   assertEquals(memory.length, 0);
 * } catch (error) {
 *   // A machine without libavutil.
 *   assertEquals(error instanceof MediaError && error.code, "LIBRARY_MISSING");
 * }
 * ```
 */
export interface AvutilFrames extends Frames {
  /** Takes over a frame that the caller owns: from now on the handle frees it. `WRONG_OWNER` for one that a handle owns already. */
  adopt(address: number): Frame;
  /** Another frame that refers to the same picture; the caller keeps its own (`av_frame_clone`). `EINVAL` for one without a buffer. */
  retain(address: number): Frame;
  /**
   * Looks at a frame that stays somebody else's, and must be disposed before that one changes or frees it.
   *
   * It can be read, cloned and copied from. Freeing or disposing it ends the look, and takes the views away; everything that would
   * change the frame is `WRONG_OWNER`.
   */
  borrow(address: number): Frame;
}

/** Addresses of the structs that handles of this thread own, whatever their backend: two handles would free one twice. */
const owned: Set<number> = new Set();

/** Makes the area `frames` out of a library. */
export function makeFrames(
  library: AvutilLibrary,
  formats: FormatTable,
  ledger: AllocationLedger,
  account: BufferAccount,
  retainBuffer: (reference: number) => BufferRef,
): AvutilFrames {
  const context: FrameContext = { library, formats, ledger, account, owned, retainBuffer };

  function retain(address: number): Frame {
    using borrowed = NativeFrame.borrow(context, address);
    return borrowed.clone();
  }

  return Object.freeze({
    alloc(): Frame {
      const op = "av_frame_alloc";
      const address = library.symbols.av_frame_alloc();
      if (address === 0) fail(op, AVERROR.ENOMEM, "no memory for a frame");
      return NativeFrame.own(context, op, address, new FrameBuffers(context));
    },

    adopt(address: number): Frame {
      const op = "av_frame_alloc";
      checkAddress(op, address);
      if (context.owned.has(address)) {
        throw new MediaError(
          "WRONG_OWNER",
          `Cannot adopt the frame at ${address}: found a handle that owns it, wanted none`,
          { op },
        );
      }
      const struct = new FrameStruct(library.abi, address);
      const buffers = new FrameBuffers(context);
      try {
        buffers.hold(op, struct.references());
      } finally {
        struct.close();
      }
      return NativeFrame.own(context, op, address, buffers);
    },

    retain,

    borrow: (address: number): Frame => NativeFrame.borrow(context, address),
  });
}
