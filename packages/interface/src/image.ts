import type { ImageLayout, RuleSet } from "./image_layout.ts";
import type { AvutilMajor, PixelFormatDescriptor } from "./pixel_format.ts";
import type { PixelFormatName } from "./pixel_format_name.gen.ts";

/** Four numbers, one a plane; 0 (or NULL) where the format has no such plane. */
export type PerPlane = readonly [number, number, number, number];

/**
 * The memory of one plane: `memory[offset]` is the byte that C calls `data[i]`, the next row is `linesize` bytes on.
 *
 * A negative `linesize` walks towards the start of `memory`. The palette of `pal8` is plane 1, 1024 bytes, `linesize` 0 or 4.
 */
export interface Plane {
  /** The bytes that hold the plane, and perhaps others. */
  readonly memory: Uint8Array;
  /** Position of the first byte of the top row in `memory`. */
  readonly offset: number;
  /** Bytes from one row to the row below. */
  readonly linesize: number;
}

/** The memory of a picture, plane by plane (`uint8_t *data[4], int linesize[4]`). */
export type Planes = readonly Plane[];

/** Where the planes of a picture start (`data[4]`) and how many bytes they take together. */
export interface Pointers {
  /** Addresses; all 0 when the address given was 0. */
  readonly data: PerPlane;
  /** Bytes of all planes together. */
  readonly size: number;
}

/** {@linkcode Pointers} and the linesizes that go with them. */
export interface Arrays extends Pointers {
  /** Bytes of a row of each plane, rounded up. */
  readonly linesizes: PerPlane;
}

/** The answer of `av_image_fill_max_pixsteps`. */
export interface MaxPixsteps {
  /** Largest distance between two pixels on each plane, bytes (bits in bitstream formats). */
  readonly maxPixsteps: PerPlane;
  /** The component that has it. */
  readonly maxPixstepComps: PerPlane;
}

/** The answer of `av_find_best_pix_fmt_of_2`. */
export interface BestPixelFormat {
  /** The winner; null where no candidate was a pixel format. */
  readonly format: PixelFormatName | null;
  /** Bits of `PIXEL_FORMAT_LOSS`, or a negative number as {@linkcode Image.pixFmtLoss} gives. */
  readonly loss: number;
}

/** The memory of a picture and the duty to free it (`av_image_alloc`). */
export interface ImageAllocation extends Disposable {
  /** Bytes of all planes: what the C function returned. */
  readonly size: number;
  /** The picture's bytes; detached (length 0) once freed. */
  readonly memory: Uint8Array;
  /** The planes, all inside `memory`. */
  readonly planes: Planes;
  /** Address of the first byte, a multiple of the alignment of the backend's allocator. */
  readonly address: number;
  /** Frees the memory (`av_freep(&data[0])`). A second call is a `DOUBLE_FREE`; leaving a `using` scope after it is fine. */
  free(): void;
}

/** `AVColorRange` as {@linkcode Image.fillBlack} needs it. */
export type ColorRange = "unspecified" | "tv" | "pc";

/**
 * The area `image`: everything of `libavutil/imgutils.h` and `libavutil/pixdesc.h` that has to do with layout.
 *
 * Formats are named; a name that `av_get_pix_fmt` would take (an alias, a native-endian short form) works wherever a format
 * is asked for. Numbers that are no integers are `TypeError`s; everything that C refuses is a `MediaError` with C's code.
 */
export interface Image {
  /** Every pixel format of this backend, in its order (`av_pix_fmt_desc_next`). */
  pixelFormats(): readonly PixelFormatName[];
  /** Looks a format up by any name that `av_get_pix_fmt` takes. Throws `EINVAL` for an unknown name. */
  pixelFormat(name: string): PixelFormatDescriptor;
  /** The number of a format in one major of libavutil; -1 where that major does not have it (`av_get_pix_fmt`). */
  pixelFormatNumber(format: PixelFormatName, major?: AvutilMajor): number;
  /** The format that a number means in one major of libavutil. Throws `EINVAL` for an unknown number (`av_pix_fmt_desc_get`). */
  pixelFormatByNumber(number: number, major?: AvutilMajor): PixelFormatDescriptor;
  /** Planes in memory, the palette not counted (`av_pix_fmt_count_planes`). */
  countPlanes(format: PixelFormatName): number;
  /** Bits of content per pixel, averaged over chroma (`av_get_bits_per_pixel`). */
  bitsPerPixel(format: PixelFormatName): number;
  /** Bits per pixel with padding bits (`av_get_padded_bits_per_pixel`). */
  paddedBitsPerPixel(format: PixelFormatName): number;
  /** Chroma shifts as `[log2ChromaW, log2ChromaH]` (`av_pix_fmt_get_chroma_sub_sample`). */
  chromaSubSample(format: PixelFormatName): readonly [number, number];
  /** The same format in the other byte order, null where there is none (`av_pix_fmt_swap_endianness`). */
  swapEndianness(format: PixelFormatName): PixelFormatName | null;
  /** What a conversion loses, as bits of `PIXEL_FORMAT_LOSS`; negative where C says so (`av_get_pix_fmt_loss`). */
  pixFmtLoss(dst: PixelFormatName, src: PixelFormatName, hasAlpha: boolean): number;
  /**
   * The better target of two; null stands for `AV_PIX_FMT_NONE`. Bits of `lossMask` are not counted
   * (`av_find_best_pix_fmt_of_2`).
   */
  findBestPixFmtOf2(
    dst1: PixelFormatName | null,
    dst2: PixelFormatName | null,
    src: PixelFormatName,
    hasAlpha: boolean,
    lossMask?: number,
  ): BestPixelFormat;
  /** The best target of a list (`avcodec_find_best_pix_fmt_of_list`). */
  findBestPixFmtOfList(
    dsts: readonly PixelFormatName[],
    src: PixelFormatName,
    hasAlpha: boolean,
    lossMask?: number,
  ): BestPixelFormat;

