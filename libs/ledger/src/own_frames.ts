/** The packages whose calls say nothing to the one who looks for a leak. */
const PACKAGES = "(?:interface|core-ts|ffi-avutil|ledger|ffi|checks)";

const IN_REPOSITORY = new RegExp(`^(?:packages|libs)/${PACKAGES}/`);
const INSTALLED = new RegExp(`/@mediamem/${PACKAGES}[/@]`);
const TEST = /_test\.ts$/;

/** Where the runtimes keep their own code, or have none to show. */
const RUNTIME =
  /^(?:ext:|node:|bun:|deno:|internal:|native$|index |eval at |\[native code\]|unknown$|<anonymous>)/;

/** The repository that this file lies in, with a slash at its end; null where it is installed or bundled. */
const root = rootOf(import.meta.url);

/** Gives the repository that holds the file of this package; null where the URL is none of a repository. Exported for its test. */
export function rootOf(url: string): string | null {
  const end = url.lastIndexOf("/libs/ledger/");
  return end < 0 ? null : plainPath(decodeURI(url.slice(0, end + 1)));
}

/** Gives the path of a `file:` URL, anything else as it is: Deno's stacks have URLs and Bun's have paths. */
export function plainPath(file: string): string {
  return file.startsWith("file://") ? file.slice(7) : file;
}

/** Whether a file of a stack, as {@linkcode plainPath} gives it, is one of mediamem's own; its tests are not. */
export function isOwnFile(file: string): boolean {
  if (TEST.test(file)) return false;
  if (INSTALLED.test(file)) return true;
  return root !== null && file.startsWith(root) && IN_REPOSITORY.test(file.slice(root.length));
}

/** Whether a file of a stack belongs to the runtime. */
export function isRuntimeFile(file: string): boolean {
  return RUNTIME.test(file);
}
