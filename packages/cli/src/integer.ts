import { UsageError } from "./command_error.ts";

/** Reads the value of a flag that is an integer. Throws a `UsageError` for anything else. */
export function parseInteger(flag: string, text: string, least: number, most: number): number {
  const value = /^[+-]?\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`Cannot use ${flag}: it is "${text}", wanted an integer from ${least} to ${most}`);
}

/** Reads the value of such a flag where it was given. */
export function optionalInteger(
  flag: string,
  text: string | undefined,
  least: number,
  most: number,
  otherwise: number,
): number {
  return text === undefined ? otherwise : parseInteger(flag, text, least, most);
}
