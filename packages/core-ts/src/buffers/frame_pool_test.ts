import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { type HighWater, MediaError, type PixelFormatName, type RuleSet } from "@mediamem/interface";
import { createCore } from "@mediamem/core-ts";
import { FramePool, type FramePoolOptions } from "@mediamem/core-ts/buffers";
import { copyTight, ffmpeg, ffmpegFrame, gstreamer, imageLayout } from "@mediamem/core-ts/image";
import { assertCode, assertEmpty, figures, makeCore } from "./testdata/core_test.ts";

describe("a pool of frames", () => {
  for (const [width, height] of [[64, 48], [99, 51], [1, 1]] as const) {
    for (const rules of [ffmpegFrame(), ffmpeg(1), gstreamer()]) {
      it(`lays out ${width}x${height} as ${rules.name} does, and uses the memory again`, () => {
        const core = makeCore();
        const pool = new FramePool(core.buffers);
        for (const format of ["yuv420p", "nv12", "rgb24", "pal8"] as const) {
          const frame = pool.get(format, width, height, rules);
          const layout = imageLayout(format, width, height, rules);
          assertEquals(frame.layout, layout);
          assertEquals([frame.data.length, frame.buffer.size, frame.live], [layout.size, layout.size, true]);
          assertEquals(
            frame.planes.map(({ offset, linesize }) => [offset, linesize]),
            layout.planes.map(({ offset, linesize }) => [offset, linesize]),
          );
          for (const plane of frame.planes) assertStrictEquals(plane.memory, frame.data);
          frame.data.fill(7);
          const { address } = frame.buffer;
          frame.release();
          const again = pool.get(format, width, height, rules);
          assertEquals([again.buffer.address, again.data[0]], [address, 7]);
          again.release();
        }
        assertEquals(figures(pool), [4, 4, 0, 1, 8, 3, 1]);
        pool.uninit();
        assertEmpty(core);
      });
    }
  }

  it("knows a layout by any name of its format and any object of its rules", () => {
    const core = makeCore();
    const pool = new FramePool(core.buffers);
    pool.get("yuv420p10le", 33, 17).release();
    pool.get("yuv420p10" as PixelFormatName, 33, 17, ffmpegFrame(0)).release();
    pool.get("yuv420p10le", 33, 17, { name: "ffmpegFrame", align: 0 }).release();
    assertEquals(figures(pool), [2, 1, 0, 1, 3, 0, 1]);
    pool.get("yuv420p10le", 33, 17, ffmpegFrame(64)).release();
    assertEquals(figures(pool), [2, 2, 0, 1, 4, 1, 1]);
  });

  it("ends the planes of a frame that was given back", () => {
    const core = makeCore();
    const pool = new FramePool(core.buffers);
    const frame = pool.get("yuv420p", 99, 51);
    const { planes, data, layout } = frame;
    assertStrictEquals(frame.planes, planes);
    frame.release();
    assertEquals([frame.live, data.length, ...planes.map((plane) => plane.memory.length)], [
      false,
      0,
      0,
      0,
      0,
    ]);
    assertCode("USE_AFTER_FREE", () => copyTight(layout, data));
    assertCode("USE_AFTER_FREE", () => frame.data);
    assertCode("USE_AFTER_FREE", () => frame.planes);
    assertCode("USE_AFTER_FREE", () => frame.detach());
    assertCode("DOUBLE_FREE", () => frame.release());
    frame[Symbol.dispose]();
    assertEquals(frame.layout, layout);
    pool.uninit();
    assertEmpty(core);
  });

  it("waits for those who share a frame's buffer", () => {
    const core = makeCore();
    const pool = new FramePool(core.buffers, { max: 1 });
    const frame = pool.get("gray", 5, 5);
    const shared = frame.buffer.ref();
    const { planes } = frame;
    frame.release();
    assertEquals([planes[0]!.memory.length > 0, pool.tryGet("gray", 5, 5)], [true, null]);
    shared.unref();
    assertEquals(planes[0]!.memory.length, 0);
    pool.get("gray", 5, 5).release();
    pool.uninit();
    assertEmpty(core);
  });

  it("shows the planes of the copy where a shared frame is made writable", () => {
    const core = makeCore();
    const pool = new FramePool(core.buffers);
    const frame = pool.get("gray", 5, 5);
    const other = frame.buffer.ref();
    const { planes } = frame;
    frame.buffer.makeWritable();
    assert(frame.planes !== planes);
    assertStrictEquals(frame.planes[0]!.memory, frame.data);
    other.unref();
    frame.release();
    pool.uninit();
    assertEmpty(core);
  });
});

