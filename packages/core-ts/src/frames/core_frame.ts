import {
  AVERROR,
  type BufferRef,
  type Frame,
  MediaError,
  type PixelFormatName,
  type Planes,
} from "@mediamem/interface";
import { checkAlign, checkFrameSide, checkInt, checkTimestamp, invalid, show } from "@mediamem/checks";
import { reserveAddresses } from "../address_space.ts";
import type { BufferHome } from "../buffers/buffer_home.ts";
import { CoreBufferRef } from "../buffers/buffer_ref.ts";
import { copyAll } from "../image/copy_image.ts";
import { findFormat, type FormatRecord } from "../image/record.ts";
import { FrameHold } from "./frame_hold.ts";
import { allocPicture, type Picture } from "./picture.ts";

/** What an `AVFrame` of libavutil 60 takes: the cap on one request holds for it too. */
const STRUCT_BYTES = 416;

const NO_LINESIZES: readonly number[] = Object.freeze([]);
const NO_PLANES: Planes = Object.freeze([]);

/** Counts the frames that a program forgot. */
const forgotten = new FinalizationRegistry<FrameHold>((hold) => hold.abandon());

/** The frame whose memory a view shows: who holds a view holds the frame. */
const shown = new WeakMap<Uint8Array, CoreFrame>();

/** A frame (`AVFrame`) of libavutil 60, in TypeScript. */
export class CoreFrame implements Frame {
  readonly #home: BufferHome;
  readonly #hold: FrameHold;
  readonly #address: number;
  #width = 0;
  #height = 0;
  #format: FormatRecord | null = null;
  #pts: number | null = null;
  #planes: Planes | null = null;
  #live = true;

