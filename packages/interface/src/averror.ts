import type { ErrorCode } from "./errors.ts";

/** `AVERROR(x)` as the number that FFmpeg returns on Linux, by code. */
export const AVERROR: Readonly<Record<AverrorCode, number>> = {
  ENOENT: -2,
  EIO: -5,
  EAGAIN: -11,
  ENOMEM: -12,
  EINVAL: -22,
  EPIPE: -32,
  ERANGE: -34,
  ENOSYS: -38,
  EOF: -541478725,
  EXTERNAL: -542398533,
  UNKNOWN: -1313558101,
};

/** The codes that FFmpeg itself returns. */
export type AverrorCode = Extract<
  ErrorCode,
  | "ENOENT"
  | "EIO"
  | "EAGAIN"
  | "ENOMEM"
  | "EINVAL"
  | "EPIPE"
  | "ERANGE"
  | "ENOSYS"
  | "EOF"
  | "EXTERNAL"
  | "UNKNOWN"
>;
