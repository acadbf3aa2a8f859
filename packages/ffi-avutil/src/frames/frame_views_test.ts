import { rmSync, writeFile } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import type { Frame } from "@mediamem/interface";
import { releaseKeptMemory } from "@mediamem/ffi";
import { itUnless, untilCollected } from "@mediamem/testing";
import { type AvutilBackend, loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";

const { avutil, missing } = testedAvutil();
const it = itUnless(missing);

function picture(backend: AvutilBackend, width: number, height: number): Frame {
  const frame = backend.frames.alloc();
  frame.format = "gray";
  frame.width = width;
  frame.height = height;
  frame.getBuffer();
  return frame;
}

/** What lets go of the memory of a frame. */
const ENDS: Readonly<Record<string, (frame: Frame) => void>> = {
  unref: (frame) => frame.unref(),
  free: (frame) => frame.free(),
  dispose: (frame) => frame[Symbol.dispose](),
  moveRef(frame): void {
    using other = avutil.frames.alloc();
    other.moveRef(frame);
  },
  makeWritable(frame): void {
    using _other = frame.clone();
    frame.makeWritable();
  },
};

describe("the views of a frame of libavutil", () => {
  it("end with what the frame refers to", () => {
    for (const [name, end] of Object.entries(ENDS)) {
      using frame = picture(avutil, 17, 5);
      const { planes } = frame;
      const part = planes[0]!.memory.subarray(3);
      const other = new DataView(part.buffer);
      part[0] = 1;
      end(frame);
      assertEquals([planes[0]!.memory.length, part.length, part[0]], [0, 0, undefined], name);
      assert(other.buffer.byteLength === 0, name);
    }
  });

  it("are each frame's own where frames share memory", () => {
    using frame = picture(avutil, 17, 5);
    using clone = frame.clone();
    const [mine, its] = [frame.planes[0]!.memory, clone.planes[0]!.memory];
    frame.free();
    its[0] = 3;
    assertEquals([mine.length, its.length > 0, clone.planes[0]!.memory[0]], [0, true, 3]);
  });

  it("keep memory that an asynchronous write still reads, and count it", async () => {
    const before = avutil.ledger.bytes;
    const frame = picture(avutil, 1024, 1024);
    const { memory } = frame.planes[0]!;
    const path = join(tmpdir(), `mediamem-frame-${process.pid}`);
    await new Promise<void>((done) => {
      writeFile(path, memory, () => done());
      frame.unref();
      // Bun pins the view, and the buffer stays for it; Deno gives it up.
      const kept = memory.length > 0;
      assertEquals([kept, avutil.ledger.bytes > before], [process.versions.bun !== undefined, kept]);
    });
    rmSync(path, { force: true });
    frame.free();
    assertEquals([releaseKeptMemory(), memory.length, avutil.ledger.bytes], [0, 0, before]);
  });

  it("keep memory of a borrowed frame that is still read, whatever the limit", async () => {
    using limited = loadAvutil({ limitBytes: 10 });
    const frame = picture(avutil, 1024, 1024);
    const borrowed = limited.frames.borrow(frame.address);
    const { memory } = borrowed.planes[0]!;
    const path = join(tmpdir(), `mediamem-frame-borrowed-${process.pid}`);
    await new Promise<void>((done) => {
      writeFile(path, memory, () => done());
      borrowed.free();
      assertEquals([borrowed.live, limited.ledger.bytes, frame.isWritable], [false, 0, memory.length === 0]);
      frame.free();
    });
    rmSync(path, { force: true });
    assertEquals([releaseKeptMemory(), memory.length, limited.ledger.bytes], [0, 0, 0]);
  });

  it("leave a picture that is still read to others who share it", async () => {
    const frame = picture(avutil, 1024, 1024);
    const clone = frame.clone();
    const { memory } = frame.planes[0]!;
    const path = join(tmpdir(), `mediamem-frame-shared-${process.pid}`);
    await new Promise<void>((done) => {
      writeFile(path, memory, () => done());
      frame.free();
      // Who reads the memory counts.
      assertEquals(clone.isWritable, memory.length === 0);
    });
    rmSync(path, { force: true });
    assertEquals(releaseKeptMemory(), 0);
    assert(clone.isWritable);
    clone.free();
  });
});

describe("a frame of libavutil that was forgotten", () => {
  it("is given back, with the memory that it refers to, and is reported", async () => {
    using backend = loadAvutil({ tracing: "counts" });
    const { ledger } = backend;
    const take = (): void => {
      for (let i = 0; i < 10; i++) picture(backend, 64, 64).clone();
    };
    take();
    assertEquals(ledger.live, 20);
    assert(await untilCollected(() => ledger.live === 0));
    assertEquals([ledger.abandoned, ledger.bytes], [20, 0]);
  });

  it("stays as long as a view of it is held", async () => {
    using backend = loadAvutil();
    const { ledger } = backend;
    const take = (): Uint8Array => {
      const frame = picture(backend, 64, 64);
      frame.planes[0]!.memory.fill(7);
      picture(backend, 64, 64);
      return new Uint8Array(frame.planes[0]!.memory.buffer, 64, 64);
    };
    const view = take();
    assert(await untilCollected(() => ledger.live === 1));
    let turns = 0;
    await untilCollected(() => ++turns > 20);
    assertEquals([ledger.live, view.every((byte) => byte === 7)], [1, true]);
  });
});
