/** What of Node's `fs` and `process` both runtimes have; typed here because portable code may not import either. */
interface NodeProcess {
  readonly platform: string;
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  getBuiltinModule(name: string): unknown;
}

interface NodeFiles {
  readFileSync(path: string, encoding: "utf8"): string;
  readdirSync(path: string): string[];
  existsSync(path: string): boolean;
}

/** The process, asked for late so that importing this module is safe everywhere. */
export function nodeProcess(): NodeProcess {
  return (globalThis as unknown as { readonly process: NodeProcess }).process;
}

function files(): NodeFiles {
  return nodeProcess().getBuiltinModule("node:fs") as NodeFiles;
}

function isMissing(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Text of a file, null where there is none. */
export function readFile(path: string): string | null {
  try {
    return files().readFileSync(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Names in a folder, sorted; empty where there is none. */
export function readFolder(path: string): string[] {
  try {
    return files().readdirSync(path).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Whether a file is there. */
export function exists(path: string): boolean {
  return files().existsSync(path);
}
