import type { ByteSource } from "@mediamem/interface";
import { show } from "@mediamem/checks";

/**
 * A source over a Blob or File: any position at any time, nothing held but what is asked for.
 *
 * Errors: `TypeError` for no Blob. What reading it fails with, such as a file that changed, comes out as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { blobSource, openSource } from "@mediamem/core-ts/io";
 *
 * await using io = openSource(blobSource(new Blob(["moov", "mdat"])));
 * await io.seekAsync(4);
 * assertEquals((await io.getStrAsync(4)).text, "mdat");
 * assertEquals(await io.sizeAsync(), 8);
 * ```
 */
export function blobSource(blob: Blob): ByteSource {
  if (!(blob instanceof Blob)) {
    throw new TypeError(`Cannot call blobSource: blob is ${show(blob)}, wanted a Blob`);
  }
  return {
    size: blob.size,
    async read(into, position): Promise<number> {
      const part = new Uint8Array(await blob.slice(position, position + into.length).arrayBuffer());
      into.set(part);
      return part.length;
    },
  };
}
