/**
 * Pixel formats and picture layout in TypeScript: what `libavutil/imgutils.h` and `libavutil/pixdesc.h` compute.
 *
 * @module
 */
export {};
