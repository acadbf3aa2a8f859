import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { AVERROR, type IoCallbacks, MediaError, type Whence } from "@mediamem/interface";
import { allocContext, type AsyncIoContext, openDynBuf } from "@mediamem/core-ts/io";

/** A file of zeros behind callbacks that write down what they are asked: `r` bytes, `s` positions, `w` bytes. */
function scripted(
  bufferSize: number,
  size: number,
  { most = Infinity, seeks = false, error }: { most?: number; seeks?: boolean; error?: number } = {},
): { readonly io: AsyncIoContext; readonly log: (string | number)[]; take(): string } {
  const log: (string | number)[] = [];
  let at = 0;
  const seek = (offset: number, whence: Whence): number => {
    log.push(`s${whence === "set" ? "" : whence}${offset}`);
    if (whence === "size") return size;
    return at = offset;
  };
  const io = allocContext({
    bufferSize,
    read: (bytes) => {
      log.push(`r${bytes.length}`);
      const count = Math.min(bytes.length, most, size - at);
      if (count <= 0) return error ?? AVERROR.EOF;
      at += count;
      return count;
    },
    ...(seeks ? { seek } : {}),
  });
  return { io, log, take: () => log.splice(0).join(" ") };
}

/** What libavformat 58 to 62 were seen to do; the conformance holds all of it against the library of the machine. */
describe("reading as libavformat does it", () => {
  it("asks for a buffer, and past it for what is more than a buffer", () => {
    const { io, take } = scripted(1000, 5000);
    const read = (length: number): string => {
      const count = io.read(new Uint8Array(length));
      return `${count}: ${take()}`;
    };
    assertEquals(read(10), "10: r1000");
    assertEquals(read(990), "990: ");
    assertEquals([io.r8(), take()], [0, "r1000"]);
    assertEquals(read(1000), "1000: r1000");
    assertEquals(read(999), "999: ");
    assertEquals(read(1001), "1001: r1001");
    assertEquals(read(5000), "999: r5000 r4001");
    assertEquals(read(10), "0: r1000");
  });

  it("asks behind what is there as long as a whole refill has room", () => {
    const large = scripted(65536, 1 << 20, { most: 32768 });
    large.io.skip(3 * 32768 - 1);
    assertEquals(large.take(), "r65536 r32768 r65536");
    const small = scripted(1000, 1 << 20, { most: 188 });
    small.io.maxPacketSize = 188;
    for (let i = 0; i < 6; i++) small.io.read(new Uint8Array(188));
    assertEquals(small.take(), "r1000 r812 r624 r436 r248 r1000");
  });

  it("asks twice at the end, then once, and not for numbers", () => {
    const { io, take } = scripted(1000, 0);
    assertEquals([io.read(new Uint8Array(10)), take()], [0, "r1000 r1000"]);
    assertEquals([io.read(new Uint8Array(10)), take()], [0, "r1000"]);
    assertEquals([io.read(new Uint8Array(0)), take()], [0, "r1000"]);
    assertEquals([io.r8(), take()], [0, ""]);
  });

  it("stays with an error until it is asked for the end", () => {
    const { io, take } = scripted(1000, 5, { error: AVERROR.EIO });
    assertEquals(io.read(new Uint8Array(10)), 5);
    for (let i = 0; i < 2; i++) {
      assertEquals(assertThrows(() => io.read(new Uint8Array(10)), MediaError).code, "EIO");
    }
    assertEquals([take(), io.error, io.eofReached], ["r1000 r1000", AVERROR.EIO, true]);
    assertEquals([io.feof(), take()], [true, "r1000"]);
  });

  it("puts the byte that is left at the end in front", () => {
    using io = allocContext({ buffer: new Uint8Array(9).fill(7) });
    io.skip(8);
    assertEquals([io.rb32(), io.eofReached], [0x07000000, true]);
  });
});

