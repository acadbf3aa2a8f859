import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { libraryOf } from "../library.ts";
import { loadAvformat } from "../load_avformat.ts";
import { Demuxer } from "./demuxer.ts";
import { Muxer } from "./muxer.ts";
import { BytesSink, bytesSource, mediaBytes, missingMedia } from "./tested_media.ts";

const it = itUnless(missingMedia());

/** A file whose index is cut off: libavformat says what it misses. */
function cut(): Uint8Array {
  return mediaBytes("last.mp4").subarray(0, 20_000);
}

function openCut(captureLog: boolean): MediaError {
  using avformat = loadAvformat({ captureLog });
  return assertThrows(() => Demuxer.open(bytesSource(cut()), { avformat }), MediaError);
}

describe("the last line that was logged", () => {
  it("is carried by errors where the program wants it", () => {
    const { log } = openCut(true);
    assert(log !== undefined && /moov atom not found/.test(log) && !/0x/.test(log), log);
    assertEquals(openCut(false).log, undefined);
  });

  it("is of the call that failed, for muxers too", () => {
    using avformat = loadAvformat({ captureLog: true });
    using demuxer = Demuxer.open(bytesSource(mediaBytes("last.mp4")), { avformat });
    using muxer = Muxer.open(new BytesSink(false), "mp4", { avformat });
    for (const { parameters, timeBase } of demuxer.streams) muxer.addStream(parameters, timeBase);
    const { log } = assertThrows(() => muxer.writeHeader(), MediaError);
    assert(log !== undefined && /seekable/.test(log), log);
  });

  it("is not listened for while decoders have threads, and inside calls is heard by the outermost", () => {
    using avformat = loadAvformat({ captureLog: true });
    const { log } = libraryOf("test", avformat);
    const open = (): MediaError =>
      assertThrows(() => Demuxer.open(bytesSource(cut()), { avformat }), MediaError);
    log.threadsBegin();
    assertEquals(open().log, undefined);
    log.threadsEnd();
    let inner: MediaError | undefined;
    const whole = bytesSource(mediaBytes("last.mp4"));
    using outer = Demuxer.open({
      size: whole.size!,
      read(into, position) {
        inner ??= open();
        return whole.read(into, position);
      },
    }, { avformat });
    assert(outer.streams.length === 2 && inner?.log !== undefined);
    assert(open().log !== undefined);
  });

  it("is an option that is true or false", () => {
    assertThrows(() => loadAvformat({ captureLog: 1 as unknown as boolean }), TypeError);
  });
});
