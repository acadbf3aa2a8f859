import { AVERROR, MediaError } from "@mediamem/interface";
import { cString, pointerArray, readCString } from "@mediamem/ffi";
import type { AvutilAbi } from "./abi.ts";
import type { AvutilSymbols } from "./library.ts";
import { withStruct } from "./struct.ts";

const NO_TIMESTAMP = -(2n ** 63n);
const UNSPECIFIED = 2;

/** Names lie side by side in the library's constant data; a pointer further away than this is none of them. */
const CONSTANTS_REACH = 1 << 26;

/**
 * Holds an ABI table against the library: sets through the API, reads at the offset.
 *
 * A pointer found in a struct is followed only after it was seen to be right, and nothing is written before all that can be
 * read agrees. Throws `ABI_MISMATCH` at the first difference.
 */
export function checkAbi(symbols: AvutilSymbols, abi: AvutilAbi): void {
  try {
    checkDescriptors(symbols, abi);
    checkBufferRef(symbols, abi);
    checkFrame(symbols, abi);
  } catch (cause) {
    // What stands where a pointer or a size should be can be no such thing at all.
    if (!(cause instanceof MediaError && (cause.code === "ERANGE" || cause.code === "EINVAL"))) throw cause;
    throw new MediaError("ABI_MISMATCH", `Cannot use ABI table ${abi.name}: ${cause.message}`, {
      op: cause.op,
      cause,
    });
  }
}

function expect(abi: AvutilAbi, what: string, found: unknown, wanted: unknown): void {
  if (found === wanted) return;
  throw new MediaError(
    "ABI_MISMATCH",
    `Cannot use ABI table ${abi.name}: ${what} is ${found}, wanted ${wanted}`,
    {
      op: what,
    },
  );
}

/**
 * yuv440p and rgb565le, whose numbers stay in every major and whose fields are all different, and gray, whose aliases are known.
 */
function checkDescriptors(symbols: AvutilSymbols, abi: AvutilAbi): void {
  const { AVPixFmtDescriptor, AVComponentDescriptor } = abi.structs;
  const yuv440p = symbols.av_get_pix_fmt(cString("yuv440p"));
  const name = symbols.av_get_pix_fmt_name(yuv440p);
  const address = symbols.av_pix_fmt_desc_get(yuv440p);
  const next = symbols.av_pix_fmt_desc_get(yuv440p + 1);
  expect(abi, "sizeof AVPixFmtDescriptor", next - address, AVPixFmtDescriptor.sizeof);
  withStruct(AVPixFmtDescriptor, address, (descriptor) => {
    expect(abi, "AVPixFmtDescriptor.name", descriptor.pointer("name"), name);
    expect(abi, "AVPixFmtDescriptor.name", readCString(name), "yuv440p");
    expect(abi, "AVPixFmtDescriptor.nb_components", descriptor.u8("nb_components"), 3);
    expect(abi, "AVPixFmtDescriptor.log2_chroma_w", descriptor.u8("log2_chroma_w"), 0);
    expect(abi, "AVPixFmtDescriptor.log2_chroma_h", descriptor.u8("log2_chroma_h"), 1);
    expect(abi, "AVPixFmtDescriptor.flags", descriptor.pointer("flags"), 16);
    expect(abi, "AVPixFmtDescriptor.alias", descriptor.pointer("alias"), 0);
    for (const plane of [0, 1, 2]) {
      const component = descriptor.nested("comp", plane, AVComponentDescriptor);
      expect(abi, "AVComponentDescriptor.plane", component.i32("plane"), plane);
      expect(abi, "AVComponentDescriptor.depth", component.i32("depth"), 8);
    }
  });
  const rgb565le = symbols.av_pix_fmt_desc_get(symbols.av_get_pix_fmt(cString("rgb565le")));
  withStruct(AVPixFmtDescriptor, rgb565le, (descriptor) => {
    const red = descriptor.nested("comp", 0, AVComponentDescriptor);
    expect(abi, "AVComponentDescriptor.plane", red.i32("plane"), 0);
    expect(abi, "AVComponentDescriptor.step", red.i32("step"), 2);
    expect(abi, "AVComponentDescriptor.offset", red.i32("offset"), 1);
    expect(abi, "AVComponentDescriptor.shift", red.i32("shift"), 3);
    expect(abi, "AVComponentDescriptor.depth", red.i32("depth"), 5);
  });
  const gray = symbols.av_pix_fmt_desc_get(symbols.av_get_pix_fmt(cString("gray")));
  withStruct(AVPixFmtDescriptor, gray, (descriptor) => {
    const alias = descriptor.pointer("alias");
    const near = Math.abs(alias - name) < CONSTANTS_REACH;
    expect(abi, "AVPixFmtDescriptor.alias", near ? readCString(alias) : alias, "gray8,y8");
  });
}

