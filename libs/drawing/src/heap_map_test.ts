import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  HEAP_BYTE_KINDS,
  type HeapByteKind,
  type HeapMap,
  type HeapStretch,
  mapHeap,
} from "@mediamem/drawing";

type Kind = HeapStretch["state"];

/** A heap of stretches that follow each other from byte `first` on. */
function heapOf(
  first: number,
  stretches: readonly (readonly [Kind, number, number])[],
  checked = false,
): { checked: boolean; walk: () => HeapStretch[] } {
  const lead = checked ? 80 : 16;
  let start = first;
  const list = stretches.map(([state, size, length]) => {
    const stretch = { address: start + lead, size, state, start, length };
    start += length;
    return stretch;
  });
  return { checked, walk: () => list };
}

/** Bytes of each kind in one row. */
function rowOf(map: HeapMap, row: number): Partial<Record<HeapByteKind, number>> {
  const found: Partial<Record<HeapByteKind, number>> = {};
  for (let column = 0; column < map.columns; column++) {
    for (const [i, kind] of HEAP_BYTE_KINDS.entries()) {
      const count = map.counts[(row * map.columns + column) * HEAP_BYTE_KINDS.length + i]!;
      if (count > 0) found[kind] = (found[kind] ?? 0) + count;
    }
  }
  return found;
}

describe("mapHeap()", () => {
  it("counts what each byte is", () => {
    const map = mapHeap(heapOf(64, [["used", 100, 128], ["reserved", 48, 64], ["free", 240, 256]]));
    assertEquals(map.totals, {
      header: 64 + 16 + 16,
      used: 100,
      zone: 0,
      padding: 12,
      quarantined: 0,
      reserved: 48,
      foreign: 0,
      free: 256,
    });
    assertEquals([map.from, map.rowBytes, map.rows, map.end, map.freeBehind], [0, 256, 1, 512, 256]);
    assertEquals(rowOf(map, 0), { header: 96, used: 100, padding: 12, reserved: 48 });
    assertEquals(map.stretches, { used: 1, free: 1, reserved: 1, quarantined: 0, foreign: 0 });
  });

  it("tells red zones from padding", () => {
    const map = mapHeap(heapOf(0, [["used", 100, 256], ["quarantined", 10, 128], ["foreign", 0, 128]], true));
    const { header, used, zone, padding, quarantined, foreign } = map.totals;
    assertEquals([header, used, zone, padding, quarantined, foreign], [32, 100, 64 + 76, 0, 112, 128]);
  });

  it("leaves out what is in front of the first block and behind the last", () => {
    const map = mapHeap(heapOf(1_000_000, [["used", 1000, 1024], ["free", 5_000_000, 5_000_000]]));
    assertEquals(map.from + map.rows * map.rowBytes + map.freeBehind, map.end);
    assert(map.from <= 1_000_000 && map.from > 999_000);
    assert(map.rows <= 32 && map.rowBytes === 256);
  });

  it("takes a heap without a block, and none at all", () => {
    assertEquals(mapHeap(heapOf(64, [["free", 1000, 1016]])).rows, 1);
    const none = mapHeap(heapOf(0, []));
    assertEquals([none.rows, none.end, none.freeBehind], [1, 0, 0]);
  });

  it("keeps few stretches as they are, and not many", () => {
    const few = Array.from({ length: 400 }, () => ["used", 10, 64] as const);
    assertEquals(mapHeap(heapOf(0, few)).exact?.length, 400);
    assertEquals(mapHeap(heapOf(0, [...few, ["free", 0, 64]])).exact, null);
  });

  it("loses no byte, whatever the rows and columns", () => {
    const states: Kind[] = ["used", "free", "reserved", "quarantined", "foreign"];
    const stretch = fc.tuple(fc.constantFrom(...states), fc.nat(500), fc.nat(40)).map(
      ([state, size, more]) => [state, size, Math.ceil((size + 96) / 64) * 64 + more * 64] as const,
    );
    const options = fc.record({
      columns: fc.integer({ min: 1, max: 300 }),
      rows: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(
        fc.array(stretch),
        fc.nat(1000),
        fc.boolean(),
        options,
        (stretches, first, checked, how) => {
          const map = mapHeap(heapOf(first * 64, stretches, checked), how);
          const all = Object.values(map.totals).reduce((sum, bytes) => sum + bytes, 0);
          assertEquals(all, map.end === 0 ? 0 : map.end);
          assert(map.rows <= how.rows + 1);
          const mapped = map.counts.reduce((sum, bytes) => sum + bytes, 0);
          const wanted = map.end === 0 ? 0 : Math.min(map.end, map.from + map.rows * map.rowBytes) - map.from;
          assert(Math.abs(mapped - wanted) < 0.01, `${mapped} bytes mapped, wanted ${wanted}`);
          const columnBytes = map.rowBytes / map.columns;
          for (let column = 0; column < map.rows * map.columns; column++) {
            let sum = 0;
            for (let k = 0; k < HEAP_BYTE_KINDS.length; k++) {
              sum += map
                .counts[column * HEAP_BYTE_KINDS.length + k]!;
            }
            assert(sum <= columnBytes * 1.001, `Column ${column} has ${sum} of ${columnBytes} bytes`);
          }
        },
      ),
    );
  });
});
