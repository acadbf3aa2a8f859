import type { ByteSink, ByteSource } from "@mediamem/interface";
import { Demuxer, type DemuxerOptions } from "./demuxer.ts";
import { Muxer, type MuxerOptions } from "./muxer.ts";

/** What tests put from one container into another: options of both sides. */
export interface RemuxOptions {
  readonly input?: DemuxerOptions;
  readonly output?: MuxerOptions;
  readonly header?: Readonly<Record<string, string>>;
}

/** Puts every packet of an input into an output, the same every time; gives how many there were. */
export function remux(
  source: ByteSource | string,
  sink: ByteSink | string,
  format: string,
  { input = {}, output = {}, header = {} }: RemuxOptions = {},
): number {
  using demuxer = Demuxer.open(source, input);
  using muxer = Muxer.open(sink, format, output);
  for (const { parameters, timeBase } of demuxer.streams) muxer.addStream(parameters, timeBase);
  muxer.writeHeader({ fflags: "bitexact", ...header });
  let packets = 0;
  for (using packet of demuxer.packets()) {
    muxer.write(packet);
    packets++;
  }
  muxer.writeTrailer();
  return packets;
}
