import { existsSync, readFileSync } from "node:fs";
import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertStrictEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type ByteSink, MediaError } from "@mediamem/interface";
import { collectGarbage, itUnless } from "@mediamem/testing";
import { loadAvformat, sharedAvformat } from "../load_avformat.ts";
import { Demuxer } from "./demuxer.ts";
import type { IoEvent } from "./io_event.ts";
import { Muxer } from "./muxer.ts";
import { Packet } from "./packet.ts";
import {
  BytesSink,
  bytesSource,
  mediaBytes,
  mediaPath,
  missingMedia,
  temporaryPath,
} from "./tested_media.ts";
import { remux } from "./tested_remux.ts";

const it = itUnless(missingMedia());

const PAIRS: readonly (readonly [name: string, format: string])[] = [
  ["last.mp4", "mp4"],
  ["first.mp4", "matroska"],
  ["fragmented.mp4", "mov"],
  ["media.mkv", "matroska"],
  ["media.ts", "mpegts"],
  ["media.ts", "mp4"],
  ["sound.wav", "wav"],
  ["last.mp4", "avi"],
];

const FRAGMENTED = { movflags: "frag_keyframe+empty_moov" };

function live(): number {
  return sharedAvformat().ledger.live;
}

describe("Muxer", () => {
  for (const [name, format] of PAIRS) {
    it(`writes ${name} as ${format} into memory as by path`, () => {
      const before = live();
      const path = temporaryPath(`${name}.${format}`);
      const packets = remux(mediaPath(name), path, format);
      const wanted = new Uint8Array(readFileSync(path));
      assert(packets > 40 && wanted.length > 10_000, `${packets} packets, ${wanted.length} bytes`);
      for (const bufferSize of [256, 4096, 65536, 1 << 20]) {
        const sink = new BytesSink();
        assertEquals(
          remux(bytesSource(mediaBytes(name)), sink, format, {
            input: { bufferSize },
            output: { bufferSize },
          }),
          packets,
        );
        assertEquals(Buffer.compare(sink.bytes, wanted), 0, `${bufferSize}: ${sink.size}, ${wanted.length}`);
      }
      assertEquals(live(), before);
    });
  }

  it("writes fragments into what cannot seek, and says so where it has to", () => {
    const sink = new BytesSink(false);
    const source = bytesSource(mediaBytes("last.mp4"));
    const error = assertThrows(() => remux(source, sink, "mp4"), MediaError, "movflags");
    assertEquals([error.code, sink.size], ["EINVAL", 0]);
    const packets = remux(source, sink, "mp4", { header: FRAGMENTED });
    using demuxer = Demuxer.open(bytesSource(sink.bytes));
    assertEquals([...demuxer.packets()].map((packet) => packet[Symbol.dispose]()).length, packets);
  });

  it("leaves packets as they are", () => {
    using demuxer = Demuxer.open(bytesSource(mediaBytes("last.mp4")));
    using muxer = Muxer.open(new BytesSink(), "matroska");
    for (const { parameters, timeBase } of demuxer.streams) muxer.addStream(parameters, timeBase);
    muxer.writeHeader();
    using packet = demuxer.read()!;
    const { data, pts } = packet;
    const copy = packet.copy();
    muxer.write(packet);
    muxer.write(packet.ref(), 1 - packet.streamIndex);
    assertEquals([packet.pts, [...data]], [pts, [...copy]]);
  });

  it("counts the times of a packet in its own time base, or in that of the stream", () => {
    using sample = Demuxer.open(bytesSource(mediaBytes("sound.wav")));
    const sink = new BytesSink();
    {
      using muxer = Muxer.open(sink, "matroska", { metadata: { title: "two tones" } });
      const [stream] = sample.streams;
      const index = muxer.addStream(stream!.parameters, [1, 10], {
        metadata: { language: "deu" },
        disposition: ["forced"],
      });
      muxer.writeHeader();
      const bytes = new Uint8Array(8820);
      using first = Packet.from(bytes, { pts: 1, dts: 1, duration: 1, streamIndex: index });
      using second = Packet.from(bytes, { pts: 250, dts: 250, duration: 100, timeBase: [1, 1000] });
      muxer.write(first);
      muxer.write(second);
      muxer.writeTrailer();
    }
    using demuxer = Demuxer.open(bytesSource(sink.bytes));
    const [stream] = demuxer.streams;
    assertEquals([demuxer.metadata.title, stream!.metadata.language], ["two tones", "deu"]);
    assert(stream!.disposition.includes("forced"));
    const times: (number | null)[] = [];
    for (using packet of demuxer.packets()) {
      times.push(packet.pts! * stream!.timeBase[0] / stream!.timeBase[1]);
    }
    assertEquals(times, [0.1, 0.25]);
  });

  it("takes its calls in one order only", () => {
    using demuxer = Demuxer.open(bytesSource(mediaBytes("sound.wav")));
    const { parameters, timeBase } = demuxer.streams[0]!;
    using packet = demuxer.read()!;
    using muxer = Muxer.open(new BytesSink(), "wav");
    const code = (call: () => unknown): string => assertThrows(call, MediaError).code;
    assertEquals(code(() => muxer.write(packet)), "EINVAL");
    assertEquals(code(() => muxer.writeTrailer()), "EINVAL");
    muxer.addStream(parameters, timeBase);
    muxer.writeHeader();
    assertEquals(code(() => muxer.writeHeader()), "EINVAL");
    assertEquals(code(() => muxer.addStream(parameters, timeBase)), "EINVAL");
    assertEquals(code(() => muxer.write(packet, 1)), "EINVAL");
    muxer.write(packet);
    muxer.writeTrailer();
    assertEquals(code(() => muxer.writeTrailer()), "EINVAL");
    assertEquals(code(() => muxer.write(packet)), "EINVAL");
    muxer.close();
    assertEquals(code(() => muxer.writeTrailer()), "USE_AFTER_FREE");
  });

  it("refuses what it cannot take", () => {
    const code = (call: () => unknown): string => assertThrows(call, MediaError).code;
    assertEquals(code(() => Muxer.open(new BytesSink(), "nonsense")), "EINVAL");
    assertEquals(code(() => Muxer.open(new BytesSink(), null)), "EINVAL");
    assertEquals(code(() => Muxer.open("/no/such/folder/x.mp4", null)), "ENOENT");
    assertThrows(() => Muxer.open({} as ByteSink, "mp4"), TypeError);
    using empty = Muxer.open(new BytesSink(), "mp4");
    assertEquals(code(() => empty.writeHeader()), "EINVAL");
    using demuxer = Demuxer.open(bytesSource(mediaBytes("sound.wav")));
    const { parameters, timeBase } = demuxer.streams[0]!;
    using muxer = Muxer.open(new BytesSink(), "wav");
    assertThrows(() => muxer.addStream(parameters, [1] as unknown as [number, number]), TypeError);
    muxer.addStream(parameters, timeBase);
    const error = assertThrows(() => muxer.writeHeader({ movflag: "faststart" }), MediaError);
    assertEquals(error.code, "EINVAL");
    assertStringIncludes(error.message, "movflag");
  });

  it("throws what the sink throws, whatever was running, and can be closed", () => {
    const before = live();
    const seen = new Set<string>();
    for (let failing = 1; failing < 60; failing++) {
      const thrown = new RangeError(`write ${failing}`);
      let writes = 0;
      const sink: ByteSink = {
        write() {
          if (++writes === failing) throw thrown;
        },
      };
      let call = "";
      const onIo = (event: { readonly call: string }): string => call = event.call;
      const header = { ...FRAGMENTED, flush_packets: "1" };
      const run = (): unknown =>
        remux(bytesSource(mediaBytes("last.mp4")), sink, "mp4", {
          header,
          output: { onIo, bufferSize: 512 },
        });
      assertStrictEquals(assertThrows(run, RangeError), thrown);
      assertEquals(writes, failing);
      seen.add(call);
    }
    assertEquals(live(), before);
    assert(seen.has("av_interleaved_write_frame"), [...seen].join());
  });

  it("throws what the sink throws while the trailer is written", () => {
    using demuxer = Demuxer.open(bytesSource(mediaBytes("last.mp4")));
    const thrown = { not: "an error" };
    let armed = false;
    const kept = new BytesSink();
    const sink: ByteSink = {
      seekable: true,
      size: 0,
      write(bytes, position) {
        if (armed) throw thrown;
        kept.write(bytes, position);
      },
    };
    using muxer = Muxer.open(sink, "mp4");
    for (const { parameters, timeBase } of demuxer.streams) muxer.addStream(parameters, timeBase);
    muxer.writeHeader();
    for (using packet of demuxer.packets()) muxer.write(packet);
    armed = true;
    let found: unknown;
    try {
      muxer.writeTrailer();
    } catch (error) {
      found = error;
    }
    assertStrictEquals(found, thrown);
  });

  itUnless(missingMedia() ?? (existsSync("/dev/full") ? null : "there is no /dev/full"))(
    "says once that a URL takes no more",
    () => {
      const before = live();
      const error = assertThrows(() => remux(mediaPath("media.mkv"), "/dev/full", "matroska"), MediaError);
      assertEquals(error.averror, -28);
      using demuxer = Demuxer.open(mediaPath("sound.wav"));
      const muxer = Muxer.open("/dev/full", "wav");
      const { parameters, timeBase } = demuxer.streams[0]!;
      muxer.addStream(parameters, timeBase);
      muxer.writeHeader();
      const late = assertThrows(() => muxer.close(), MediaError);
      assertEquals([late.averror, late.op], [-28, "avio_closep"]);
      muxer.close();
      demuxer.close();
      assertEquals(live(), before);
    },
  );

  it("keeps to its own backend, which may be disposed before it", () => {
    const source = bytesSource(mediaBytes("last.mp4"));
    const avformat = loadAvformat();
    const demuxer = Demuxer.open(source, { avformat });
    using muxer = Muxer.open(new BytesSink(), "mp4", { avformat });
    using other = Muxer.open(new BytesSink(), "mp4");
    const [stream] = demuxer.streams;
    const foreign = (): unknown => other.addStream(stream!.parameters, stream!.timeBase);
    assertEquals(assertThrows(foreign, MediaError).code, "WRONG_OWNER");
    const packet = demuxer.read()!;
    avformat[Symbol.dispose]();
    for (const call of [() => demuxer.read(), () => muxer.writeHeader()]) {
      assertEquals(assertThrows(call, MediaError).code, "USE_AFTER_FREE");
    }
    assert(packet.data.length > 0);
    for (const each of [packet, demuxer, muxer]) each[Symbol.dispose]();
    assertEquals([avformat.ledger.live, avformat.ledger.bytes], [0, 0]);
  });

  it("tells which call made which callback", () => {
    const made = new Set<string>();
    const onIo = ({ call, callback }: IoEvent): unknown => made.add(`${call} ${callback}`);
    remux(bytesSource(mediaBytes("last.mp4")), new BytesSink(), "mp4", {
      output: { onIo, bufferSize: 4096 },
    });
    assertEquals([...made].sort(), [
      "av_interleaved_write_frame write",
      "av_write_trailer seek",
      "av_write_trailer write",
      "avformat_write_header write",
    ]);
  });

  it("is closed where it was forgotten", async () => {
    const before = live();
    (() => {
      for (let i = 0; i < 10; i++) Muxer.open(new BytesSink(), "mp4");
    })();
    const opened = live() - before;
    await collectGarbage(() => live() - before <= opened / 2);
    assert(opened === 30 && live() - before <= opened / 2, `${opened} opened, ${live() - before} left`);
  });
});
