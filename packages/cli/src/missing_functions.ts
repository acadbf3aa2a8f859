import { type Image, MediaError } from "@mediamem/interface";

/** A smallest call of each function that some supported version of a library lacks. */
const PROBES: Readonly<Record<string, (image: Image) => void>> = {
  readImageLine: (image) => image.readImageLine(new Uint16Array(1), [pixel()], "gray", 0, 0, 0, 1),
  writeImageLine: (image) => image.writeImageLine(new Uint16Array(1), [pixel()], "gray", 0, 0, 0, 1),
  planeSizes: (image) => image.planeSizes("gray", 1, [1, 0, 0, 0]),
  copyPlaneUcFrom: (image) => image.copyPlaneUcFrom(pixel(), pixel(), 1, 1),
  fillColor: (image) => image.fillColor(null, "gray", [0, 0, 0, 0], 1, 1),
};

function pixel(): { memory: Uint8Array; offset: number; linesize: number } {
  return { memory: new Uint8Array(1), offset: 0, linesize: 1 };
}

/** What the library behind an area is too old for, one sentence each: which function fails, and what it wants. */
export function missingFunctions(image: Image): string[] {
  const missing: string[] = [];
  for (const [name, probe] of Object.entries(PROBES)) {
    try {
      probe(image);
    } catch (error) {
      if (!(error instanceof MediaError) || error.code !== "ENOSYS") throw error;
      missing.push(`Without ${error.op}, ${name} throws ENOSYS: ${error.message}`);
    }
  }
  return missing;
}
