import { buffersArea } from "./areas/buffers/mod.ts";
import { framesArea } from "./areas/frames/mod.ts";
import { imageArea } from "./areas/image/mod.ts";
import { ioArea } from "./areas/io/mod.ts";
import { memoryArea } from "./areas/memory/mod.ts";
import { usage } from "./conformance_error.ts";
import type { Area, LibraryName } from "./model.ts";

/** Every area of the conformance. */
export const AREAS: readonly Area[] = [memoryArea, buffersArea, imageArea, framesArea, ioArea];

/**
 * The areas of those names, all of them for an empty list. Throws `USAGE` for a name that no area has.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { areasNamed } from "@mediamem/conformance";
 *
 * assertEquals(areasNamed(["image"]).length, 1);
 * ```
 */
export function areasNamed(names: readonly string[]): readonly Area[] {
  for (const name of names) {
    if (AREAS.some((area) => area.name === name)) continue;
    usage(
      `Cannot run the area ${name}: found no such area, wanted ${AREAS.map((area) => area.name).join(", ")}`,
    );
  }
  return names.length === 0 ? AREAS : AREAS.filter(({ name }) => names.includes(name));
}

/**
 * The library that an area is compared with.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imageArea, libraryOf } from "@mediamem/conformance";
 *
 * assertEquals(libraryOf(imageArea), "avutil");
 * ```
 */
export function libraryOf({ library = "avutil" }: Area): LibraryName {
  return library;
}
