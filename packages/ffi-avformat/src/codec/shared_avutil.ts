import { type AvutilBackend, loadAvutil } from "@mediamem/ffi-avutil";
import { MediaError } from "@mediamem/interface";
import type { AvformatLibrary } from "../library.ts";

let shared: AvutilBackend | undefined;

/**
 * Gives the libavutil whose frames a codec takes and gives: the caller's, else one for the whole process.
 *
 * Errors: `ABI_MISMATCH` for one of another release than the codecs, those of `loadAvutil()`.
 */
export function avutilFor(op: string, { abi }: AvformatLibrary, avutil?: AvutilBackend): AvutilBackend {
  const found = avutil ?? (shared ??= loadAvutil());
  if (Number.parseInt(found.library.version) === abi.avutil) return found;
  throw new MediaError(
    "ABI_MISMATCH",
    `Cannot call ${op}: avutil is ${found.library.version} of ${found.library.path}, wanted major version ${abi.avutil}, that of ${abi.name}`,
    { op },
  );
}
