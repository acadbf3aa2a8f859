import { AVERROR, MediaError } from "@mediamem/interface";
import { fail } from "../failure.ts";
import { type Format, planeRows } from "../image/format_table.ts";
import { withStruct } from "../struct.ts";
import type { FrameContext } from "./frame_context.ts";
import type { FrameStruct } from "./frame_struct.ts";

/** Where a plane of a frame lies: inside the memory of one of its references. */
export interface PlaneSpan {
  /** Address of the `AVBufferRef`. */
  readonly reference: number;
  /** Address of the first byte of its memory. */
  readonly memory: number;
  /** Bytes of its memory. */
  readonly size: number;
  /** Position of the top row in it. */
  readonly offset: number;
  readonly linesize: number;
  readonly rowBytes: number;
  readonly rows: number;
}

const PALETTE_BYTES = 1024;

/** The planes of a frame with memory that C can be asked for, the palette with them; 0 where the pixels are on a device. */
export function countPlanes(format: Format): number {
  return format.palette ? 2 : format.planes;
}

/** Finds out where the planes lie; none where the frame has no memory. Throws `EINVAL` where one does not lie inside its buffer. */
export function planeSpans(op: string, context: FrameContext, frame: FrameStruct): readonly PlaneSpan[] {
  const spans: PlaneSpan[] = [];
  const format = context.formats.byNumber(frame.format);
  const { width, height } = frame;
  if (!frame.hasBuffer || format === null || width <= 0 || height <= 0) return spans;
  const { symbols, abi } = context.library;
  for (let plane = 0; plane < countPlanes(format); plane++) {
    const isPalette = format.palette && plane === 1;
    const rowBytes = isPalette ? PALETTE_BYTES : symbols.av_image_get_linesize(format.number, width, plane);
    if (rowBytes < 0) fail(op, AVERROR.EINVAL, `${format.name} ${width} wide`);
    const rows = isPalette ? 1 : planeRows(height, format.shiftH[plane]!);
    const reference = symbols.av_frame_get_plane_buffer(frame.address, plane);
    if (reference === 0) outside(op, plane, "starts outside of the frame's buffers");
    const span = withStruct(abi.structs.AVBufferRef, reference, (fields): PlaneSpan => {
      const memory = fields.pointer("data");
      return {
        reference,
        memory,
        size: fields.size("size"),
        offset: frame.data(plane) - memory,
        linesize: frame.linesize(plane),
        rowBytes,
        rows,
      };
    });
    const last = span.offset + span.linesize * (rows - 1);
    const first = Math.min(span.offset, last);
    const end = Math.max(span.offset, last) + rowBytes;
    if (first < 0 || end > span.size) outside(op, plane, `touches bytes ${first} to ${end} of ${span.size}`);
    spans.push(span);
  }
  return spans;
}

function outside(op: string, plane: number, found: string): never {
  throw new MediaError("EINVAL", `Cannot call ${op}: plane ${plane} ${found}, wanted it inside one`, {
    op,
    averror: AVERROR.EINVAL,
  });
}
