import type { Memory } from "@mediamem/interface";
import { bufferOfArray, byteOffsetOf, checkLiveBytes, invalid, lengthOf } from "@mediamem/checks";
import { cString, pointerArray } from "@mediamem/ffi";
import type { AvutilLibrary } from "../library.ts";
import { checkArray, checkSize, checkText } from "./arguments.ts";
import type { Blocks } from "./blocks.ts";

/** What gives new blocks. */
export type AllocationFunctions = Pick<
  Memory,
  "malloc" | "mallocz" | "mallocArray" | "calloc" | "memdup" | "strdup" | "strndup" | "allocPacketData"
>;

/** `AV_INPUT_BUFFER_PADDING_SIZE`. */
const PADDING = 64;

/** The largest packet of `av_new_packet`, which wants its size with the padding below `INT_MAX`. */
const MOST = 2147483647 - PADDING - 1;

/** C takes an empty array for NULL, which would be another request. */
const NO_BYTES = new Uint8Array(1);

/** What `av_malloc` asks for: one byte where it is asked for none. */
function askedOfMalloc(size: number): number {
  return size === 0 ? 1 : size;
}

/** Binds the functions to a library. */
export function allocationFunctions(library: AvutilLibrary, blocks: Blocks): AllocationFunctions {
  const { symbols } = library;
  const { ledger, cap } = blocks;
  const zeros = pointerArray(PADDING / 8);

  /** Takes in what `call` gives for `size` bytes. */
  function take(op: string, size: number, call: () => number): number {
    const counted = cap.count(op, size, askedOfMalloc(size));
    let address = 0;
    try {
      address = call();
    } finally {
      if (address === 0) ledger.shrink(counted);
    }
    return blocks.add(op, address, size, counted);
  }

  return {
    // The two that everybody calls all the time are written out, without a function of their own for each call.
    malloc(size) {
      const op = "av_malloc";
      checkSize(op, "size", size);
      const counted = cap.count(op, size, askedOfMalloc(size));
      let address = 0;
      try {
        address = symbols.av_malloc(size);
      } finally {
        if (address === 0) ledger.shrink(counted);
      }
      return blocks.add(op, address, size, counted);
    },

    mallocz(size) {
      const op = "av_mallocz";
      checkSize(op, "size", size);
      const counted = cap.count(op, size, askedOfMalloc(size));
      let address = 0;
      try {
        address = symbols.av_mallocz(size);
      } finally {
        if (address === 0) ledger.shrink(counted);
      }
      return blocks.add(op, address, size, counted);
    },

    mallocArray(count, size) {
      const op = "av_malloc_array";
      return take(op, checkArray(op, count, size), () => symbols.av_malloc_array(count, size));
    },

    calloc(count, size) {
      const op = "av_calloc";
      return take(op, checkArray(op, count, size), () => symbols.av_calloc(count, size));
    },

    memdup(bytes) {
      const op = "av_memdup";
      if (bytes === null) return 0;
      checkLiveBytes(op, "bytes", bytes);
      const length = lengthOf(bytes);
      // It may be of a class of the program's own, whose `byteLength` calls functions of the program.
      const plain = length === 0
        ? NO_BYTES
        : new Uint8Array(bufferOfArray(bytes), byteOffsetOf(bytes), length);
      return take(op, length, () => symbols.av_memdup(plain, length));
    },

    strdup(text) {
      const op = "av_strdup";
      if (text === null) return 0;
      checkText(op, text);
      const bytes = cString(text);
      return take(op, bytes.length, () => symbols.av_strdup(bytes));
    },

    strndup(text, length) {
      const op = "av_strndup";
      checkSize(op, "length", length);
      if (text === null) return 0;
      checkText(op, text);
      const bytes = cString(text);
      const copied = Math.min(length, bytes.length - 1);
      return take(op, copied + 1, () => symbols.av_strndup(bytes, copied));
    },

    allocPacketData(size) {
      const op = "av_new_packet";
      checkSize(op, "size", size);
      if (size > MOST) invalid(op, `Cannot call ${op}: size is ${size}, wanted at most ${MOST}`);
      const padded = size + PADDING;
      // What av_new_packet does; that one is of libavcodec.
      const address = take(op, padded, () => symbols.av_realloc(0, padded));
      symbols.av_image_copy_plane(address + size, PADDING, zeros.address, PADDING, PADDING, 1);
      return address;
    },
  };
}
