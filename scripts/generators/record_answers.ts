/**
 * Records what the installed libraries answer to every case of the conformance's default scope
 * (`packages/conformance/recorded/avutil-MAJOR.answers.gz`, `avformat-MAJOR.answers.gz`), so that machines without them have something to
 * compare with.
 *
 * Run: `bun scripts/generators/record_answers.ts [LIBRARY]`, whenever the conformance says that a recording is stale, once for each major
 * that is recorded: `MEDIAMEM_LIBAVUTIL=/absolute/path` and `MEDIAMEM_LIBAVFORMAT` name other libraries than the system's. Without
 * a LIBRARY it records both.
 */
import process from "node:process";
import { LIBRARIES, recordLibrary } from "@mediamem/conformance/node";

const [named] = process.argv.slice(2);
const wanted = LIBRARIES.filter((library) => named === undefined || library === named);
if (wanted.length === 0) throw new Error(`Cannot record ${named}: wanted ${LIBRARIES.join(" or ")}`);
for (const library of wanted) {
  const { path, bytes, cases } = await recordLibrary(library);
  console.log(`Recorded ${cases} cases in ${bytes} bytes: ${path}`);
}