function checkBufferRef(symbols: AvutilSymbols, abi: AvutilAbi): void {
  const { AVBufferRef } = abi.structs;
  const reference = pointerArray(1);
  const second = pointerArray(1);
  reference.set(0, symbols.av_buffer_alloc(1234));
  if (reference.get(0) === 0) noMemory("av_buffer_alloc");
  try {
    const [buffer, data] = withStruct(AVBufferRef, reference.get(0), (fields) => {
      expect(abi, "AVBufferRef.size", fields.size("size"), 1234);
      expect(abi, "AVBufferRef.data", fields.pointer("data") !== 0, true);
      return [fields.pointer("buffer"), fields.pointer("data")];
    });
    // Two references share the buffer and the bytes, and nothing else that could be taken for either.
    expect(abi, "AVBufferRef.buffer is its data", buffer === data, false);
    second.set(0, symbols.av_buffer_ref(reference.get(0)));
    if (second.get(0) === 0) noMemory("av_buffer_ref");
    withStruct(AVBufferRef, second.get(0), (fields) => {
      expect(abi, "AVBufferRef.buffer", fields.pointer("buffer"), buffer);
      expect(abi, "AVBufferRef.data", fields.pointer("data"), data);
    });
  } finally {
    symbols.av_buffer_unref(second.bytes);
    symbols.av_buffer_unref(reference.bytes);
  }
}

function checkFrame(symbols: AvutilSymbols, abi: AvutilAbi): void {
  const frame = pointerArray(1);
  frame.set(0, symbols.av_frame_alloc());
  const address = frame.get(0);
  if (address === 0) noMemory("av_frame_alloc");
  try {
    withStruct(abi.structs.AVFrame, address, (fields) => {
      expect(abi, "AVFrame.extended_data", fields.pointer("extended_data"), address);
      expect(abi, "AVFrame.format", fields.i32("format"), -1);
      expect(abi, "AVFrame.width", fields.i32("width"), 0);
      expect(abi, "AVFrame.height", fields.i32("height"), 0);
      for (const field of ["pts", "pkt_dts", "best_effort_timestamp"] as const) {
        expect(abi, `AVFrame.${field}`, fields.i64(field), NO_TIMESTAMP);
      }
      for (const field of ["color_primaries", "color_trc", "colorspace"] as const) {
        expect(abi, `AVFrame.${field}`, fields.i32(field), UNSPECIFIED);
      }
      expect(abi, "AVFrame.sample_aspect_ratio", fields.i64("sample_aspect_ratio"), 1n << 32n);
      expect(abi, "AVFrame.buf", fields.pointer("buf"), 0);
      // Everything read so far agrees: now write what av_frame_get_buffer reads.
      fields.setI32("format", 0);
      fields.setI32("width", 48);
      fields.setI32("height", 32);
      const result = symbols.av_frame_get_buffer(address, 32);
      if (result === AVERROR.ENOMEM) noMemory("av_frame_get_buffer");
      expect(abi, "AVFrame.width, height, format: av_frame_get_buffer", result, 0);
      expect(abi, "AVFrame.buf", fields.pointer("buf"), symbols.av_frame_get_plane_buffer(address, 0));
      expect(abi, "AVFrame.linesize", fields.i32("linesize", 0), 64);
      const data = withStruct(
        abi.structs.AVBufferRef,
        fields.pointer("buf"),
        (buffer) => buffer.pointer("data"),
      );
      expect(abi, "AVFrame.data", fields.pointer("data", 0), data);
    });
  } finally {
    symbols.av_frame_free(frame.bytes);
  }
}

function noMemory(op: string): never {
  throw new MediaError("ENOMEM", `Cannot call ${op}: found no memory, wanted some to check the ABI with`, {
    op,
  });
}
