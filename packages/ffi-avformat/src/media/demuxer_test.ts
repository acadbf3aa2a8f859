import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertStrictEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type ByteSource, MediaError } from "@mediamem/interface";
import { collectGarbage, itUnless } from "@mediamem/testing";
import { sharedAvformat } from "../load_avformat.ts";
import { Demuxer } from "./demuxer.ts";
import type { IoEvent } from "./io_event.ts";
import type { Packet } from "./packet.ts";
import { bytesSource, MEDIA, mediaBytes, mediaPath, missingMedia } from "./tested_media.ts";

const it = itUnless(missingMedia());

/** What a packet is, and all of its bytes. */
function fingerprint(packet: Packet): string {
  let sum = 0;
  for (const byte of packet.data) sum = (Math.imul(sum, 31) + byte) | 0;
  const { streamIndex, pts, dts, duration, size, position, flags } = packet;
  return [streamIndex, pts, dts, duration, size, position, flags, sum].join(" ");
}

function fingerprints(demuxer: Demuxer): string[] {
  const found: string[] = [];
  for (using packet of demuxer.packets()) found.push(fingerprint(packet));
  return found;
}

function live(): number {
  return sharedAvformat().ledger.live;
}

describe("Demuxer", () => {
  it("tells what is in a file", () => {
    using demuxer = Demuxer.open(bytesSource(mediaBytes("last.mp4")));
    assertStringIncludes(demuxer.format, "mp4");
    assertEquals([demuxer.duration, demuxer.startTime], [2_000_000, 0]);
    assertEquals(demuxer.metadata.major_brand, "isom");
    const [video, audio] = demuxer.streams;
    assertEquals([video!.index, video!.type, video!.codec, video!.pixelFormat], [
      0,
      "video",
      "mpeg4",
      "yuv420p",
    ]);
    assertEquals([video!.width, video!.height, video!.sampleRate], [163, 99, 0]);
    assertEquals([video!.timeBase, video!.averageFrameRate, video!.frames], [[1, 12800], [25, 1], 50]);
    assertEquals([video!.startTime, video!.duration], [0, 25600]);
    assertEquals([audio!.type, audio!.codec, audio!.sampleFormat], ["audio", "aac", "fltp"]);
    assertEquals([audio!.sampleRate, audio!.channels, audio!.width], [44100, 1, 0]);
    assertEquals(audio!.timeBase, [1, 44100]);
    assertEquals(audio!.disposition, ["default"]);
    assertEquals(audio!.metadata.handler_name, "SoundHandler");
    assert(audio!.extradata.length >= 2);
    assertEquals(audio!.parameters.extradata, audio!.extradata);
  });

  for (const name of MEDIA) {
    it(`gives the same packets of ${name} over memory as by path`, () => {
      using byPath = Demuxer.open(mediaPath(name));
      const wanted = fingerprints(byPath);
      assert(wanted.length > 40, `${wanted.length} packets`);
      for (const bufferSize of [64, 777, 4096, 65536, 1 << 20]) {
        using demuxer = Demuxer.open(bytesSource(mediaBytes(name)), { bufferSize });
        assertEquals(fingerprints(demuxer), wanted, `${bufferSize}`);
        assertEquals(demuxer.read(), null);
      }
    });
  }

  it("reads onwards what cannot seek", () => {
    for (const name of ["first.mp4", "fragmented.mp4", "media.mkv", "media.ts", "sound.wav"]) {
      using seekable = Demuxer.open(bytesSource(mediaBytes(name)));
      using demuxer = Demuxer.open(bytesSource(mediaBytes(name), false));
      assertEquals(fingerprints(demuxer).length, fingerprints(seekable).length, name);
    }
  });

  it("takes sources that give little at a time, and null for the end", () => {
    const bytes = mediaBytes("media.ts");
    const source: ByteSource = {
      size: bytes.length,
      read(into, position) {
        const part = bytes.subarray(position, position + Math.min(into.length, 1 + position % 333));
        into.set(part);
        return part.length === 0 ? null : part.length;
      },
    };
    using demuxer = Demuxer.open(source);
    using wanted = Demuxer.open(bytesSource(bytes));
    assertEquals(fingerprints(demuxer), fingerprints(wanted));
  });

  it("moves", () => {
    using sound = Demuxer.open(bytesSource(mediaBytes("sound.wav")));
    const all = fingerprints(sound);
    sound.seek(0);
    assertEquals(fingerprints(sound), all);
    using demuxer = Demuxer.open(bytesSource(mediaBytes("last.mp4")));
    demuxer.seek(12800, { streamIndex: 0 });
    for (using packet of demuxer.packets()) {
      if (packet.streamIndex !== 0) continue;
      assert(packet.keyframe && packet.pts! <= 12800, `${packet.pts}`);
      break;
    }
    assertEquals(assertThrows(() => demuxer.seek(0, { streamIndex: 2 }), MediaError).code, "EINVAL");
    assertThrows(() => demuxer.seek(0.5), TypeError);
  });

  it("refuses what it cannot take", () => {
    const source = bytesSource(mediaBytes("sound.wav"));
    const code = (open: () => unknown): string => assertThrows(open, MediaError).code;
    assertEquals(code(() => Demuxer.open(source, { format: "nonsense" })), "EINVAL");
    assertEquals(code(() => Demuxer.open(source, { bufferSize: 0 })), "EINVAL");
    const error = assertThrows(() => Demuxer.open(source, { options: { probsize: "32" } }), MediaError);
    assertEquals([error.code, error.op], ["EINVAL", "avformat_open_input"]);
    assertStringIncludes(error.message, "probsize");
    assertEquals(code(() => Demuxer.open("/no/such/file.mp4")), "ENOENT");
    assertThrows(() => Demuxer.open(7 as unknown as string), TypeError);
    assertThrows(() => Demuxer.open({} as ByteSource), TypeError);
    assertThrows(() => Demuxer.open(source, { options: { probesize: 32 as unknown as string } }), TypeError);
    const promise = assertThrows(() => Demuxer.open({ read: () => Promise.resolve(0) }), MediaError);
    assertEquals(promise.code, "EINVAL");
    assertStringIncludes(promise.message, "promise");
    assertEquals(code(() => Demuxer.open({ read: (into) => into.length + 1 })), "CALLBACK");
  });

  it("calls what is no media by its error", () => {
    const garbage = new Uint8Array(5000).map((_, i) => i * 7919 >> 3);
    for (const bytes of [new Uint8Array(0), new Uint8Array(1), new Uint8Array(3000), garbage]) {
      const error = assertThrows(() => Demuxer.open(bytesSource(bytes)), MediaError);
      assert(error.averror! < 0, error.message);
      assertStringIncludes(error.message, "Cannot open the source");
    }
  });

  it("takes options, and a format by name", () => {
    using demuxer = Demuxer.open(bytesSource(mediaBytes("sound.wav")), {
      format: "s16le",
      options: { sample_rate: "8000" },
    });
    assertEquals([demuxer.format, demuxer.streams[0]!.sampleRate], ["s16le", 8000]);
  });

  it("does not let media over memory open files", () => {
    const list = new TextEncoder().encode(`ffconcat version 1.0\nfile ${mediaPath("last.mp4")}\n`);
    const options = { safe: "0" };
    assertThrows(() => Demuxer.open(bytesSource(list), { options }), MediaError);
    using demuxer = Demuxer.open(bytesSource(list), { options: { ...options, protocol_whitelist: "file" } });
    assertEquals(demuxer.streams.length, 2);
  });

  it("tells which call made which callback", () => {
    const events: IoEvent[] = [];
    {
      using demuxer = Demuxer.open(bytesSource(mediaBytes("last.mp4")), {
        bufferSize: 4096,
        onIo: (event) => events.push(event),
      });
      for (using _ of demuxer.packets());
    }
    const { length } = mediaBytes("last.mp4");
    assertEquals(events[0], {
      call: "avformat_open_input",
      callback: "read",
      position: 0,
      bytes: 4096,
      result: 4096,
    });
    assert(events.some(({ call, callback }) => call === "avformat_open_input" && callback === "seek"));
    assert(events.some(({ call, callback }) => call === "av_read_frame" && callback === "read"));
    const sum = (total: number, { callback, result }: IoEvent): number =>
      callback === "read" && result! > 0 ? total + result! : total;
    assert(events.reduce(sum, 0) >= length);
  });

  it("refuses calls from its own source, and can be closed afterwards", () => {
    const bytes = bytesSource(mediaBytes("last.mp4"));
    const codes: string[] = [];
    let demuxer: Demuxer | undefined;
    const source: ByteSource = {
      size: bytes.size!,
      read(into, position) {
        for (const call of [() => demuxer?.read(), () => demuxer?.close(), () => demuxer?.seek(0)]) {
          if (demuxer !== undefined) codes.push(assertThrows(call, MediaError).code);
        }
        return bytes.read(into, position);
      },
    };
    using opened = demuxer = Demuxer.open(source, { bufferSize: 4096 });
    for (using _ of opened.packets());
    assertEquals([...new Set(codes)], ["LOCKED"]);
  });

  it("ends where it is told to", () => {
    const controller = new AbortController();
    const reason = new RangeError("enough");
    using demuxer = Demuxer.open(bytesSource(mediaBytes("media.mkv")), { signal: controller.signal });
    demuxer.read()![Symbol.dispose]();
    controller.abort(reason);
    assertStrictEquals(assertThrows(() => demuxer.read(), RangeError), reason);
    const open = (): unknown =>
      Demuxer.open(bytesSource(mediaBytes("media.mkv")), { signal: controller.signal });
    assertStrictEquals(assertThrows(open, RangeError), reason);
    const late = new AbortController();
    let reads = 0;
    const source = bytesSource(mediaBytes("media.mkv"));
    const aborting: ByteSource = {
      size: source.size!,
      read(into, position) {
        if (++reads === 2) late.abort(reason);
        return source.read(into, position);
      },
    };
    const slow = (): unknown => Demuxer.open(aborting, { signal: late.signal, bufferSize: 512 });
    assertStrictEquals(assertThrows(slow, RangeError), reason);
    assertEquals(reads, 2);
  });

  it("throws what the source throws, asks it no more in that call, and can be closed", () => {
    const before = live();
    const calls = new Set<string>();
    for (const name of MEDIA) {
      const whole = bytesSource(mediaBytes(name));
      for (let at = 1; at <= 40; at++) {
        const thrown = Symbol("thrown");
        let reads = 0;
        let call = "";
        const source: ByteSource = {
          size: whole.size!,
          read(into, position) {
            if (++reads === at) throw thrown;
            return whole.read(into, position);
          },
        };
        let found: unknown;
        try {
          using demuxer = Demuxer.open(source, { bufferSize: 600, onIo: (event) => call = event.call });
          for (using _ of demuxer.packets());
        } catch (error) {
          found = error;
        }
        assertStrictEquals(found, thrown, `${name}, read ${at}`);
        assertEquals(reads, at, name);
        calls.add(call);
      }
    }
    assertEquals(live(), before);
    assertEquals([...calls].sort(), ["av_read_frame", "avformat_find_stream_info", "avformat_open_input"]);
  });

  it("gives everything back, once", () => {
    const before = live();
    const demuxer = Demuxer.open(bytesSource(mediaBytes("last.mp4")));
    const packet = demuxer.read()!;
    const parameters = demuxer.streams[0]!.parameters;
    using own = parameters.clone();
    assert(live() > before);
    demuxer.close();
    demuxer.close();
    for (
      const use of [() => demuxer.read(), () => demuxer.streams, () => demuxer.format, () => parameters.width]
    ) {
      assertEquals(assertThrows(use, MediaError).code, "USE_AFTER_FREE");
    }
    // What is the caller's lives on.
    assert(packet.data.length > 0);
    assertEquals(own.width, 163);
    own[Symbol.dispose]();
    packet[Symbol.dispose]();
    assertEquals(live(), before);
  });

  it("is closed where it was forgotten", async () => {
    const before = live();
    (() => {
      for (let i = 0; i < 10; i++) Demuxer.open(bytesSource(mediaBytes("sound.wav")));
    })();
    const opened = live() - before;
    await collectGarbage(() => live() - before <= opened / 2);
    assert(opened >= 20 && live() - before <= opened / 2, `${opened} opened, ${live() - before} left`);
  });
});
