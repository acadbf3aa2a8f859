import { type Image, MediaError } from "@mediamem/interface";
import { type AvutilBackend, loadAvutil } from "./load_avutil.ts";

/** The library that the tests of this package ask, or why there is none. */
export interface TestedAvutil {
  /** The backend; absent where there is no library, and then `missing` says why. */
  readonly avutil: AvutilBackend;
  /** Its area `image`. */
  readonly image: Image;
  /** Major version of the library. */
  readonly major: number;
  /** Why the tests must be skipped, null where they can run. */
  readonly missing: string | null;
}

/** Loads the machine's libavutil for tests. Only that there is none may skip them; every other error is thrown. */
export function testedAvutil(): TestedAvutil {
  try {
    const avutil = loadAvutil();
    return { avutil, image: avutil.image, major: Number.parseInt(avutil.library.version), missing: null };
  } catch (error) {
    if (!(error instanceof MediaError && error.code === "LIBRARY_MISSING")) throw error;
    return { missing: "there is no libavutil" } as TestedAvutil;
  }
}
