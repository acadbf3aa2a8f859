/**
 * Decodes damaged packets of one made file; run in a process of its own, which a crash ends. Prints what is left alive, and what came of it, as
 * JSON.
 */
import process from "node:process";
import { MediaError } from "@mediamem/interface";
import { loadAvformat } from "../../load_avformat.ts";
import { Demuxer } from "../../media/demuxer.ts";
import { Packet } from "../../media/packet.ts";
import { Decoder } from "../decoder.ts";
import { hashOf, interleaved, makeAudio, makeVideo, testedAvutil } from "../tested_codecs.ts";

const [encoder, ending, threads] = process.argv.slice(2) as [string, string, string];
const audio = encoder === "aac" || encoder === "flac";
const path = audio
  ? makeAudio(`damage.${ending}`, ["-c:a", encoder])
  : makeVideo(`damage.${ending}`, "163x99", 10, ["-c:v", encoder, "-g", "5"]);

using avformat = loadAvformat({ captureLog: true });
const avutil = testedAvutil();
let seed = 4711;
let frames = 0;
let failures = 0;
let logged = 0;

function random(below: number): number {
  seed = Math.imul(seed, 1103515245) + 12345 & 0x7fffffff;
  return seed % below;
}

function open(demuxer: Demuxer): (packet: Packet | null) => void {
  const { parameters } = demuxer.streams[0]!;
  if (audio) {
    const decoder = Decoder.openAudio(parameters, { threads: Number(threads) });
    open.close = () => decoder[Symbol.dispose]();
    return (packet) => {
      for (using frame of decoder.decode(packet)) frames += Math.sign(interleaved(frame).length);
    };
  }
  const decoder = Decoder.open(parameters, { avutil, threads: Number(threads) });
  open.close = () => decoder[Symbol.dispose]();
  return (packet) => {
    for (using frame of decoder.decode(packet)) frames += hashOf(frame).length / 32;
  };
}
open.close = (): void => {};

function attempt(decode: (packet: Packet | null) => void, packet: Packet | null): void {
  try {
    decode(packet);
  } catch (error) {
    if (!(error instanceof MediaError) || error.averror === undefined) throw error;
    failures++;
    if (error.log !== undefined) logged++;
  }
}

for (let round = 0; round < 40; round++) {
  using demuxer = Demuxer.open(path, { avformat });
  const decode = open(demuxer);
  for (const whole of demuxer.packets()) {
    using _whole = whole;
    const bytes = whole.copy();
    for (let i = 0; i < round % 8; i++) bytes[random(bytes.length)] = random(256);
    const part = round % 2 === 0 ? bytes : bytes.subarray(0, 1 + random(bytes.length));
    using packet = Packet.from(part, { avformat, pts: whole.pts, dts: whole.dts, keyframe: whole.keyframe });
    attempt(decode, packet);
  }
  if (round % 3 !== 0) attempt(decode, null);
  open.close();
}
const alive = [avformat.ledger.live, avformat.ledger.bytes, avutil.ledger.live, avutil.ledger.bytes];
console.log(JSON.stringify({ alive, frames, failures, logged }));
