import { AVERROR, type AverrorCode, MediaError } from "@mediamem/interface";
import type { AvformatSymbols } from "../library.ts";

const CODES: ReadonlyMap<number, AverrorCode> = new Map(
  Object.entries(AVERROR).map(([code, value]) => [value, code as AverrorCode]),
);
const decoder = new TextDecoder();

/** What C says of an error number (`av_strerror`). */
export function errorText(symbols: Pick<AvformatSymbols, "av_strerror">, averror: number): string {
  const room = new Uint8Array(256);
  symbols.av_strerror(averror, room, room.length);
  return decoder.decode(room.subarray(0, room.indexOf(0)));
}

/**
 * Throws what a negative result of C means.
 *
 * @param what What could not be done: `open the input`.
 * @param wanted What would have done: `a file of a known format`.
 * @param cause What a callback threw before.
 * @param log The last line that the library logged.
 */
export function failMedia(
  symbols: Pick<AvformatSymbols, "av_strerror">,
  op: string,
  averror: number,
  what: string,
  wanted: string,
  cause?: unknown,
  log?: string,
): never {
  const found = `${errorText(symbols, averror)} (${averror})`;
  throw new MediaError(CODES.get(averror) ?? "UNKNOWN", `Cannot ${what}: found ${found}, wanted ${wanted}`, {
    op,
    averror,
    ...(cause === undefined ? {} : { cause }),
    ...(log === undefined ? {} : { log }),
  });
}

/** Throws the `ENOMEM` of an object that C had no memory for; else gives its address. */
export function allocated(op: string, address: number): number {
  if (address !== 0) return address;
  throw new MediaError("ENOMEM", `Cannot call ${op}: there is no memory, wanted an object`, {
    op,
    averror: AVERROR.ENOMEM,
  });
}
