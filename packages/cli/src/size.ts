import { UsageError } from "./command_error.ts";

const LARGEST = 2147483647;

/** Reads `1920x1080`. Throws a `UsageError` for anything but two integers that a C `int` holds. */
export function parseSize(text: string): { width: number; height: number } {
  const match = /^(\d{1,10})[xX×](\d{1,10})$/.exec(text);
  if (match === null) {
    throw new UsageError(
      `Cannot lay out a picture: size is "${text}", wanted WIDTHxHEIGHT in pixels`,
      "For example: 1920x1080",
    );
  }
  const [width, height] = [Number(match[1]), Number(match[2])];
  for (const [name, value] of [["width", width], ["height", height]] as const) {
    if (value < 1 || value > LARGEST) {
      throw new UsageError(`Cannot lay out a picture: ${name} is ${value}, wanted 1 to ${LARGEST}`);
    }
  }
  return { width, height };
}
