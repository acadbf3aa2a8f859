import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConformanceError, usage } from "../conformance_error.ts";
import { decodeRecording, encodeRecording, type Recording } from "../recording/recording.ts";

/** Where the package keeps its recordings. */
export const RECORDED_FOLDER: string = fileURLToPath(new URL("../../recorded/", import.meta.url));

const SUFFIX = ".answers.gz";

/** The names of all recordings, those of the newest libraries first: `avutil-57`. */
export function recordingNames(folder: string = RECORDED_FOLDER): readonly string[] {
  let files: string[];
  try {
    files = readdirSync(folder);
  } catch {
    return [];
  }
  const major = (name: string): number => Number(name.slice(name.lastIndexOf("-") + 1));
  return files.filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort((a, b) => major(b) - major(a));
}

/** Reads a recording. Rejects with `USAGE` for a name that is none, and with `RECORDING_CORRUPT` for a file that is damaged. */
export async function readRecording(name: string, folder: string = RECORDED_FOLDER): Promise<Recording> {
  const names = recordingNames(folder);
  if (!names.includes(name)) {
    usage(
      `Cannot compare with recorded:${name}: found no such recording, wanted ${
        names.join(", ") || "one, and there is none"
      }`,
    );
  }
  try {
    return await decodeRecording(new Uint8Array(readFileSync(join(folder, `${name}${SUFFIX}`))));
  } catch (error) {
    if (!(error instanceof ConformanceError)) throw error;
    throw new ConformanceError(error.code, `${error.message} (${join(folder, `${name}${SUFFIX}`)})`, error);
  }
}

/** Writes a recording, and gives the path of the file and its length. */
export async function writeRecording(
  recording: Recording,
  folder: string = RECORDED_FOLDER,
): Promise<{ readonly path: string; readonly bytes: number }> {
  const file = await encodeRecording(recording);
  const path = join(folder, `${recording.header.name}${SUFFIX}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, file);
  return { path, bytes: file.length };
}
