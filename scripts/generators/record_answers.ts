/**
 * Records what the installed libavutil answers to every case of the conformance's default scope
 * (`packages/conformance/recorded/avutil-MAJOR.answers.gz`), so that machines without it have something to compare with.
 *
 * Run: `bun scripts/generators/record_answers.ts`, whenever the conformance says that a recording is stale, once for each major that
 * is recorded: `MEDIAMEM_LIBAVUTIL=/absolute/path` names another library than the system's.
 */
import { recordLibrary } from "@mediamem/conformance/node";

const { path, bytes, cases } = await recordLibrary();
console.log(`Recorded ${cases} cases in ${bytes} bytes: ${path}`);
