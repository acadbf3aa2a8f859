import type { Reference } from "../../model.ts";

/** Tells whether the library is older than a version. False where there is no library to be old. */
export function olderThan(reference: Reference, major: number, minor: number): boolean {
  if (reference.major === null || reference.major > major) return false;
  if (reference.major < major) return true;
  return Number(reference.library.version.split(".")[1]) < minor;
}

/** Tells whether a case is about another major than that of the library. TypeScript has all of them. */
export function ofOtherMajor(reference: Reference, major: unknown): boolean {
  return reference.major !== null && reference.major !== major;
}
