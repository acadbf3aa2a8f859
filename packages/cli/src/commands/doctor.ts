import { arch, platform, release } from "node:os";
import process from "node:process";
import { type Backend, MediaError } from "@mediamem/interface";
import { BACKEND_IDS, openBackend } from "../backends.ts";
import { EXIT_CODE, type ExitCode } from "../exit_code.ts";
import { fold } from "../fold.ts";
import { missingFunctions } from "../missing_functions.ts";
import type { Terminal } from "../terminal.ts";
import { VERSION } from "../version.ts";

const COLUMN = 10;

/** What helps where a library is missing, by backend. */
const REMEDY: Readonly<Record<string, string>> = {
  avutil:
    "Install it: apt-get install libavutil-dev on Debian and Ubuntu. Or name the file: MEDIAMEM_LIBAVUTIL=/path/to/libavutil.so",
};

/** The runtime that this program runs on, by the name that it gives itself. */
function runtimeInWords(): string {
  const { versions } = process;
  if (versions.bun !== undefined) return `Bun ${versions.bun}`;
  if (versions.deno !== undefined) return `Deno ${versions.deno}`;
  return `Node.js ${versions.node}`;
}

interface Finding {
  readonly state: "ok" | "missing" | "broken";
  readonly lines: readonly string[];
}

function describe(backend: Backend): string[] {
  const { name, version, path, abi } = backend.library;
  const formats = backend.image?.pixelFormats().length;
  const lines = [`${name} ${version}${formats === undefined ? "" : `, ${formats} pixel formats`}`];
  if (path !== null) lines.push(path);
  if (abi !== null) lines.push(`ABI table ${abi}, checked against the library`);
  if (backend.image !== undefined) lines.push(...missingFunctions(backend.image));
  return lines;
}

async function examine(id: string): Promise<Finding> {
  try {
    using backend = await openBackend(id);
    return { state: "ok", lines: describe(backend) };
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    if (error.code !== "LIBRARY_MISSING") {
      return { state: "broken", lines: [`${error.message} (${error.code})`] };
    }
    return { state: "missing", lines: [error.message, ...(id in REMEDY ? [REMEDY[id]!] : [])] };
  }
}

/** Shows the runtime, and for each backend what was found; code 1 where something is broken. */
export async function doctor(terminal: Terminal): Promise<ExitCode> {
  const { write, columns, colours } = terminal.out;
  const line = (name: string, value: string): void => write(`${colours.bold(name.padEnd(COLUMN))}${value}\n`);
  line("mediamem", VERSION);
  line("runtime", runtimeInWords());
  line("platform", `${platform()} ${arch()} ${release()}`);
  let code: ExitCode = EXIT_CODE.OK;
  for (const id of BACKEND_IDS) {
    const { state, lines } = await examine(id);
    line(id, { ok: colours.green, missing: colours.yellow, broken: colours.red }[state](state));
    for (const words of lines.flatMap((text) => fold(text, Math.max(20, columns - COLUMN)))) {
      write(`${" ".repeat(COLUMN)}${words}\n`);
    }
    if (state === "broken") code = EXIT_CODE.DIFFERENT;
  }
  return code;
}
