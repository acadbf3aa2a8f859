import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { collectGarbage, itUnless } from "@mediamem/testing";
import { sharedAvformat } from "../load_avformat.ts";
import { testedAvformat } from "../tested_avformat.ts";
import { Packet } from "./packet.ts";

const { missing } = testedAvformat();
const it = itUnless(missing);

const BYTES = Uint8Array.of(1, 2, 3, 4, 5);

function live(): [number, number] {
  const { live, bytes } = sharedAvformat().ledger;
  return [live, bytes];
}

describe("Packet", () => {
  it("copies bytes into memory of C, with times", () => {
    using packet = Packet.from(BYTES, {
      pts: 7,
      dts: -(2 ** 40),
      duration: 2 ** 33 + 1,
      streamIndex: 3,
      keyframe: true,
      timeBase: [1, 90000],
    });
    assertEquals([...packet.data], [1, 2, 3, 4, 5]);
    assertEquals([packet.pts, packet.dts, packet.duration], [7, -(2 ** 40), 2 ** 33 + 1]);
    assertEquals([packet.streamIndex, packet.flags, packet.position], [3, ["key"], -1]);
    assertEquals([packet.size, packet.timeBase, packet.sideData], [5, [1, 90000], []]);
  });

  it("says where nothing is known", () => {
    using packet = Packet.from(BYTES);
    assertEquals([packet.pts, packet.dts, packet.duration, packet.timeBase], [null, null, 0, null]);
    packet.pts = -1;
    packet.dts = 2 ** 53 - 1;
    assertEquals([packet.pts, packet.dts], [-1, 2 ** 53 - 1]);
    packet.pts = null;
    assertEquals([packet.pts, packet.keyframe, packet.flags], [null, false, []]);
  });

  it("takes its bytes away from views when it is given back", () => {
    const before = live();
    const packet = Packet.from(BYTES);
    assertEquals(live(), [before[0] + 1, before[1] + 5]);
    const { data } = packet;
    const copy = packet.copy();
    packet[Symbol.dispose]();
    packet[Symbol.dispose]();
    assertEquals([data.length, data[0], [...copy]], [0, undefined, [1, 2, 3, 4, 5]]);
    assertEquals([packet.live, live()], [false, before]);
    assertEquals(assertThrows(() => packet.data, MediaError).code, "USE_AFTER_FREE");
    assertEquals(assertThrows(() => packet.pts = 3, MediaError).code, "USE_AFTER_FREE");
  });

  it("shares data by ref(), moves it by take(), lets go of it by unref()", () => {
    const before = live();
    using packet = Packet.from(BYTES, { pts: 9 });
    using other = packet.ref();
    packet.data[0] = 77;
    assertEquals([other.data[0], other.pts], [77, 9]);
    const seen = packet.data;
    using taken = packet.take();
    assertEquals([seen.length, packet.size, packet.data.length, packet.pts], [0, 0, 0, null]);
    assertEquals([taken.size, taken.pts, taken.data[0]], [5, 9, 77]);
    const gone = taken.data;
    taken.unref();
    assertEquals([gone.length, taken.size, other.data[0]], [0, 0, 77]);
    for (const each of [packet, other, taken]) each[Symbol.dispose]();
    assertEquals(live(), before);
  });

  it("has room for nothing", () => {
    using packet = Packet.from(new Uint8Array(0));
    assertEquals([packet.size, packet.data.length, packet.copy().length], [0, 0, 0]);
  });

  it("refuses what it cannot hold, and keeps nothing of it", () => {
    const before = live();
    assertThrows(() => Packet.from([1] as unknown as Uint8Array), TypeError);
    assertThrows(() => Packet.from(BYTES, { pts: 0.5 }), TypeError);
    assertThrows(() => Packet.from(BYTES, { timeBase: [0, 1] }), MediaError);
    assertThrows(() => Packet.from(BYTES, { streamIndex: 2 ** 31 }), MediaError);
    assertEquals(live(), before);
  });

  it("is freed where it was forgotten, and its views with it", async () => {
    const before = live();
    const abandoned = sharedAvformat().ledger.abandoned;
    const views: Uint8Array[] = [];
    (() => {
      for (let i = 0; i < 20; i++) views.push(Packet.from(BYTES).data);
    })();
    await collectGarbage(() => sharedAvformat().ledger.abandoned - abandoned >= 10);
    assert(sharedAvformat().ledger.abandoned - abandoned >= 10);
    assert(views.filter(({ length }) => length === 0).length >= 10);
    assert(live()[0] - before[0] <= 10);
  });
});
