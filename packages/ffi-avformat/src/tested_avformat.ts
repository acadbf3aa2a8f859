import { MediaError } from "@mediamem/interface";
import { type AvformatBackend, loadAvformat } from "./load_avformat.ts";

/** The library that the tests of this package ask, or why there is none. */
export interface TestedAvformat {
  /** The backend; absent where there is no library, and then `missing` says why. */
  readonly avformat: AvformatBackend;
  /** Major version of the library. */
  readonly major: number;
  /** Why the tests must be skipped, null where they can run. */
  readonly missing: string | null;
}

/** Loads the machine's libavformat for tests. Only that there is none may skip them; every other error is thrown. */
export function testedAvformat(): TestedAvformat {
  try {
    const avformat = loadAvformat();
    return { avformat, major: Number.parseInt(avformat.library.version), missing: null };
  } catch (error) {
    if (!(error instanceof MediaError && error.code === "LIBRARY_MISSING")) throw error;
    return { missing: "there is no libavformat" } as TestedAvformat;
  }
}
