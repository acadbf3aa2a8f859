import { checkRowsApart, invalid } from "@mediamem/checks";
import type { FrameContext } from "./frame_context.ts";
import type { FrameStruct } from "./frame_struct.ts";
import { type PlaneSpan, planeSpans } from "./plane_span.ts";

/** All addresses as places of one memory, which is how two frames can share rows. */
const EVERYWHERE = new Uint8Array(0);

function placed({ memory, offset, linesize }: PlaneSpan): Parameters<typeof checkRowsApart>[1] {
  return { memory: EVERYWHERE, offset: memory + offset, linesize };
}

/**
 * Throws unless C can copy the picture of `src` into the memory of `dst` without reading or writing anything else: `EINVAL`, and
 * `OVERLAP` where both are the same memory.
 */
export function checkFrameCopy(op: string, context: FrameContext, dst: FrameStruct, src: FrameStruct): void {
  const format = context.formats.byNumber(dst.format);
  if (format === null || dst.format !== src.format) {
    const names = [src, dst].map((frame) => context.formats.byNumber(frame.format)?.name ?? "none");
    invalid(op, `Cannot call ${op}: the formats are ${names[0]} and ${names[1]}, wanted the same one`);
  }
  if (format.hwaccel) {
    invalid(op, `Cannot call ${op}: the pixels of ${format.name} are on a device, wanted them in memory`);
  }
  if (!dst.hasBuffer || !src.hasBuffer) {
    invalid(op, `Cannot call ${op}: found a frame without a buffer, wanted two with one`);
  }
  if (dst.width < src.width || dst.height < src.height) {
    invalid(
      op,
      `Cannot call ${op}: src is ${src.width}x${src.height}, wanted at most ${dst.width}x${dst.height}`,
    );
  }
  const to = planeSpans(op, context, dst);
  const from = planeSpans(op, context, src);
  for (const [plane, span] of from.entries()) {
    const { rowBytes, rows } = span;
    for (const { linesize } of [span, to[plane]!]) {
      const isPalette = format.palette && plane === 1;
      if (isPalette || Math.abs(linesize) >= rowBytes) continue;
      invalid(op, `Cannot call ${op}: linesize is ${linesize}, wanted ${rowBytes}, the bytes of a row`);
    }
    checkRowsApart(op, placed(to[plane]!), placed(span), rowBytes, rows);
  }
}
