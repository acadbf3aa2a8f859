import { existsSync, readFileSync } from "node:fs";
import { describe } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { type Image, MediaError } from "@mediamem/interface";
import { loadAvutil } from "@mediamem/ffi-avutil";
import { itUnless } from "@mediamem/testing";
import { dumpPixdesc } from "./dump_pixdesc.ts";

/** The library, the stored dump of its major, and why they cannot be compared, null where they can. */
function find(): { readonly image: Image; readonly stored: string; readonly missing: string | null } {
  try {
    const { image, library } = loadAvutil();
    const major = Number.parseInt(library.version);
    const path = new URL(`./pixdesc/avutil-${major}.json`, import.meta.url);
    if (!existsSync(path)) return { image, stored: "", missing: `there is no dump of libavutil ${major}` };
    return { image, stored: readFileSync(path, "utf8"), missing: null };
  } catch (error) {
    if (!(error instanceof MediaError && error.code === "LIBRARY_MISSING")) throw error;
    return { image: undefined!, stored: "", missing: "there is no libavutil" };
  }
}

describe("dumpPixdesc()", () => {
  const { image, stored, missing } = find();
  itUnless(missing)("gives what is stored for the major of the machine's libavutil", () => {
    assertEquals(dumpPixdesc(image), stored);
  });
});
