import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { ByteSink, ByteSource } from "@mediamem/interface";
import { testedAvformat } from "../tested_avformat.ts";

/** What the tests make, by file name: the arguments of `ffmpeg`, after its inputs are a moving picture of an odd size and a tone. */
const RECIPES: Readonly<Record<string, readonly string[]>> = {
  "last.mp4": ["-c:v", "mpeg4", "-c:a", "aac"],
  "first.mp4": ["-c:v", "mpeg4", "-c:a", "aac", "-movflags", "faststart"],
  "fragmented.mp4": ["-c:v", "mpeg4", "-c:a", "aac", "-movflags", "frag_keyframe+empty_moov"],
  "media.mkv": ["-c:v", "ffv1", "-c:a", "pcm_s16le"],
  "media.ts": ["-c:v", "mpeg2video", "-c:a", "mp2"],
  "sound.wav": ["-vn", "-c:a", "pcm_s16le"],
};

let folder: string | undefined;

/** Why media cannot be made and looked at here; null where they can. */
export function missingMedia(): string | null {
  const { missing } = testedAvformat();
  if (missing !== null) return missing;
  return spawnSync("ffmpeg", ["-version"]).status === 0 ? null : "there is no ffmpeg command";
}

/** A path in a folder that is removed when the process ends. */
export function temporaryPath(name: string): string {
  if (folder === undefined) {
    const made = folder = mkdtempSync(join(tmpdir(), "mediamem-"));
    process.on("exit", () => rmSync(made, { recursive: true, force: true }));
  }
  return join(folder, name);
}

const made = new Map<string, Uint8Array<ArrayBuffer>>();

/** The path of a made file: two seconds of a picture of 163x99 and a tone. */
export function mediaPath(name: string): string {
  const path = temporaryPath(name);
  if (made.has(name)) return path;
  const inputs = ["-f", "lavfi", "-i", "testsrc=size=163x99:rate=25:duration=2"];
  const tone = ["-f", "lavfi", "-i", "sine=frequency=440:duration=2"];
  execFileSync("ffmpeg", ["-v", "error", "-y", ...inputs, ...tone, "-bitexact", ...RECIPES[name]!, path]);
  made.set(name, new Uint8Array(readFileSync(path)));
  return path;
}

/** The bytes of a made file. */
export function mediaBytes(name: string): Uint8Array<ArrayBuffer> {
  mediaPath(name);
  return made.get(name)!;
}

/** Names of all files that can be made. */
export const MEDIA: readonly string[] = Object.keys(RECIPES);

/** A source over bytes; `seekable` false: one that is only read onwards and whose size nobody knows. */
export function bytesSource(bytes: Uint8Array, seekable: boolean = true): ByteSource {
  const read = (into: Uint8Array, position: number): number => {
    const part = bytes.subarray(position, position + into.length);
    into.set(part);
    return part.length;
  };
  return seekable ? { size: bytes.length, read } : { read };
}

/** A sink that keeps what it is given. */
export class BytesSink implements ByteSink {
  readonly seekable: boolean;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 16);
  #size = 0;

  constructor(seekable: boolean = true) {
    this.seekable = seekable;
  }

  get size(): number {
    return this.#size;
  }

  /** What was written. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#size);
  }

  write(bytes: Uint8Array, position: number): void {
    const end = position + bytes.length;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(2 * end);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, position);
    this.#size = Math.max(this.#size, end);
  }
}
