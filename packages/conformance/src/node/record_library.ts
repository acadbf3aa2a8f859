import { AREAS, libraryOf } from "../areas.ts";
import type { LibraryName } from "../model.ts";
import { recordAnswers } from "../recording/record_answers.ts";
import { LOADERS } from "./library.ts";
import { RECORDED_FOLDER, writeRecording } from "./recorded_files.ts";

/** What was recorded. */
export interface RecordedLibrary {
  /** `avutil-57`. */
  readonly name: string;
  /** Where the recording is. */
  readonly path: string;
  /** Length of its file. */
  readonly bytes: number;
  /** How many cases it has. */
  readonly cases: number;
}

/**
 * Records an installed library: all cases of its areas' default scope with the default seed.
 *
 * Rejects with `LIBRARY_MISSING` where it is not installed.
 *
 * @param library Its name.
 * @param folder Where the file goes: the recordings of this package unless said otherwise.
 *
 * @example
 * ```ts ignore
 * import { recordLibrary } from "@mediamem/conformance/node";
 *
 * const { name, cases } = await recordLibrary("avutil");
 * console.log(`${cases} cases of ${name}`);
 * ```
 */
export async function recordLibrary(
  library: LibraryName,
  folder: string = RECORDED_FOLDER,
): Promise<RecordedLibrary> {
  using backend = LOADERS[library]();
  const name = `${library}-${Number.parseInt(backend.library.version)}`;
  const areas = AREAS.filter((area) => libraryOf(area) === library);
  const recording = await recordAnswers(name, areas, backend);
  const cases = recording.header.tests.reduce((total, { count }) => total + count, 0);
  return { name, cases, ...await writeRecording(recording, folder) };
}