  /** Makes an empty frame, which `op` gave. */
  constructor(home: BufferHome, op: string) {
    if (STRUCT_BYTES > home.limit.maxAlloc) {
      throw new MediaError(
        "ENOMEM",
        `Cannot call ${op}: it takes ${STRUCT_BYTES} bytes, wanted at most ${home.limit.maxAlloc}`,
        { op, averror: AVERROR.ENOMEM },
      );
    }
    this.#home = home;
    this.#hold = new FrameHold(home, op);
    this.#address = reserveAddresses(STRUCT_BYTES);
    forgotten.register(this, this.#hold, this);
  }

  get address(): number {
    this.#use("AVFrame");
    return this.#address;
  }

  get width(): number {
    this.#use("AVFrame.width");
    return this.#width;
  }
  set width(value: number) {
    const op = "AVFrame.width";
    const picture = this.#use(op);
    checkFrameSide(op, "width", value, picture === null ? null : this.#width);
    // -0 is 0 in C.
    this.#width = value + 0;
  }

  get height(): number {
    this.#use("AVFrame.height");
    return this.#height;
  }
  set height(value: number) {
    const op = "AVFrame.height";
    const picture = this.#use(op);
    checkFrameSide(op, "height", value, picture === null ? null : this.#height);
    this.#height = value + 0;
  }

  get format(): PixelFormatName | null {
    this.#use("AVFrame.format");
    return this.#format?.name ?? null;
  }
  set format(value: PixelFormatName | null) {
    const op = "AVFrame.format";
    const picture = this.#use(op);
    const format = value === null ? null : findFormat(op, value);
    if (picture !== null && format !== this.#format) {
      invalid(
        op,
        `Cannot set ${op}: format is ${value}, wanted ${this.format}, what the frame's memory holds`,
      );
    }
    this.#format = format;
  }

  get pts(): number | null {
    this.#use("AVFrame.pts");
    return this.#pts;
  }
  set pts(value: number | null) {
    const op = "AVFrame.pts";
    this.#use(op);
    checkTimestamp(op, "pts", value);
    this.#pts = value === null ? null : value + 0;
  }

  get linesizes(): readonly number[] {
    return this.#use("AVFrame.linesize")?.linesizes ?? NO_LINESIZES;
  }

  get planes(): Planes {
    const op = "AVFrame.data";
    const picture = this.#use(op);
    if (picture === null) return NO_PLANES;
    if (this.#planes === null) {
      this.#planes = picture.show(op);
      shown.set(this.#planes[0]!.memory, this);
    }
    return this.#planes;
  }

  get isWritable(): boolean {
    return this.#use("av_frame_is_writable")?.buffer.isWritable ?? false;
  }

  get live(): boolean {
    return this.#live;
  }

  getBuffer(align: number = 0): void {
    const op = "av_frame_get_buffer";
    const picture = this.#use(op);
    if (align !== 0) checkAlign(op, align);
    if (picture !== null) invalid(op, `Cannot call ${op}: the frame has a buffer, wanted one without`);
    this.#hold.set(this.#allocate(op, align));
    this.#planes = null;
  }

  clone(): Frame {
    const op = "av_frame_clone";
    const picture = this.#use(op);
    checkHasBuffer(op, "the frame", picture);
    this.#home.checkStruct(op, "AVBufferRef");
    const clone = new CoreFrame(this.#home, op);
    clone.#share(this, picture);
    return clone;
  }

  ref(src: Frame): void {
    const op = "av_frame_ref";
    this.#use(op);
    const source = this.#source(op, src);
    this.#checkEmpty(op, source);
    const { picture } = source.#hold;
    checkHasBuffer(op, "src", picture);
    this.#home.checkStruct(op, "AVBufferRef");
    this.#share(source, picture);
  }

  moveRef(src: Frame): void {
    const op = "av_frame_move_ref";
    this.#use(op);
    const source = this.#source(op, src);
    this.#checkEmpty(op, source);
    this.#takeFields(source);
    this.#planes = null;
    const picture = source.#hold.take();
    this.#hold.set(picture);
    // Nobody else's views end with those of `src`.
    if (picture?.buffer.refs === 1) picture.buffer.memory.revoke();
    source.#reset();
  }

  unref(): void {
    this.#use("av_frame_unref");
    this.#reset();
  }

  makeWritable(): void {
    const op = "av_frame_make_writable";
    const picture = this.#use(op);
    checkHasBuffer(op, "the frame", picture);
    if (picture.buffer.isWritable) return;
    const own = this.#allocate(op, 0);
    try {
      copyAll(op, own.show(op), this.planes, this.#format!.name, this.#width, this.#height);
    } catch (error) {
      own.buffer.unref();
      throw error;
    }
    this.#hold.set(own);
    this.#planes = null;
  }

  copy(src: Frame): void {
    const op = "av_frame_copy";
    this.#use(op);
    const source = this.#source(op, src);
    const format = this.#format;
    if (format === null || format !== source.#format) {
      const names = [source, this].map((frame) => frame.format ?? "none");
      invalid(op, `Cannot call ${op}: the formats are ${names[0]} and ${names[1]}, wanted the same one`);
    }
    checkHasBuffer(op, "the frame", this.#hold.picture);
    checkHasBuffer(op, "src", source.#hold.picture);
    const [width, height] = [source.#width, source.#height];
    if (this.#width < width || this.#height < height) {
      invalid(
        op,
        `Cannot call ${op}: src is ${width}x${height}, wanted at most ${this.#width}x${this.#height}`,
      );
    }
    copyAll(op, this.planes, source.planes, format.name, width, height);
  }

  planeBuffer(plane: number): BufferRef {
    const op = "av_frame_get_plane_buffer";
    const picture = this.#use(op);
    checkInt(op, "plane", plane);
    const count = picture?.planeCount ?? 0;
    if (picture === null || plane < 0 || plane >= count) {
      invalid(op, `Cannot call ${op}: plane is ${plane}, wanted one of the ${count} that the frame has`);
    }
    const { buffer } = picture;
    this.#home.checkStruct(op, "AVBufferRef");
    buffer.refs++;
    return CoreBufferRef.open(this.#home, "av_buffer_ref", buffer, 0, buffer.memory.size);
  }

  free(): void {
    if (!this.#live) {
      throw new MediaError(
        "DOUBLE_FREE",
        `Cannot call av_frame_free: the frame was freed before, wanted a live one${this.#hold.story}`,
        { op: "av_frame_free" },
      );
    }
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    if (!this.#live) return;
    this.#live = false;
    this.#planes = null;
    forgotten.unregister(this);
    this.#hold.free();
  }

  #allocate(op: string, align: number): Picture {
    const format = this.#format;
    const [width, height] = [this.#width, this.#height];
    if (format === null || width === 0 || height === 0) {
      invalid(
        op,
        `Cannot call ${op}: the frame is ${width}x${height} of ${
          format?.name ?? "no format"
        }, wanted a picture`,
      );
    }
    return allocPicture(op, this.#home, format, width, height, align);
  }

  #takeFields(src: CoreFrame): void {
    this.#width = src.#width;
    this.#height = src.#height;
    this.#format = src.#format;
    this.#pts = src.#pts;
  }

  #share(src: CoreFrame, picture: Picture): void {
    picture.buffer.refs++;
    this.#takeFields(src);
    this.#planes = null;
    this.#hold.set(picture);
  }

  #reset(): void {
    this.#width = 0;
    this.#height = 0;
    this.#format = null;
    this.#pts = null;
    this.#planes = null;
    this.#hold.set(null);
  }

  /** Throws `USE_AFTER_FREE` where the frame was freed. Gives what it refers to. */
  #use(op: string): Picture | null {
    if (this.#live) return this.#hold.picture;
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot use ${op}: the frame was freed, wanted a live one${this.#hold.story}`,
      { op },
    );
  }

  /** Throws unless `src` is a live frame of the same backend. */
  #source(op: string, src: Frame): CoreFrame {
    if (typeof src !== "object" || src === null || !(#hold in src)) {
      throw new TypeError(`Cannot call ${op}: src is ${show(src)}, wanted a frame of this backend`);
    }
    if (src.#home !== this.#home) {
      const message = `Cannot call ${op}: src is a frame of another backend, wanted one of this`;
      throw new MediaError("WRONG_OWNER", message, { op });
    }
    src.#use(op);
    return src;
  }

  /** Throws unless this frame is empty, and not `src` itself. */
  #checkEmpty(op: string, src: CoreFrame): void {
    if (src === this) invalid(op, `Cannot call ${op}: src is the frame itself, wanted another one`);
    const hasBuffer = this.#hold.picture !== null;
    if (!hasBuffer && this.#width === 0 && this.#height === 0) return;
    const found = `${this.#width}x${this.#height}${hasBuffer ? " and has a buffer" : ""}`;
    invalid(op, `Cannot call ${op}: the frame is ${found}, wanted an empty one`);
  }
}

function checkHasBuffer(op: string, name: string, picture: Picture | null): asserts picture is Picture {
  if (picture !== null) return;
  invalid(op, `Cannot call ${op}: ${name} has no buffer, wanted one that refers to a picture`);
}
