/**
 * Dumps the pixel formats of the machine's libavutil as `pixdesc/avutil-MAJOR.json`, which `pixel_formats.ts` makes the tables from.
 *
 * Run: `bun scripts/generators/dump_pixdesc.ts > scripts/generators/pixdesc/avutil-57.json`, with `MEDIAMEM_LIBAVUTIL` set to the
 * absolute path of another library for another major.
 */
import process from "node:process";
import type { Image } from "@mediamem/interface";
import { loadAvutil } from "@mediamem/ffi-avutil";

/** The dump of a library, a format a line. */
export function dumpPixdesc(image: Image): string {
  const rows = image.pixelFormats().map((name) => {
    const { nbComponents, log2ChromaW, log2ChromaH, flags, comp, alias } = image.pixelFormat(name);
    return JSON.stringify([
      image.pixelFormatNumber(name),
      name,
      nbComponents,
      log2ChromaW,
      log2ChromaH,
      flags,
      ...comp.map(({ plane, step, offset, shift, depth }) => [plane, step, offset, shift, depth]),
      alias.length === 0 ? null : alias.join(","),
      image.bitsPerPixel(name),
      image.paddedBitsPerPixel(name),
    ]);
  });
  return `[\n${rows.join(",\n")}\n]\n`;
}

if (import.meta.main) {
  using avutil = loadAvutil();
  process.stdout.write(dumpPixdesc(avutil.image));
}