describe("moving as libavformat does it", () => {
  it("reads on for 32 KiB behind the buffer, and asks for more than that", () => {
    const near = scripted(4096, 1 << 20, { seeks: true });
    near.io.r8();
    near.io.seek(36864);
    assertEquals(near.take(), `r4096${" r4096".repeat(8)}`);
    const far = scripted(4096, 1 << 20, { seeks: true });
    far.io.r8();
    far.io.seek(36865);
    assertEquals(far.take(), "r4096 s36865");
  });

  it("goes a short way back by half a buffer", () => {
    const { io, take } = scripted(1000, 1 << 20, { seeks: true });
    io.seek(100_000);
    io.r8();
    take();
    assertEquals([io.seek(99_800), take(), io.bufPtr, io.pos], [99_800, "s99500 r1000", 300, 100_500]);
  });

  it("stays at the start of the last piece where the end comes first", () => {
    const { io, take } = scripted(1000, 2500);
    assertEquals(assertThrows(() => io.seek(5000), MediaError).code, "EOF");
    assertEquals([io.tell(), take()], [2000, "r1000 r1000 r1000 r1000"]);
  });

  it("skips in the buffer as it seeks there", () => {
    const { io, take } = scripted(1000, 2500, { seeks: true });
    io.r8();
    assertEquals([io.skip(10), io.bufPtrMax, io.skip(989), io.bufPtrMax, take()], [11, 1, 1000, 11, "r1000"]);
    assertEquals(assertThrows(() => io.skip(5000), MediaError).code, "EOF");
    assertEquals([io.eofReached, io.skip(1), io.eofReached], [true, 2001, false]);
    take();
    io.direct = true;
    assertEquals([io.skip(5), take()], [2006, "s2006"]);
  });

  it("knows no end to count from", () => {
    const { io } = scripted(1000, 2500, { seeks: true });
    assertEquals(assertThrows(() => io.seek(0, "end"), MediaError).code, "EINVAL");
    assertEquals([io.seek(0, "size"), io.size()], [2500, 2500]);
  });
});

describe("writing as libavformat does it", () => {
  const writer = (callbacks: IoCallbacks = {}): { readonly io: AsyncIoContext; take(): string } => {
    const log: string[] = [];
    const io = allocContext({
      bufferSize: 100,
      writeFlag: true,
      write: (bytes) => {
        log.push(`w${bytes.length}`);
        return 0;
      },
      ...callbacks,
    });
    return { io, take: () => log.splice(0).join(" ") };
  };

  it("flushes as soon as the buffer is full", () => {
    const { io, take } = writer();
    io.write(new Uint8Array(30));
    assertEquals(take(), "");
    io.write(new Uint8Array(70));
    assertEquals(take(), "w100");
    io.write(new Uint8Array(250));
    assertEquals([take(), io.bufPtr], ["w100 w100", 50]);
    io.flush();
    assertEquals([take(), io.pos, io.bytesWritten], ["w50", 350, 350]);
  });

  it("goes on as if after an error, without asking again", () => {
    let asked = 0;
    const { io } = writer({
      write: () => {
        asked++;
        return AVERROR.EIO;
      },
    });
    io.write(new Uint8Array(250));
    assertEquals([asked, io.tell(), io.error, io.bytesWritten], [1, 250, AVERROR.EIO, 0]);
  });

  it("goes back in what is not written yet, and nowhere else without a seek", () => {
    const { io, take } = writer();
    io.write(new Uint8Array(50));
    assertEquals([io.seek(10), io.tell(), take()], [10, 10, ""]);
    io.w8(1);
    assertEquals([io.bufPtr, io.bufPtrMax], [11, 50]);
    assertEquals(assertThrows(() => io.seek(60), MediaError).code, "EPIPE");
    assertEquals(take(), "w50");
  });

  it("truncates a dynamic buffer where it is closed in the middle", () => {
    const buffer = openDynBuf();
    buffer.write(new Uint8Array(10).fill(7));
    buffer.seek(3);
    assertEquals([...buffer.closeDynBuf()], [7, 7, 7]);
  });
});
