import process from "node:process";
import { loadAvformat } from "@mediamem/ffi-avformat";
import { loadAvutil } from "@mediamem/ffi-avutil";
import { type Backend, MediaError } from "@mediamem/interface";
import { AbsentSubject } from "../absent_subject.ts";
import { libraryOf } from "../areas.ts";
import { ConformanceError, usage } from "../conformance_error.ts";
import type { Area, LibraryName } from "../model.ts";
import { RecordedSubject } from "../recording/recorded_subject.ts";
import { DEFAULT_SEED, type Selection } from "../selection.ts";
import { LiveSubject, type Subject } from "../subject.ts";
import { readRecording, recordingNames } from "./recorded_files.ts";

/** The side that is right, and what it takes to let it go. */
export interface OpenLibrary extends Disposable {
  readonly subject: Subject;
  /** What a reader of the report must know about it, one sentence each. */
  readonly notices: readonly string[];
}

/** How {@linkcode openLibrary} finds libraries and recordings; tests put others there. */
export interface LibrarySources {
  /** Loads the installed library of each name. */
  readonly load: Readonly<Record<LibraryName, () => Backend>>;
  /** The libraries whose file somebody named, for which no recording may then stand in. */
  readonly named?: readonly LibraryName[];
  /** The folder of the recordings. */
  readonly recorded?: string;
}

/** Loads the installed library of each name. */
export const LOADERS: Readonly<Record<LibraryName, () => Backend>> = {
  avutil: loadAvutil,
  avformat: loadAvformat,
};

/** The names of the libraries, the one that most areas are compared with first. */
export const LIBRARIES: readonly LibraryName[] = ["avutil", "avformat"];

const RECORDED = "recorded:";

/** The library that a backend is, or that a recording is of; null for a name that is none. */
export function libraryNamed(backend: string): LibraryName | null {
  const name = backend.startsWith(RECORDED) ? backend.slice(RECORDED.length).split("-")[0]! : backend;
  return LIBRARIES.find((library) => library === name) ?? null;
}

/** The libraries and recordings of this machine. */
function installed(): LibrarySources {
  return {
    load: LOADERS,
    named: LIBRARIES.filter((library) => Boolean(process.env[`MEDIAMEM_LIB${library.toUpperCase()}`])),
  };
}

/**
 * Opens the library that areas are compared with: the installed one for null and for its name, or a recording such as `recorded:avutil-57`.
 *
 * For null, what is not installed is made up for by its newest recording, which a notice then says. Where there is none of these cases,
 * nothing of `avformat` is compared, and each case says why; that is no reason not to compare the rest.
 *
 * Rejects with `LIBRARY_MISSING` where the library of that name is not installed or the file that the environment names does not open, and
 * with `USAGE` for a name that is none.
 *
 * @param name The backend, or null.
 * @param areas Areas that are compared with one and the same library.
 */
export async function openLibrary(
  name: string | null,
  areas: readonly Area[],
  selection: Selection,
  sources: LibrarySources = installed(),
): Promise<OpenLibrary> {
  if (name?.startsWith(RECORDED)) {
    return await openRecording(name.slice(RECORDED.length), areas, selection, sources, []);
  }
  if (name !== null && libraryNamed(name) === null) {
    const recordings = recordingNames(sources.recorded).join(", ");
    usage(
      `Cannot compare with ${name}: found no such backend, wanted ${LIBRARIES.join(", ")}${
        recordings === "" ? "" : ` or ${RECORDED}NAME, one of ${recordings}`
      }`,
    );
  }
  const library = areas[0] === undefined ? "avutil" : libraryOf(areas[0]);
  let backend: Backend;
  try {
    backend = sources.load[library]();
  } catch (error) {
    if (!isMissing(error, library)) throw error;
    if (name !== null || sources.named?.includes(library)) {
      throw new ConformanceError("LIBRARY_MISSING", error.message, error);
    }
    return await openInstead(library, error, areas, selection, sources);
  }
  return {
    subject: new LiveSubject(backend),
    notices: [],
    [Symbol.dispose]: () => backend[Symbol.dispose](),
  };
}

/** What stands in for a library that is not installed: its newest recording. */
async function openInstead(
  library: LibraryName,
  error: MediaError,
  areas: readonly Area[],
  selection: Selection,
  sources: LibrarySources,
): Promise<OpenLibrary> {
  const absence = `This machine has no lib${library} that opens`;
  const newest = recordingNames(sources.recorded).find((name) =>
    libraryNamed(`${RECORDED}${name}`) === library
  );
  const isRecorded = selection.scope === "default" && selection.seed === DEFAULT_SEED;
  if (newest !== undefined && (isRecorded || library === "avutil")) {
    const notice =
      `${absence}, so this run compares with the recorded answers of ${newest}. ${error.message}`;
    return await openRecording(newest, areas, selection, sources, [notice]);
  }
  if (library === "avutil") throw new ConformanceError("LIBRARY_MISSING", error.message, error);
  const subject = new AbsentSubject(library, absence);
  return { subject, notices: [`${absence}. ${error.message}`], [Symbol.dispose]: () => {} };
}

/** Whether there is no library, or only one that does not go with the others that somebody named. */
function isMissing(error: unknown, library: LibraryName): error is MediaError {
  if (!(error instanceof MediaError)) return false;
  return error.code === "LIBRARY_MISSING" ||
    (error.code === "ABI_MISMATCH" && library === "avformat" && error.op !== "avformat_version");
}

async function openRecording(
  name: string,
  areas: readonly Area[],
  selection: Selection,
  { recorded }: LibrarySources,
  notices: readonly string[],
): Promise<OpenLibrary> {
  const subject = await RecordedSubject.open(await readRecording(name, recorded), areas);
  subject.check(selection.scope, selection.seed);
  return { subject, notices, [Symbol.dispose]: () => {} };
}
