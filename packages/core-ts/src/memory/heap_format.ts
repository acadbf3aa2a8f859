/**
 * Where everything lies in a heap's storage. Every position is an index into 32-bit words, counted from the start of the storage, so
 * that 4 GiB of it stay within a signed 32-bit integer, which is what the runtimes calculate fastest with.
 *
 * The heap starts with a header, `HEADER_WORDS` long. Blocks follow without a gap up to the sentinel, a header of a block of no words.
 */

/** The bytes `mmhp`, by which a heap is known. */
export const MAGIC = 0x70686d6d;
/** What another version of this file may not attach to. */
export const FORMAT_VERSION = 1;

// Words of the header. What every call touches is in the first 64 bytes.
/** {@linkcode MAGIC}. */
export const MAGIC_AT = 0;
/** {@linkcode FORMAT_VERSION}. */
export const VERSION_AT = 1;
/** The heap's alignment in bytes, which every block is a multiple of. */
export const GRANULE_AT = 2;
/** 1 for a heap with red zones, else 0. */
export const CHECKED_AT = 3;
/** Where the sentinel is. */
export const END_AT = 4;
/** How many words of the storage the heap has reckoned with; what others add to the storage comes after. */
export const EXTENT_AT = 5;
/** How many blocks are in use. */
export const LIVE_AT = 6;
/** Bytes that were asked for and not freed yet, unsigned. */
export const BYTES_AT = 7;
/** The most that `BYTES_AT` ever was, unsigned. */
export const PEAK_AT = 8;
/** The most that `BYTES_AT` may be, unsigned; `NO_LIMIT` for as much as there is room for. */
export const LIMIT_AT = 9;
/** Words in free blocks, their headers counted. */
export const FREE_AT = 10;
/** The quarantined block that was freed first, 0 for none. */
export const OLDEST_AT = 11;
/** The quarantined block that was freed last, 0 for none. */
export const NEWEST_AT = 12;
/** Words in quarantined blocks. */
export const QUARANTINED_AT = 13;
/** The most words that may be quarantined. */
export const QUARANTINE_AT = 14;
/** Words in blocks in reserve. */
export const RESERVED_AT = 15;
/** One bit for each row of size classes that has a free block. */
export const ROWS_AT = 16;
/** For each row one word with one bit for each of its size classes that has a free block. */
export const COLUMNS_AT = 17;
/** For each size class its first free block, 0 for none. */
export const HEADS_AT = 48;

/** For each size class of one size: how many blocks are in reserve, then the blocks. */
export const RESERVES_AT = 816;

/** Rows of size classes: enough for 2^28 granules. */
export const ROWS = 24;
/** Size classes in a row. */
export const COLUMNS = 32;
/** Size classes of one size each, which have a reserve. */
export const EXACT_CLASSES = 64;
/** Words of a reserve: a count and 31 blocks. */
export const RESERVE_WORDS = 32;
/** Words of the header. */
export const HEADER_WORDS: number = RESERVES_AT + EXACT_CLASSES * RESERVE_WORDS;
/** No budget: more than any heap holds. */
export const NO_LIMIT = 0xffffffff;

// Words of a block's header, which ends where a line of the cache does, so that one line has it all.
/** Words of the block, header counted, and its flags in the two lowest bits. */
export const SIZE = 0;
/** The block before this one in the storage, 0 for the first. */
export const BEFORE = 1;
/** Of a block in use: how many bytes were asked for. */
export const REQUESTED = 2;
/** Of a free block: the next of its size class, 0 for none. */
export const NEXT = 2;
/** Of a block in use or kept back: one of the stamps below, mixed with the block's index, so that no other place holds it by chance. */
export const STAMP = 3;
/** Of a free block: the previous of its size class, 0 for none. */
export const PREVIOUS = 3;
/** Words of a block's header. */
export const BLOCK_WORDS = 4;
/** Bytes of a block's header. */
export const BLOCK_BYTES = 16;

/** Flag: the block is free. */
export const IS_FREE = 1;
/** Flag: the block before is free. */
export const AFTER_FREE = 2;
/** Both flags. */
export const FLAGS = 3;

/** Stamp of a block in use, mixed with its size too: who wrote over that is found out. */
export const USED: number = 0xa110ca7e | 0;
/** Stamp that is left in the header of a freed block which became part of another. */
export const FREED: number = 0xdeadf4ee | 0;
/** Stamp of a freed block that is in reserve for the next request of its size. */
export const RESERVED: number = 0x2e5e27ed | 0;
/** Stamp of a freed block that is kept back. */
export const QUARANTINED: number = 0xbadca4e5 | 0;
/** Stamp of a stretch of the storage that belongs to somebody else. */
export const FOREIGN: number = 0xf02e16e4 | 0;
