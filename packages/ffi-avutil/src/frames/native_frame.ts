import {
  AVERROR,
  type BufferRef,
  type Frame,
  MediaError,
  type PixelFormatName,
  type Planes,
} from "@mediamem/interface";
import { checkAlign, checkFrameSide, checkInt, checkTimestamp, invalid, show } from "@mediamem/checks";
import { fail } from "../failure.ts";
import { FrameBuffers } from "./frame_buffers.ts";
import type { FrameContext } from "./frame_context.ts";
import { checkFrameCopy } from "./frame_copy.ts";
import { FrameHold } from "./frame_hold.ts";
import { FrameStruct } from "./frame_struct.ts";
import { FrameViews } from "./frame_views.ts";
import { measureBuffer } from "./measure_buffer.ts";
import { countPlanes, planeSpans } from "./plane_span.ts";

/** `AV_PIX_FMT_NONE`. */
const NO_FORMAT = -1;

/** Frees the frames that a program forgot, on the thread that made them. */
const forgotten = new FinalizationRegistry<FrameHold>((hold) => hold.abandon());

/** An `AVFrame` of libavutil. It may outlive its backend, and can then be read and given back. */
export class NativeFrame implements Frame {
  readonly #context: FrameContext;
  readonly #struct: FrameStruct;
  readonly #views: FrameViews;
  /** Null where the frame is somebody else's. */
  readonly #hold: FrameHold | null;
  #linesizes: readonly number[] | null = null;
  #live = true;

  private constructor(context: FrameContext, struct: FrameStruct, hold: FrameHold | null) {
    this.#context = context;
    this.#struct = struct;
    this.#views = new FrameViews(context);
    this.#hold = hold;
  }

  /** Takes over the frame at an address, which `op` gave and whose buffers are counted already. */
  static own(context: FrameContext, op: string, address: number, buffers: FrameBuffers): NativeFrame {
    const struct = new FrameStruct(context.library.abi, address);
    const hold = new FrameHold(context, op, address, buffers);
    const frame = new NativeFrame(context, struct, hold);
    forgotten.register(frame, hold, frame);
    return frame;
  }

  /** Looks at the frame at an address, which somebody else frees. */
  static borrow(context: FrameContext, address: number): NativeFrame {
    return new NativeFrame(context, new FrameStruct(context.library.abi, address), null);
  }

  get address(): number {
    return this.#use("AVFrame").address;
  }

  get width(): number {
    return this.#use("AVFrame.width").width;
  }
  set width(value: number) {
    const op = "AVFrame.width";
    this.#own(op);
    const struct = this.#struct;
    checkFrameSide(op, "width", value, struct.hasBuffer ? struct.width : null);
    struct.width = value;
  }

  get height(): number {
    return this.#use("AVFrame.height").height;
  }
  set height(value: number) {
    const op = "AVFrame.height";
    this.#own(op);
    const struct = this.#struct;
    checkFrameSide(op, "height", value, struct.hasBuffer ? struct.height : null);
    struct.height = value;
  }

  get format(): PixelFormatName | null {
    return this.#context.formats.byNumber(this.#use("AVFrame.format").format)?.name ?? null;
  }
  set format(value: PixelFormatName | null) {
    const op = "AVFrame.format";
    this.#own(op);
    const struct = this.#struct;
    const number = value === null ? NO_FORMAT : this.#context.formats.find(op, value).number;
    if (struct.hasBuffer && number !== struct.format) {
      invalid(
        op,
        `Cannot set ${op}: format is ${value}, wanted ${this.format}, what the frame's memory holds`,
      );
    }
    struct.format = number;
  }

  get pts(): number | null {
    const op = "AVFrame.pts";
    const value = this.#use(op).pts;
    const number = value === null ? null : Number(value);
    if (number === null || Number.isSafeInteger(number)) return number;
    throw new MediaError("ERANGE", `Cannot read ${op}: found ${value}, wanted -(2^53 - 1) to 2^53 - 1`, {
      op,
    });
  }
  set pts(value: number | null) {
    const op = "AVFrame.pts";
    this.#own(op);
    checkTimestamp(op, "pts", value);
    this.#struct.pts = value === null ? null : BigInt(value);
  }

