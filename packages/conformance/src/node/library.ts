import process from "node:process";
import { loadAvutil } from "@mediamem/ffi-avutil";
import { type Backend, MediaError } from "@mediamem/interface";
import { ConformanceError, usage } from "../conformance_error.ts";
import type { Area } from "../model.ts";
import { RecordedSubject } from "../recording/recorded_subject.ts";
import type { Selection } from "../selection.ts";
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
  /** Loads the installed libavutil. */
  readonly avutil: () => Backend;
  /** Whether somebody named the file of the library, which no recording may then stand in for. */
  readonly named?: boolean;
  /** The folder of the recordings. */
  readonly recorded?: string;
}

const RECORDED = "recorded:";

/**
 * Opens the library of that name: `avutil`, or a recording such as `recorded:avutil-57`. Without a name it is the installed libavutil, or
 * the newest recording where none is installed, which a notice then says.
 *
 * Rejects with `LIBRARY_MISSING` where the library of that name is not installed or the file that `MEDIAMEM_LIBAVUTIL` names does not open, and with `USAGE` for a name that is none.
 */
export async function openLibrary(
  name: string | null,
  areas: readonly Area[],
  selection: Selection,
  sources: LibrarySources = { avutil: loadAvutil, named: Boolean(process.env.MEDIAMEM_LIBAVUTIL) },
): Promise<OpenLibrary> {
  if (name?.startsWith(RECORDED)) {
    return await openRecording(name.slice(RECORDED.length), areas, selection, sources, []);
  }
  if (name !== null && name !== "avutil") {
    const others = recordingNames(sources.recorded).map((recording) => `${RECORDED}${recording}`);
    usage(`Cannot compare with ${name}: found no such backend, wanted ${["avutil", ...others].join(", ")}`);
  }
  let backend: Backend;
  try {
    backend = sources.avutil();
  } catch (error) {
    if (!(error instanceof MediaError) || error.code !== "LIBRARY_MISSING") throw error;
    const [newest] = recordingNames(sources.recorded);
    if (name !== null || sources.named || newest === undefined) {
      throw new ConformanceError("LIBRARY_MISSING", error.message, error);
    }
    const notice =
      `This machine has no libavutil that opens, so this run compares with the recorded answers of ${newest}. ${error.message}`;
    return await openRecording(newest, areas, selection, sources, [notice]);
  }
  return {
    subject: new LiveSubject(backend),
    notices: [],
    [Symbol.dispose]: () => backend[Symbol.dispose](),
  };
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