  /** Refuses a size that no picture can have (`av_image_check_size`). */
  checkSize(width: number, height: number): void;
  /** The same for one format and a budget of pixels; format null stands for `AV_PIX_FMT_NONE` (`av_image_check_size2`). */
  checkSize2(width: number, height: number, maxPixels: number, format: PixelFormatName | null): void;
  /** Refuses a sample aspect ratio that makes a side vanish (`av_image_check_sar`). */
  checkSar(width: number, height: number, num: number, den: number): void;
  /** Largest step per plane and the component that has it (`av_image_fill_max_pixsteps`). */
  fillMaxPixsteps(format: PixelFormatName): MaxPixsteps;
  /** Bytes of a row of one plane, unaligned (`av_image_get_linesize`). */
  linesize(format: PixelFormatName, width: number, plane: number): number;
  /** Bytes of a row of each plane, unaligned (`av_image_fill_linesizes`). */
  linesizes(format: PixelFormatName, width: number): PerPlane;
  /** Bytes of each plane for given linesizes (`av_image_fill_plane_sizes`). */
  planeSizes(format: PixelFormatName, height: number, linesizes: PerPlane): PerPlane;
  /** Where the planes start for given linesizes (`av_image_fill_pointers`). */
  fillPointers(format: PixelFormatName, height: number, address: number, linesizes: PerPlane): Pointers;
  /** Linesizes rounded up to `align`, and where the planes start (`av_image_fill_arrays`). */
  fillArrays(format: PixelFormatName, width: number, height: number, align: number, address?: number): Arrays;
  /** Bytes of a whole picture (`av_image_get_buffer_size`). */
  bufferSize(format: PixelFormatName, width: number, height: number, align: number): number;
  /** Memory for a picture (`av_image_alloc`). The caller owns it. */
  allocImage(format: PixelFormatName, width: number, height: number, align: number): ImageAllocation;

  /** Copies `bytewidth` bytes of `height` rows (`av_image_copy_plane`). */
  copyPlane(dst: Plane, src: Plane, bytewidth: number, height: number): void;
  /** The same for a source in uncacheable (device) memory (`av_image_copy_plane_uc_from`). */
  copyPlaneUcFrom(dst: Plane, src: Plane, bytewidth: number, height: number): void;
  /** Copies a picture (`av_image_copy`). */
  copyImage(dst: Planes, src: Planes, format: PixelFormatName, width: number, height: number): void;
  /** The same for a source in uncacheable (device) memory (`av_image_copy_uc_from`). */
  copyImageUcFrom(dst: Planes, src: Planes, format: PixelFormatName, width: number, height: number): void;
  /** Copies a picture into one buffer with rows rounded up to `align`; gives the bytes needed (`av_image_copy_to_buffer`). */
  copyToBuffer(
    dst: Uint8Array,
    src: Planes,
    format: PixelFormatName,
    width: number,
    height: number,
    align: number,
  ): number;
  /** Paints a picture black; `dst` null only checks whether it could (`av_image_fill_black`). */
  fillBlack(
    dst: Planes | null,
    format: PixelFormatName,
    range: ColorRange,
    width: number,
    height: number,
  ): void;
  /** Paints a picture with one value per component; `dst` null only checks (`av_image_fill_color`, libavutil 59). */
  fillColor(
    dst: Planes | null,
    format: PixelFormatName,
    color: PerPlane,
    width: number,
    height: number,
  ): void;
  /**
   * Reads `width` samples of one component; with `readPalComponent` the component of the palette entry instead of the index.
   * The element size of `dst` is the size that C is asked for (`av_read_image_line2`).
   */
  readImageLine(
    dst: Uint16Array | Uint32Array,
    src: Planes,
    format: PixelFormatName,
    x: number,
    y: number,
    component: number,
    width: number,
    readPalComponent?: boolean,
  ): void;
  /** Writes `width` samples of one component by OR, as C does: zero the row first (`av_write_image_line2`). */
  writeImageLine(
    src: Uint16Array | Uint32Array,
    dst: Planes,
    format: PixelFormatName,
    x: number,
    y: number,
    component: number,
    width: number,
  ): void;

  /** The layout of a picture under a rule set. Throws `ENOSYS` for a rule set that this backend does not have. */
  imageLayout(format: PixelFormatName, width: number, height: number, rules: RuleSet): ImageLayout;
}
