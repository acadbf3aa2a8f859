import { loadAvutil } from "@mediamem/ffi-avutil";
import { AREAS } from "../areas.ts";
import { recordAnswers } from "../recording/record_answers.ts";
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
 * Records the installed libavutil: all cases of the default scope with the default seed.
 *
 * Rejects with `LIBRARY_MISSING` where it is not installed.
 *
 * @param folder Where the file goes: the recordings of this package unless said otherwise.
 *
 * @example
 * ```ts ignore
 * import { recordLibrary } from "@mediamem/conformance/node";
 *
 * const { name, cases } = await recordLibrary();
 * console.log(`${cases} cases of ${name}`);
 * ```
 */
export async function recordLibrary(folder: string = RECORDED_FOLDER): Promise<RecordedLibrary> {
  using backend = loadAvutil();
  const name = `avutil-${Number.parseInt(backend.library.version)}`;
  const recording = await recordAnswers(name, AREAS, backend);
  const cases = recording.header.tests.reduce((total, { count }) => total + count, 0);
  return { name, cases, ...await writeRecording(recording, folder) };
}
