import { loadAvutil } from "@mediamem/ffi-avutil";
import { AREAS } from "../areas.ts";
import { recordAnswers } from "../recording/record_answers.ts";
import { RECORDED_FOLDER, writeRecording } from "./recorded_files.ts";

/** What was recorded. */
export interface RecordedLibrary {
  /** `avutil-57`. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly cases: number;
}

/**
 * Records the installed libavutil: all cases of the default scope with the default seed.
 *
 * Throws `LIBRARY_MISSING` where it is not installed.
 */
export async function recordLibrary(folder: string = RECORDED_FOLDER): Promise<RecordedLibrary> {
  using backend = loadAvutil();
  const name = `avutil-${Number.parseInt(backend.library.version)}`;
  const recording = await recordAnswers(name, AREAS, backend);
  const cases = recording.header.tests.reduce((total, { count }) => total + count, 0);
  return { name, cases, ...await writeRecording(recording, folder) };
}
