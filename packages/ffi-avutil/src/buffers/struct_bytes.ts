/**
 * What libavutil allocates beside the bytes of a buffer: its cap on one request holds for these too.
 *
 * They are private, and as large as here from 57 on; 56 has smaller ones, which matters below a cap of 100 bytes.
 *
 * @module
 */

/** `sizeof(AVBufferRef)`. */
export const REFERENCE_BYTES = 24;
/** `sizeof(AVBuffer)`. */
export const BUFFER_BYTES = 48;
/** `sizeof(BufferPoolEntry)`. */
export const ENTRY_BYTES = 88;
/** `sizeof(AVBufferPool)`. */
export const POOL_BYTES = 96;