  get linesizes(): readonly number[] {
    const struct = this.#use("AVFrame.linesize");
    if (this.#linesizes !== null) return this.#linesizes;
    const format = struct.hasBuffer ? this.#context.formats.byNumber(struct.format) : null;
    const found: number[] = [];
    const count = format === null ? 0 : countPlanes(format);
    for (let plane = 0; plane < count; plane++) found.push(struct.linesize(plane));
    return this.#linesizes = Object.freeze(found);
  }

  get planes(): Planes {
    const op = "AVFrame.data";
    const struct = this.#use(op);
    return this.#views.planes ?? this.#views.show(this, planeSpans(op, this.#context, struct));
  }

  get isWritable(): boolean {
    const { address } = this.#use("av_frame_is_writable");
    return this.#context.library.symbols.av_frame_is_writable(address) !== 0;
  }

  get live(): boolean {
    return this.#live;
  }

  getBuffer(align: number = 0): void {
    const op = "av_frame_get_buffer";
    const { buffers } = this.#own(op);
    if (align !== 0) checkAlign(op, align);
    const struct = this.#struct;
    if (struct.hasBuffer) {
      // C would take new memory and lose the old.
      invalid(op, `Cannot call ${op}: the frame has a buffer, wanted one without`);
    }
    const { width, height, format, pts } = struct;
    this.#reserve(op, align);
    this.#forget();
    const result = this.#context.library.symbols.av_frame_get_buffer(struct.address, align);
    if (result >= 0) return buffers.hold(op, struct.references());
    // C has set linesizes that its next call would take for given, or reset the frame, depending on how far it came.
    struct.clearLinesizes();
    struct.width = width;
    struct.height = height;
    struct.format = format;
    struct.pts = pts;
    fail(op, result, `${this.format ?? "no format"} ${width}x${height}, align ${align}`);
  }

  clone(): Frame {
    const op = "av_frame_clone";
    const struct = this.#use(op);
    checkHasBuffer(op, "the frame", struct);
    const buffers = new FrameBuffers(this.#context);
    buffers.hold(op, struct.references());
    try {
      const address = this.#context.library.symbols.av_frame_clone(struct.address);
      if (address === 0) fail(op, AVERROR.ENOMEM, "no memory for a frame");
      return NativeFrame.own(this.#context, op, address, buffers);
    } catch (error) {
      buffers.drop();
      throw error;
    }
  }

  ref(src: Frame): void {
    const op = "av_frame_ref";
    const { buffers } = this.#own(op);
    const source = this.#source(op, src).#struct;
    this.#checkEmpty(op, src);
    checkHasBuffer(op, "src", source);
    buffers.hold(op, source.references());
    this.#forget();
    const struct = this.#struct;
    const { format, pts } = struct;
    try {
      const result = this.#context.library.symbols.av_frame_ref(struct.address, source.address);
      if (result < 0) fail(op, result, `a frame of ${source.width}x${source.height}`);
    } catch (error) {
      buffers.drop();
      // C resets a frame that it could not fill.
      struct.format = format;
      struct.pts = pts;
      throw error;
    }
  }

  moveRef(src: Frame): void {
    const op = "av_frame_move_ref";
    const { buffers } = this.#own(op);
    const source = this.#source(op, src);
    const sourceHold = source.#own(op);
    this.#checkEmpty(op, src);
    source.#forget();
    this.#forget();
    this.#context.library.symbols.av_frame_move_ref(this.#struct.address, source.#struct.address);
    buffers.takeFrom(sourceHold.buffers);
  }

  unref(): void {
    const op = "av_frame_unref";
    const { buffers } = this.#own(op);
    this.#forget();
    buffers.drop();
    this.#context.library.symbols.av_frame_unref(this.#struct.address);
  }

  makeWritable(): void {
    const op = "av_frame_make_writable";
    const { buffers } = this.#own(op);
    const struct = this.#struct;
    checkHasBuffer(op, "the frame", struct);
    const { symbols } = this.#context.library;
    if (symbols.av_frame_is_writable(struct.address) !== 0) return;
    this.#reserve(op, 0);
    this.#forget();
    buffers.drop();
    let result: number;
    try {
      result = symbols.av_frame_make_writable(struct.address);
    } finally {
      buffers.hold(op, struct.references());
    }
    if (result < 0) fail(op, result, `${this.format} ${struct.width}x${struct.height}`);
  }

  copy(src: Frame): void {
    const op = "av_frame_copy";
    this.#own(op);
    const source = this.#source(op, src).#struct;
    const struct = this.#struct;
    checkFrameCopy(op, this.#context, struct, source);
    const result = this.#context.library.symbols.av_frame_copy(struct.address, source.address);
    if (result < 0) fail(op, result, `${this.format} ${source.width}x${source.height}`);
  }

  planeBuffer(plane: number): BufferRef {
    const op = "av_frame_get_plane_buffer";
    const struct = this.#use(op);
    checkInt(op, "plane", plane);
    const count = this.linesizes.length;
    const { symbols } = this.#context.library;
    const reference = plane >= 0 && plane < count
      ? symbols.av_frame_get_plane_buffer(struct.address, plane)
      : 0;
    if (reference !== 0) return this.#context.retainBuffer(reference);
    invalid(op, `Cannot call ${op}: plane is ${plane}, wanted one of the ${count} that the frame has`);
  }

  free(): void {
    if (!this.#live) {
      throw new MediaError(
        "DOUBLE_FREE",
        `Cannot call av_frame_free: the frame was freed before, wanted a live one${this.#story}`,
        { op: "av_frame_free" },
      );
    }
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    if (!this.#live) return;
    this.#views.revoke();
    this.#live = false;
    this.#struct.close();
    forgotten.unregister(this);
    this.#hold?.free();
  }

  get #story(): string {
    return this.#hold?.story ?? "";
  }

  /** Throws `USE_AFTER_FREE` where the frame was freed. */
  #use(op: string): FrameStruct {
    if (this.#live) return this.#struct;
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot use ${op}: the frame was freed, wanted a live one${this.#story}`,
      { op },
    );
  }

  /** Throws {@linkcode NativeFrame.#use}'s error, and `WRONG_OWNER` where the frame is somebody else's. */
  #own(op: string): FrameHold {
    this.#use(op);
    if (this.#hold !== null) return this.#hold;
    throw new MediaError("WRONG_OWNER", `Cannot use ${op}: the frame is borrowed, wanted one of our own`, {
      op,
    });
  }

  /** Throws unless `src` is a live frame of the same backend. */
  #source(op: string, src: Frame): NativeFrame {
    if (typeof src !== "object" || src === null || !(#struct in src)) {
      throw new TypeError(`Cannot call ${op}: src is ${show(src)}, wanted a frame of this backend`);
    }
    if (src.#context !== this.#context) {
      const message = `Cannot call ${op}: src is a frame of another backend, wanted one of this`;
      throw new MediaError("WRONG_OWNER", message, { op });
    }
    src.#use(op);
    return src;
  }

  /** Throws unless this frame is empty, and not `src` itself. */
  #checkEmpty(op: string, src: Frame): void {
    if (src === this) invalid(op, `Cannot call ${op}: src is the frame itself, wanted another one`);
    const { hasBuffer, width, height } = this.#struct;
    if (!hasBuffer && width === 0 && height === 0) return;
    // C would lose what it refers to.
    invalid(
      op,
      `Cannot call ${op}: the frame is ${width}x${height}${
        hasBuffer ? " and has a buffer" : ""
      }, wanted an empty one`,
    );
  }

  /** Throws `OVER_BUDGET` where the memory that C is about to take is more than there may be. */
  #reserve(op: string, align: number): void {
    const { ledger } = this.#context;
    if (ledger.limitBytes === Infinity) return;
    const bytes = measureBuffer(this.#context, this.#struct, align);
    // What C refuses it says itself.
    if (bytes === 0) return;
    ledger.grow(op, bytes);
    ledger.shrink(bytes);
  }

  /** Takes the views away, and forgets what was read of the struct: it is about to refer to something else. */
  #forget(): void {
    this.#views.revoke();
    this.#linesizes = null;
  }
}

function checkHasBuffer(op: string, name: string, { hasBuffer }: FrameStruct): void {
  if (hasBuffer) return;
  invalid(op, `Cannot call ${op}: ${name} has no buffer, wanted one that refers to a picture`);
}
