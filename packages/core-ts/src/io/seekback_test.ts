import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { AVERROR, MediaError } from "@mediamem/interface";
import { allocContext, type AsyncIoContext, bytesSource, openSink, openSource } from "@mediamem/core-ts/io";

/** A context that cannot seek over 0, 1, 2, …; it writes down how much it is asked for. */
function once(bufferSize: number, asked: number[] = [], length = 1_000_000): AsyncIoContext {
  let next = 0;
  return allocContext({
    bufferSize,
    read: (bytes) => {
      asked.push(bytes.length);
      const count = Math.min(bytes.length, length - next);
      for (let i = 0; i < count; i++) bytes[i] = next++;
      return count > 0 ? count : AVERROR.EOF;
    },
  });
}

function shape(io: AsyncIoContext): [size: number, ptr: number, end: number, pos: number] {
  return [io.bufferSize, io.bufPtr, io.bufEnd, io.pos];
}

describe("ensureSeekback()", () => {
  it("makes room for the bytes and one refill less a byte, and keeps what is not read yet", () => {
    using io = once(1001);
    io.skip(1);
    io.r8();
    assertEquals(shape(io), [1001, 2, 1001, 1001]);
    io.ensureSeekback(5000);
    assertEquals(shape(io), [5000 + 32767, 0, 999, 1001]);
    const into = new Uint8Array(5000);
    assertEquals([io.read(into), into[0], into[4999]], [5000, 2, 5001 & 255]);
    assertEquals([io.seek(2), io.r8(), io.tell()], [2, 2, 3]);
  });

  it("asks for as much as before; a later refill brings the size back", () => {
    const asked: number[] = [];
    using io = once(1001, asked);
    io.ensureSeekback(2000);
    io.skip(2000);
    assertEquals([asked, io.bufferSize], [[1001, 1001], 2000 + 32767]);
    // No room for another refill: from the start again, in a buffer as it was.
    io.skip(3);
    assertEquals([asked, ...shape(io)], [[1001, 1001, 1001], 1001, 1, 1001, 3003]);
  });

  it("moves what is there where that is enough", () => {
    using io = once(100_000);
    io.skip(60_000);
    io.ensureSeekback(50_000);
    assertEquals(shape(io), [100_000, 0, 40_000, 100_000]);
    assertEquals([io.r8(), io.tell()], [60_000 & 255, 60_001]);
  });

  it("does nothing where there is room, where all has come, and where the context seeks or has nothing to ask", () => {
    using roomy = once(100_000);
    roomy.ensureSeekback(50_000);
    using there = once(1000);
    there.r8();
    there.ensureSeekback(999);
    there.ensureSeekback(-5);
    using seeks = openSource(bytesSource(new Uint8Array(5000)), { bufferSize: 1000 });
    seeks.ensureSeekback(2000);
    using memory = allocContext({ buffer: new Uint8Array(1000) });
    memory.ensureSeekback(2000);
    assertEquals([roomy, there, seeks, memory].map((io) => io.bufferSize), [100_000, 1000, 1000, 1000]);
  });

  it("reckons with refills of maxPacketSize", () => {
    using io = once(1001);
    io.maxPacketSize = 188;
    io.ensureSeekback(2000);
    assertEquals(io.bufferSize, 2187);
  });

  it("refuses more than an int holds, and what cannot be gone back in", () => {
    using io = once(1000);
    const { code, op } = assertThrows(() => io.ensureSeekback(2147483647 - 32767), MediaError);
    assertEquals([code, op, io.bufferSize], ["EINVAL", "ffio_ensure_seekback", 1000]);
    assertThrows(() => io.ensureSeekback(0.5), TypeError);
    using sink = openSink({ write: () => {} });
    assertEquals(assertThrows(() => sink.ensureSeekback(5), MediaError).code, "EINVAL");
    io.free();
    assertEquals(assertThrows(() => io.ensureSeekback(5), MediaError).code, "USE_AFTER_FREE");
  });
});

describe("rewindWithProbeData()", () => {
  it("puts all that was read in front of the buffer and goes to the start", () => {
    using io = once(1001);
    const probed = new Uint8Array(2500);
    assertEquals(io.read(probed), 2500);
    assertEquals(shape(io), [1001, 0, 0, 2500]);
    io.rewindWithProbeData(probed);
    assertEquals(shape(io), [2500, 0, 2500, 2500]);
    probed.fill(9);
    const into = new Uint8Array(2501);
    assertEquals(io.read(into), 2501);
    assertEquals(into, Uint8Array.from({ length: 2501 }, (_, i) => i));
  });

  it("joins what overlaps, and keeps what was not asked for yet", () => {
    using io = once(1001);
    const probed = new Uint8Array(1500);
    io.read(probed.subarray(0, 700));
    io.read(probed.subarray(700));
    // 1001 were read, then another 1001 of which 499 are probed.
    assertEquals(shape(io), [1001, 499, 1001, 2002]);
    io.rewindWithProbeData(probed);
    assertEquals(shape(io), [2002, 0, 2002, 2002]);
    io.skip(2002);
    assertEquals([io.r8(), io.bufferSize], [2002 & 255, 1001]);
  });

  it("forgets the end, which comes again", () => {
    using io = once(1000, [], 77);
    const probed = new Uint8Array(100);
    assertEquals([io.read(probed), io.eofReached], [77, true]);
    io.rewindWithProbeData(probed.subarray(0, 77));
    assertEquals([io.eofReached, io.tell(), io.bufferSize], [false, 0, 1000]);
    assertEquals([io.skip(77), io.r8(), io.feof()], [77, 0, true]);
  });

  it("refuses bytes with a gap behind them, and more than were read", () => {
    using io = once(1000);
    io.skip(2500);
    for (const length of [1999, 3001]) {
      const { code, op } = assertThrows(() => io.rewindWithProbeData(new Uint8Array(length)), MediaError);
      assertEquals([code, op, io.tell()], ["EINVAL", "ffio_rewind_with_probe_data", 2500]);
    }
    assertThrows(() => io.rewindWithProbeData([] as unknown as Uint8Array), TypeError);
  });
});