describe("a change of the layout", () => {
  it("frees what is idle before anything is allocated", () => {
    const large = imageLayout("yuv420p", 1919, 1079, ffmpegFrame()).size;
    const core = makeCore({ limitBytes: large });
    const pool = new FramePool(core.buffers);
    pool.get("yuv420p", 99, 51).release();
    pool.get("yuv420p", 1919, 1079).release();
    pool.get("yuv420p", 99, 51).release();
    assertEquals(figures(pool), [0, 3, 0, 1, 3, 2, 1]);
    assertEquals(core.ledger.peak, large);
    pool.uninit();
    assertEmpty(core);
  });

  it("frees what comes back late, also where the layout is wanted again", () => {
    const core = makeCore();
    const pool = new FramePool(core.buffers);
    const [a, b] = [pool.get("nv12", 64, 64), pool.get("nv12", 64, 64)];
    const c = pool.get("nv12", 65, 65);
    const { size } = c.layout;
    assertEquals(pool.stats().layouts.map(({ layout, out }) => [layout.width, out]), [[64, 2], [65, 1]]);
    const { data } = a;
    a.release();
    assertEquals([data.length, core.ledger.bytes], [0, size + b.layout.size]);
    assertEquals(figures(pool), [0, 3, 2, 0, 1, 1, 3]);
    const d = pool.get("nv12", 64, 64);
    assertEquals(pool.stats().layouts.map(({ layout, out }) => [layout.width, out]), [[64, 1], [65, 1], [
      64,
      1,
    ]]);
    b.release();
    c.release();
    assertEquals(figures(pool), [0, 4, 1, 0, 3, 3, 3]);
    d.release();
    assertEquals(figures(pool), [0, 4, 0, 1, 4, 3, 3]);
    assertEquals(
      pool.stats().layouts.map(({ layout, idle, freed, returned, hits, misses }) => [
        layout.width,
        idle,
        freed,
        returned,
        hits,
        misses,
      ]),
      [[64, 1, 0, 1, 0, 1]],
    );
    pool.uninit();
    assertEquals([figures(pool), pool.stats().layouts], [[0, 4, 0, 0, 4, 4, 3], []]);
    assertEmpty(core);
  });

  it("is none where the request is refused", () => {
    const core = makeCore();
    const pool = new FramePool(core.buffers, { max: 1 });
    const frame = pool.get("gray", 7, 7);
    assertCode("EAGAIN", () => pool.get("gray", 8, 8));
    assertEquals(pool.tryGet("gray", 8, 8), null);
    assertCode("EINVAL", () => pool.get("gray", 0, 8));
    assertCode("EINVAL", () => pool.get("none" as PixelFormatName, 8, 8));
    assertThrows(() => pool.get("gray", 8, 8, null as unknown as RuleSet), TypeError);
    frame.release();
    assertEquals(figures(pool), [0, 1, 0, 1, 1, 0, 1]);
    pool.get("gray", 7, 7).release();
    assertEquals(pool.stats().hits, 1);
    pool.uninit();
    assertEmpty(core);
  });

  it("leaves a pool that goes on where there is no memory for the new layout", () => {
    const core = makeCore({ limitBytes: 10_000 });
    const pool = new FramePool(core.buffers, { max: 1 });
    pool.get("gray", 7, 7).release();
    assertCode("OVER_BUDGET", () => pool.get("rgba", 1000, 1000));
    assertCode("OVER_BUDGET", () => pool.tryGet("rgba", 1000, 1000));
    assertEquals([core.ledger.bytes, ...figures(pool)], [0, 0, 1, 0, 0, 1, 1, 1]);
    pool.get("gray", 7, 7).release();
    pool.uninit();
    assertEmpty(core);
  });
});

describe("detach", () => {
  it("copies the picture out and gives the frame back", () => {
    const core = makeCore();
    const pool = new FramePool(core.buffers, { max: 1 });
    const frame = pool.get("yuv420p", 9, 5);
    frame.data.forEach((_, i) => frame.data[i] = i % 251);
    const bytes = frame.data.slice();
    const kept = frame.detach();
    assertEquals([frame.live, core.ledger.live], [false, 0]);
    pool.get("yuv420p", 9, 5).data.fill(0);
    assertEquals(kept.data, bytes);
    assertEquals(kept.layout, frame.layout);
    for (const [i, plane] of kept.planes.entries()) {
      assertStrictEquals(plane.memory, kept.data);
      assertEquals(plane.offset, kept.layout.planes[i]!.offset);
    }
  });

  it("says so where the memory was moved away", () => {
    const core = makeCore();
    const pool = new FramePool(core.buffers);
    const frame = pool.get("gray", 4, 4);
    (frame.data.buffer as ArrayBuffer).transfer();
    assertCode("USE_AFTER_FREE", () => frame.detach(), "moved away");
    frame.release();
    pool.uninit();
    assertEmpty(core);
  });
});

