import type { Runtime } from "./runtime.ts";

/** Folder names of Debian's multiarch, by `process.arch`. */
const TRIPLETS: Readonly<Record<string, string>> = {
  x64: "x86_64-linux-gnu",
  arm64: "aarch64-linux-gnu",
  arm: "arm-linux-gnueabihf",
  ia32: "i386-linux-gnu",
  riscv64: "riscv64-linux-gnu",
  ppc64: "powerpc64le-linux-gnu",
  s390x: "s390x-linux-gnu",
};

/** The folders of a variable such as `LD_LIBRARY_PATH`. Relative ones are left out: they would mean the current folder. */
function listed(value: string | undefined): string[] {
  return (value ?? "").split(":").filter((folder) => folder.startsWith("/"));
}

/** The folders that a file in the format of `/etc/ld.so.conf` names, with those of the files that it includes. */
function configured(runtime: Runtime, path: string): string[] {
  const folders: string[] = [];
  for (const line of (runtime.readFile(path) ?? "").split("\n")) {
    const entry = line.replace(/#.*/, "").trim();
    const included = /^include\s+(\/\S+)\/\*\.conf$/.exec(entry)?.[1];
    if (included !== undefined) {
      for (const name of runtime.readFolder(included)) {
        if (name.endsWith(".conf")) folders.push(...configured(runtime, `${included}/${name}`));
      }
    } else if (entry.startsWith("/")) {
      folders.push(entry.replace(/\/+$/, ""));
    }
  }
  return folders;
}

/**
 * The absolute folders that the system looks for libraries in, first to last, without repeats.
 *
 * The current folder is never among them, and neither is a relative one: a file that somebody left there would be run.
 */
export function libraryFolders(runtime: Runtime): string[] {
  if (runtime.platform === "darwin") {
    return unique([
      ...listed(runtime.environment("DYLD_LIBRARY_PATH")),
      "/opt/homebrew/lib",
      "/usr/local/lib",
      "/opt/local/lib",
      "/usr/lib",
    ]);
  }
  const triplet = TRIPLETS[runtime.architecture];
  const multiarch = triplet === undefined
    ? []
    : [`/usr/local/lib/${triplet}`, `/usr/lib/${triplet}`, `/lib/${triplet}`];
  return unique([
    ...listed(runtime.environment("LD_LIBRARY_PATH")),
    ...configured(runtime, "/etc/ld.so.conf"),
    ...multiarch,
    "/usr/local/lib",
    "/usr/lib64",
    "/lib64",
    "/usr/lib",
    "/lib",
  ]);
}

function unique(folders: string[]): string[] {
  return [...new Set(folders)];
}

/** Whether a candidate may be there. The system libraries of macOS are no files but still open. */
export function mayExist(runtime: Runtime, path: string): boolean {
  return runtime.exists(path) || (runtime.platform === "darwin" && path.startsWith("/usr/lib/"));
}

/**
 * The file names of a versioned library on a platform, in the order of `versions`.
 *
 * `("avutil", [60, 59])` is `libavutil.so.60`, `libavutil.so.59` on Linux and `libavutil.60.dylib`, … on macOS.
 */
export function fileNames(platform: string, name: string, versions: readonly (number | string)[]): string[] {
  return versions.map((version) =>
    platform === "darwin" ? `lib${name}.${version}.dylib` : `lib${name}.so.${version}`
  );
}
