import { MediaError } from "@mediamem/interface";
import { pointerArray } from "@mediamem/ffi";
import { withStruct } from "@mediamem/ffi-avutil/native";
import type { AvformatLibrary } from "./library.ts";

/** Bytes of the buffer of the context that is looked at: no other field is that by chance. */
const SIZE = 4242;

/**
 * Holds the ABI table of `AVIOContext` against the library: sets through the API, reads at the offset. Throws `ABI_MISMATCH` at the first
 * difference.
 */
export function checkAbi(library: AvformatLibrary): void {
  const { symbols, abi } = library;
  for (const writes of [false, true]) {
    const buffer = symbols.av_malloc(SIZE);
    const context = symbols.avio_alloc_context(buffer, SIZE, writes ? 1 : 0, 0, 0, 0, 0);
    if (buffer === 0 || context === 0) {
      throw new MediaError(
        "ENOMEM",
        "Cannot check the ABI of AVIOContext: found no memory, wanted a context",
        {
          op: "avio_alloc_context",
        },
      );
    }
    try {
      // The end of the buffer: what a reader without a callback can read, and what a writer has room for.
      checkContext(library, context, buffer, writes);
    } finally {
      symbols.av_free(buffer);
      const cell = pointerArray(1);
      cell.set(0, context);
      symbols.avio_context_free(cell.bytes);
    }
  }

  function checkContext(
    { symbols }: AvformatLibrary,
    context: number,
    buffer: number,
    writes: boolean,
  ): void {
    withStruct(abi.AVIOContext, context, (fields) => {
      const expect = (field: string, found: number, wanted: number): void => {
        if (found === wanted) return;
        throw new MediaError(
          "ABI_MISMATCH",
          `Cannot use ABI table ${abi.name}: AVIOContext.${field} is ${found}, wanted ${wanted}`,
          { op: "avio_alloc_context" },
        );
      };
      expect("buffer", fields.pointer("buffer"), buffer);
      expect("buffer_size", fields.i32("buffer_size"), SIZE);
      expect("buf_ptr", fields.pointer("buf_ptr"), buffer);
      expect("buf_end", fields.pointer("buf_end"), buffer + SIZE);
      expect("buf_ptr_max", fields.pointer("buf_ptr_max"), buffer);
      expect("pos", Number(fields.i64("pos")), writes ? 0 : SIZE);
      expect("write_flag", fields.i32("write_flag"), writes ? 1 : 0);
      for (
        const field of [
          "eof_reached",
          "max_packet_size",
          "min_packet_size",
          "error",
          "seekable",
          "direct",
        ] as const
      ) {
        expect(field, fields.i32(field), 0);
      }
      expect("bytes_read", Number(fields.i64("bytes_read")), 0);
      expect("write_data_type", fields.pointer("write_data_type"), 0);
      if (writes) {
        symbols.avio_w8(context, 7);
        expect("buf_ptr", fields.pointer("buf_ptr"), buffer + 1);
        symbols.avio_flush(context);
        expect("pos", Number(fields.i64("pos")), 1);
        if (abi.major > 58) expect("bytes_written", Number(fields.i64("bytes_written")), 1);
        return;
      }
      // Read past the end: sets the end where the table has it.
      symbols.avio_seek(context, SIZE, 0);
      symbols.avio_r8(context);
      expect("eof_reached", fields.i32("eof_reached"), 1);
    });
  }
}
