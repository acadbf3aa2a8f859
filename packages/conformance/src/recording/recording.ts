import { ConformanceError } from "../conformance_error.ts";
import { ByteReader, corrupt } from "./byte_reader.ts";
import { ByteWriter } from "./byte_writer.ts";

/** One test of a recording. */
export interface RecordedTest {
  /** `area/test`. */
  readonly id: string;
  /** What `hashCases` gave when the answers were recorded. */
  readonly hash: string;
  /** How many cases it has. */
  readonly count: number;
  /** Which block has the answers of each part of the test; equal parts share one. */
  readonly blocks: readonly number[];
}

/** What stands at the start of a recording. */
export interface RecordingHeader {
  /** `avutil-57`. */
  readonly name: string;
  /** The library that answered. */
  readonly library: { readonly name: string; readonly version: string };
  /** Its major version. */
  readonly major: number;
  /** The seed of the grids. */
  readonly seed: number;
  /** The pixel formats that the library knows, with their numbers. */
  readonly formats: Readonly<Record<string, number>>;
  /** What answers look like, numbers aside: `EINVAL`, or how many numbers and which of them are texts. Blocks refer to it. */
  readonly forms: readonly string[];
  /** Every text that an answer has. */
  readonly texts: readonly string[];
  /** The tests, in their order. */
  readonly tests: readonly RecordedTest[];
}

/** The answers of one library to all cases of the default scope with one seed. */
export interface Recording {
  /** What stands at the start of the file. */
  readonly header: RecordingHeader;
  /** Blocks as bytes. */
  readonly blocks: readonly Uint8Array[];
}

/** The version of the file's format, and how a file begins once it is decompressed. */
const MAGIC = "mediamem answers 2\n";

/**
 * Writes a recording as a file: gzip around a line, the header as a line of JSON, and the blocks with their lengths.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decodeRecording, encodeRecording } from "@mediamem/conformance";
 *
 * const library = { name: "libavutil", version: "57.28.100" };
 * const header = { name: "avutil-57", library, major: 57, seed: 1, formats: {}, forms: [], texts: [], tests: [] };
 * const file = await encodeRecording({ header, blocks: [] });
 * assertEquals((await decodeRecording(file)).header, header);
 * ```
 */
export async function encodeRecording({ header, blocks }: Recording): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ByteWriter();
  writer.bytes(new TextEncoder().encode(`${MAGIC}${JSON.stringify(header)}\n`));
  writer.unsigned(blocks.length);
  for (const block of blocks) writer.unsigned(block.length);
  for (const block of blocks) writer.bytes(block);
  return await pipe(writer.finish(), new CompressionStream("gzip"));
}

/**
 * Reads a file of {@linkcode encodeRecording}. Rejects with `RECORDING_CORRUPT` for anything else.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 * import { ConformanceError, decodeRecording } from "@mediamem/conformance";
 *
 * await assertRejects(() => decodeRecording(new Uint8Array(100)), ConformanceError, "Cannot read the recording");
 * ```
 */
export async function decodeRecording(file: Uint8Array<ArrayBuffer>): Promise<Recording> {
  let bytes: Uint8Array;
  let header: RecordingHeader;
  let end: number;
  try {
    bytes = await pipe(file, new DecompressionStream("gzip"));
    const start = MAGIC.length;
    end = bytes.indexOf(10, start);
    const magic = new TextDecoder().decode(bytes.subarray(0, start));
    if (magic !== MAGIC) corrupt(`the beginning ${JSON.stringify(magic)}`);
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(start, end)));
    if (!Array.isArray(header?.tests)) corrupt("no list of tests");
  } catch (error) {
    if (error instanceof ConformanceError) throw error;
    corrupt("no gzip file, or one that is damaged", error);
  }
  const reader = new ByteReader(bytes.subarray(end + 1));
  const lengths = Array.from({ length: reader.unsigned() }, () => reader.unsigned());
  const blocks = lengths.map((length) => reader.bytes(length));
  if (!reader.atEnd) corrupt("bytes after the last block");
  return { header, blocks };
}

async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(through)).arrayBuffer());
}
