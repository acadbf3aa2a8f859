/**
 * Dumps the pixel formats of the machine's libavutil as `pixdesc/avutil-MAJOR.json`, which `pixel_formats.ts` makes the tables from.
 *
 * Run: `bun scripts/generators/dump_pixdesc.ts > scripts/generators/pixdesc/avutil-57.json`, with `MEDIAMEM_LIBAVUTIL` set to the
 * absolute path of another library for another major.
 */
import process from "node:process";
import type { Image } from "@mediamem/interface";
import { loadAvutil } from "@mediamem/ffi-avutil";

/** How wide `deno fmt` lets a line of this repository be. */
const LINE_WIDTH = 110;

/** Number, name, components, chroma shifts, flags, four components, alias, bits, padded bits: each as JSON. */
function row(image: Image, name: ReturnType<Image["pixelFormats"]>[number]): string[] {
  const { nbComponents, log2ChromaW, log2ChromaH, flags, comp, alias } = image.pixelFormat(name);
  const values = [
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
  ];
  return values.map((value) => JSON.stringify(value).replaceAll(",", Array.isArray(value) ? ", " : ","));
}

/** The dump of a library, laid out as `deno fmt` wants it. */
export function dumpPixdesc(image: Image): string {
  const names = image.pixelFormats();
  const rows = names.map((name, i) => {
    const values = row(image, name);
    const end = i === names.length - 1 ? "" : ",";
    const line = `  [${values.join(", ")}]${end}`;
    return line.length <= LINE_WIDTH ? line : `  [\n    ${values.join(",\n    ")}\n  ]${end}`;
  });
  return `[\n${rows.join("\n")}\n]\n`;
}

if (import.meta.main) {
  using avutil = loadAvutil();
  process.stdout.write(dumpPixdesc(avutil.image));
}