describe("the limits of a pool of frames", () => {
  it("count all layouts together", () => {
    const core = makeCore();
    const warnings: HighWater[] = [];
    const pool = new FramePool(core.buffers, {
      max: 2,
      highWater: 2,
      onHighWater: (one) => warnings.push(one),
    });
    const a = pool.tryGet("gray", 4, 4, undefined, "old")!;
    const b = pool.tryGet("gray", 5, 5, undefined, "new")!;
    assertEquals([warnings.length, warnings[0]!.out], [1, 2]);
    assertCode("EAGAIN", () => pool.get("gray", 5, 5), "held 1 by old, 1 by new");
    a.release();
    pool.get("gray", 5, 5).release();
    b.release();
    pool.uninit();
    assertEmpty(core);
  });

  it("let others wait, in order, also for another layout", async () => {
    const core = makeCore();
    const pool = new FramePool(core.buffers, { max: 1 });
    const frame = pool.get("gray", 5, 5);
    const log: number[] = [];
    const wait = async (width: number): Promise<void> => {
      using got = await pool.get("gray", width, 5, undefined, { holder: "waiter" });
      log.push(got.layout.width);
    };
    const waits = [wait(7), wait(5), wait(9)];
    frame.release();
    await Promise.all(waits);
    assertEquals(log, [7, 5, 9]);
    assertEquals(figures(pool), [0, 4, 0, 1, 4, 3, 1]);
    await assertRejects(() => pool.get("gray", 0, 5, undefined, {}), MediaError);
    const last = pool.get("gray", 5, 5);
    const late = await assertRejects(() => pool.get("gray", 5, 5, undefined, { timeout: 0 }), MediaError);
    assertEquals(late.code, "EAGAIN");
    const abort = new AbortController();
    const stopped = pool.get("gray", 5, 5, undefined, { signal: abort.signal }).catch((error) => error);
    abort.abort("enough");
    assertEquals(await stopped, "enough");
    const given = pool.get("gray", 5, 5, undefined, {}).catch((error) => error);
    pool.uninit();
    assertEquals((await given).code, "USE_AFTER_FREE");
    last.release();
    assertEmpty(core);
  });

  it("give a place back that was won in the moment of uninit", async () => {
    const core = makeCore();
    const pool = new FramePool(core.buffers, { max: 1 });
    const frame = pool.get("gray", 5, 5);
    const wait = pool.get("gray", 5, 5, undefined, {}).catch((error) => error);
    frame.release();
    pool.uninit();
    assertEquals((await wait).code, "USE_AFTER_FREE");
    assertEquals(pool.stats().out, 0);
    assertEmpty(core);
  });
});

describe("a pool of frames at its end", () => {
  it("is given up once; late frames are valid until they are back, and freed then", () => {
    const core = makeCore();
    const pool = new FramePool(core.buffers, { poison: 1 });
    const [a, b] = [pool.get("gray", 5, 5), pool.get("gray", 5, 5)];
    a.release();
    pool.uninit();
    assertEquals([core.ledger.bytes, b.data[0]], [b.layout.size, 0]);
    assertCode("DOUBLE_FREE", () => pool.uninit());
    assertCode("USE_AFTER_FREE", () => pool.get("gray", 5, 5));
    assertCode("USE_AFTER_FREE", () => pool.tryGet("gray", 5, 5));
    assertCode("USE_AFTER_FREE", () => pool.trim());
    pool[Symbol.dispose]();
    b.release();
    assertEquals(figures(pool), [0, 2, 0, 0, 2, 2, 2]);
    assertEmpty(core);
  });

  it("trims what is idle", () => {
    const core = makeCore();
    using pool = new FramePool(core.buffers);
    assertEquals(pool.trim(), 0);
    [pool.get("gray", 5, 5), pool.get("gray", 5, 5)].forEach((frame) => frame.release());
    assertEquals([pool.trim(), pool.trim(), core.ledger.bytes], [2, 0, 0]);
  });

  it("refuses other arguments than buffers of core-ts and options", () => {
    using core = createCore();
    for (const wrong of [null, undefined, {}, core]) {
      assertThrows(
        () => new FramePool(wrong as typeof core.buffers),
        TypeError,
        "wanted those of createCore()",
      );
    }
    for (const wrong of [null, 5, { max: "1" }, { poison: "a" }, { onHighWater: 1 }]) {
      assertThrows(() => new FramePool(core.buffers, wrong as FramePoolOptions), TypeError);
    }
    assertCode("EINVAL", () => new FramePool(core.buffers, { poison: 300 }));
  });

  it("poisons what comes back, where it is asked for", () => {
    const core = makeCore();
    using pool = new FramePool(core.buffers, { poison: 0x55 });
    pool.get("gray", 5, 5).release();
    using frame = pool.get("gray", 5, 5);
    assert(frame.data.every((byte) => byte === 0x55));
  });
});
