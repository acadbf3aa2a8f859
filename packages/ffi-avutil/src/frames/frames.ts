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

/** The area `frames` of libavutil, with three doors for an `AVFrame *` that comes from elsewhere: a decoder, a filter. */
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

/** Makes the area `frames` out of a library. */
export function makeFrames(
  library: AvutilLibrary,
  formats: FormatTable,
  ledger: AllocationLedger,
  account: BufferAccount,
  retainBuffer: (reference: number) => BufferRef,
): AvutilFrames {
  const context: FrameContext = { library, formats, ledger, account, owned: new Set(), retainBuffer };

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
