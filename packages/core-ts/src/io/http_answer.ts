import { MediaError } from "@mediamem/interface";

/** What an answer with part of a resource says that it holds: `end` is the position behind its last byte. */
export interface HttpRange {
  readonly start: number;
  readonly end: number;
  /** Bytes of the whole; undefined where the server does not know. */
  readonly total: number | undefined;
}

/** Reads `Content-Range: bytes 0-99/1000`; null where it is missing or says something else. */
export function contentRange(headers: Headers): HttpRange | null {
  const found = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(headers.get("content-range")?.trim() ?? "");
  if (found === null) return null;
  const [start, last, total] = found.slice(1).map(Number) as [number, number, number];
  const whole = Number.isNaN(total) ? undefined : total;
  const possible = Number.isSafeInteger(last) && start <= last && (whole === undefined || last < whole);
  return possible ? { start, end: last + 1, total: whole } : null;
}

/** Whether there was nothing to be asked for. */
export function isEmpty({ status, headers }: Response): boolean {
  return status === 416 && headers.get("content-range")?.trim() === "bytes */0";
}

/** Bytes of a body; undefined where the server does not say, or says how many they are packed. */
export function contentLength(headers: Headers): number | undefined {
  const coding = headers.get("content-encoding") ?? "identity";
  const length = headers.get("content-length") ?? "";
  return coding === "identity" && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

/** An entity tag that changes with every byte; null where there is none. */
export function strongTag(headers: Headers): string | null {
  const tag = headers.get("etag");
  return tag === null || tag.startsWith("W/") ? null : tag;
}

/** The error of an answer that is of no use; its body is let go of. */
export function httpError(
  op: string,
  url: string,
  response: Response,
  found: string,
  wanted: string,
): MediaError {
  response.body?.cancel().catch(() => {});
  const missing = response.status === 404 || response.status === 410;
  return new MediaError(
    missing ? "ENOENT" : "EIO",
    `Cannot read ${url || "the response"}: the server answered ${found}, wanted ${wanted}`,
    { op },
  );
}

/** The status of an answer as it is shown. */
export function statusOf(response: Response): string {
  return `${response.status} ${response.statusText}`.trim();
}
