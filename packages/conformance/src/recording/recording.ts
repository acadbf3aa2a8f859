import { ConformanceError } from "../conformance_error.ts";
import type { AnswerForm, Block } from "./block.ts";
import { numbersOf, readBlock } from "./block.ts";
import { ByteReader, corrupt } from "./byte_reader.ts";
import { ByteWriter } from "./byte_writer.ts";
import type { BlockShape } from "./prediction.ts";

/** One test of a recording. */
export interface RecordedTest {
  /** `area/test`. */
  readonly id: string;
  /** What `hashCases` gave when the answers were recorded. */
  readonly hash: string;
  readonly count: number;
  /** Which block has the answers of each part of the test; equal parts share one. */
  readonly blocks: readonly number[];
}

/** What stands at the start of a recording. */
export interface RecordingHeader {
  /** `avutil-57`. */
  readonly name: string;
  readonly library: { readonly name: string; readonly version: string };
  readonly major: number;
  readonly seed: number;
  /** The pixel formats that the library knows, with their numbers. */
  readonly formats: Readonly<Record<string, number>>;
  /** The table of forms. */
  readonly forms: readonly AnswerForm[];
  /** Every text that an answer has. */
  readonly texts: readonly string[];
  readonly tests: readonly RecordedTest[];
}

/** The answers of one library to all cases of the default scope with one seed. */
export interface Recording {
  readonly header: RecordingHeader;
  /** Blocks as bytes. */
  readonly blocks: readonly Uint8Array[];
}

/** The version of the file's format, and how a file begins once it is decompressed. */
const MAGIC = "mediamem answers 1\n";

/** Writes a recording as a file: gzip around a line, the header as a line of JSON, and the blocks with their lengths. */
export async function encodeRecording({ header, blocks }: Recording): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ByteWriter();
  writer.bytes(new TextEncoder().encode(`${MAGIC}${JSON.stringify(header)}\n`));
  writer.unsigned(blocks.length);
  for (const block of blocks) writer.unsigned(block.length);
  for (const block of blocks) writer.bytes(block);
  return await pipe(writer.finish(), new CompressionStream("gzip"));
}

/** Reads a file of {@linkcode encodeRecording}. Rejects with `RECORDING_CORRUPT` for anything else. */
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

/** Reads one block of a recording. */
export function decodeBlock(recording: Recording, block: number, count: number, shape: BlockShape): Block {
  const bytes = recording.blocks[block];
  if (bytes === undefined) corrupt(`no block ${block}`);
  const reader = new ByteReader(bytes);
  const decoded = readBlock(reader, count, shape, recording.header.forms.map(numbersOf));
  if (!reader.atEnd) corrupt(`bytes after the answers of block ${block}`);
  return decoded;
}

async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(through)).arrayBuffer());
}
