/**
 * Reads and copies one made file with one kind of damage; run in a process of its own, which a crash ends. Prints what is left alive, and what
 * came of it, as JSON.
 */
import process from "node:process";
import { AVERROR, type ByteSource, MediaError } from "@mediamem/interface";
import { sharedAvformat } from "../../load_avformat.ts";
import { Demuxer } from "../demuxer.ts";
import { BytesSink, bytesSource, mediaBytes } from "../tested_media.ts";
import { remux } from "../tested_remux.ts";

const name = process.argv[2]!;
const format = process.argv[3]!;
const bytes = mediaBytes(name);
const { ledger } = sharedAvformat();
const outcomes: Record<string, number> = {};

function count(outcome: string): void {
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}

/** Runs a damaged copy; only a `MediaError` that comes from C may come out. */
function damaged(kind: string, source: ByteSource): void {
  try {
    remux(source, new BytesSink(), format, { input: { bufferSize: 4096 } });
    count(`${kind} whole`);
  } catch (error) {
    if (!(error instanceof MediaError) || error.averror === undefined) throw error;
    if (!error.message.includes("Cannot ")) throw error;
    count(`${kind} failed`);
  }
}

/** Runs a copy whose source throws at one read; that very object must come out. */
function throwing(at: number): void {
  const thrown = { at };
  const whole = bytesSource(bytes);
  let reads = 0;
  const source: ByteSource = {
    size: bytes.length,
    read(into, position) {
      if (++reads === at) throw thrown;
      return whole.read(into, position);
    },
  };
  try {
    remux(source, new BytesSink(), format, { input: { bufferSize: 512 } });
    if (reads >= at) throw new Error(`read ${at} threw and nobody heard`);
    count("thrown never");
  } catch (error) {
    if (error !== thrown) throw error;
    count("thrown");
  }
  if (ledger.live !== 0) throw new Error(`${ledger.live} alive after read ${at} threw`);
}

let seed = 12345;
function random(below: number): number {
  seed = Math.imul(seed, 1103515245) + 12345 & 0x7fffffff;
  return seed % below;
}

/** The kinds of damage, each a process of its own. */
const PARTS: Readonly<Record<string, () => void>> = {
  truncated(): void {
    for (let i = 0; i < 200; i++) {
      damaged("truncated", bytesSource(bytes.subarray(0, Math.floor(bytes.length * i / 200))));
    }
  },

  flipped(): void {
    for (let i = 0; i < 40; i++) {
      const flipped = bytes.slice();
      const places = 1 + random(20);
      for (let j = 0; j < places; j++) {
        // Every other copy is damaged where it matters.
        const at = random(i % 2 === 0 ? flipped.length : Math.min(2000, flipped.length));
        flipped[at]! ^= 1 << random(8);
      }
      damaged("flipped", bytesSource(flipped));
      damaged("flipped onwards", bytesSource(flipped, false));
    }
  },

  sources(): void {
    const { length } = bytes;
    for (const size of [0, 1, length - 1, length + 1, 10 * length, 2 ** 40, 2 ** 53 - 1]) {
      damaged("lying", { ...bytesSource(bytes), size });
    }
    for (const failing of [0, 1, 3, 10]) {
      let reads = 0;
      const whole = bytesSource(bytes);
      const read = (into: Uint8Array, position: number): ReturnType<ByteSource["read"]> =>
        reads++ === failing ? AVERROR.EIO : whole.read(into, position);
      damaged("failing", { size: length, read });
    }
    damaged("endless", { read: (into) => into.fill(random(256)).length });
    for (const at of [1, 2, 3, 5, 10, 40, 100]) throwing(at);
  },

  opens(): void {
    const resident: number[] = [];
    for (let i = 0; i < 300; i++) {
      using demuxer = Demuxer.open(bytesSource(bytes));
      for (let packets = 0; packets < 5; packets++) demuxer.read()?.[Symbol.dispose]();
      if (i % 30 === 29) resident.push(process.memoryUsage().rss);
    }
    outcomes.grownMegabytes = (resident.at(-1)! - resident[2]!) / 1e6;
  },
};

PARTS[process.argv[4]!]!();
console.log(JSON.stringify({ live: ledger.live, bytes: ledger.bytes, outcomes }));
