import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type HeapStretch, heapSvg, mapHeap } from "@mediamem/drawing";
import { assertSound, boxes, elements, parseXml, words } from "./testdata/svg_test.ts";

/** `count` blocks of scattered sizes, every fifth free. */
function* manyBlocks(count: number, checked: boolean): Generator<HeapStretch> {
  const lead = checked ? 80 : 16;
  let start = 11456;
  for (let i = 0; i < count; i++) {
    const size = 1 + (Math.imul(i, 2654435761) >>> 20);
    const length = Math.ceil((size + lead + 16) / 64) * 64;
    const state = i % 5 === 4 ? "free" : i % 7 === 3 ? "quarantined" : i % 11 === 5 ? "reserved" : "used";
    yield { address: start + lead, size, state, start, length };
    start += length;
  }
}

function heapOf(count: number, checked = false) {
  return { checked, walk: () => manyBlocks(count, checked) };
}

const SMALL = {
  checked: true,
  walk: (): HeapStretch[] => [
    { address: 336, size: 100, state: "used", start: 256, length: 256 },
    { address: 592, size: 150, state: "used", start: 512, length: 256 },
    { address: 848, size: 100, state: "quarantined", start: 768, length: 256 },
    { address: 1104, size: 944, state: "free", start: 1024, length: 1024 },
  ],
};

describe("heapSvg()", () => {
  it("draws every block to one scale, with red zones around it, and its name", () => {
    const names = new Map([[336, "frame"], [592, "packet"]]);
    const svg = assertSound(heapSvg(mapHeap(SMALL), { title: "one trace", names }));
    const [frame] = boxes(svg, "frame: 100 bytes in use at 336");
    const [packet] = boxes(svg, "packet: 150 bytes in use at 592");
    assert(Math.abs(frame!.width * 1.5 - packet!.width) < 0.01);
    const zones = boxes(svg, "red zones").slice(1);
    assertEquals(zones.length, 4, "two for each block, without the legend's");
    // 64 bytes in front of the first block, where the header of 16 ends.
    assert(Math.abs(zones[0]!.width * 100 - frame!.width * 64) < 0.1);
    assert(Math.abs(zones[0]!.x + zones[0]!.width - frame!.x) < 0.01);
    const labels = elements(svg, "text").map(words);
    for (const label of ["frame", "packet", "256", "512", "768"]) assert(labels.includes(label), label);
  });

  it("says what it leaves out", () => {
    assertStringIncludes(
      words(parseXml(heapSvg(mapHeap(SMALL), { title: "t" }))),
      "1,024 bytes free behind that, 1,024 to 2,047: not drawn",
    );
  });

  it("names what every colour is, and only colours that are there", () => {
    const text = words(parseXml(heapSvg(mapHeap(SMALL), { title: "t" })));
    for (const part of ["in use: 250 bytes", "red zones", "freed, in quarantine", "free: 1 KiB"]) {
      assertStringIncludes(text, part);
    }
    for (const part of ["in reserve", "not the heap's", "padding to"]) assert(!text.includes(part), part);
  });

  it("cuts long names, and leaves out what has no room", () => {
    const name = `very-long-name-${"x".repeat(200)}-17`;
    const svg = assertSound(
      heapSvg(mapHeap(SMALL), { title: name, names: new Map([[336, name], [592, "p"]]) }),
    );
    const labels = elements(svg, "text").map(words).filter((label) => label.startsWith("very"));
    assertEquals(labels.length, 1);
    assert(labels[0]!.length < 60 && labels[0]!.endsWith("-17"), labels[0]);
  });

  it("charts the figures over the operations, and marks when the heap was drawn", () => {
    const history = {
      steps: [0, 1, 2, 3, 4],
      bytes: [0, 100, 250, 350, 250],
      total: [2000, 2000, 2000, 4000, 4000],
      fragmentation: [0, 0, 0, 0, 0.25],
      operations: 4,
      drawnAt: 3,
    };
    const svg = assertSound(heapSvg(mapHeap(SMALL), { title: "t", history }));
    const text = words(svg);
    for (
      const part of ["after operation 3 of 4", "in use, last 250 bytes", "heap, last 3.91 KiB", "last 25 %"]
    ) {
      assertStringIncludes(text, part);
    }
    const strong = elements(svg, "path").filter(({ attributes }) => attributes.class === "strong");
    assertEquals(strong.length, 2);
    const end = assertSound(heapSvg(mapHeap(SMALL), { title: "t", history: { ...history, drawnAt: 4 } }));
    assertEquals(elements(end, "path").filter(({ attributes }) => attributes.class === "strong"), []);
  });

  it("takes a run without operations", () => {
    const history = { steps: [0], bytes: [0], total: [0], fragmentation: [0], operations: 0, drawnAt: 0 };
    assertSound(heapSvg(mapHeap({ checked: false, walk: () => [] }), { title: "t", history }));
  });

  it("draws a thousand blocks in columns that are as high as their bytes", () => {
    const map = mapHeap({
      checked: false,
      // A column of 4 KiB is half used, half free.
      walk: function* (): Generator<HeapStretch> {
        for (let i = 0; i < 1024; i++) {
          const state = i % 2 === 0 ? "used" : "free";
          yield { address: i * 2048 + 16, size: 2032, state, start: i * 2048, length: 2048 };
        }
      },
    });
    const svg = assertSound(heapSvg(map, { title: "t" }));
    assertEquals(map.rowBytes / map.columns, 256);
    const used = elements(svg, "path").find(({ attributes }) => attributes.class === "plane0")!.attributes.d!;
    assert(used.length > 1000 && /^(M[\d.]+ [\d.]+h[\d.]+v[\d.]+h-[\d.]+z)+$/.test(used));
  });

  it("stays small for a million blocks", () => {
    for (const checked of [false, true]) {
      const svg = heapSvg(mapHeap(heapOf(1_000_000, checked)), { title: "a million" });
      assert(svg.length < 1_000_000, `${svg.length} characters`);
      const root = assertSound(svg);
      assertStringIncludes(words(root), "blocks in use");
      const d = elements(root, "path").find(({ attributes }) => attributes.class === "plane0")!.attributes.d!;
      let end = { x: 0, y: 0 };
      for (const [, x, bottom, width] of d.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v/g)) {
        // Columns stand side by side, or one is missing: a sliver between them would look like free memory.
        const gap = Number(x) - end.x;
        if (Math.abs(Number(bottom) - end.y) < 18 && gap > 0.01) assert(gap > 3, `${gap} px between columns`);
        end = { x: Number(x) + Number(width), y: Number(bottom) };
      }
    }
  });

  it("stays small for the most that is drawn block by block", () => {
    for (const count of [1, 2, 17, 399, 400, 401, 3000]) {
      for (const checked of [false, true]) {
        const map = mapHeap(heapOf(count, checked));
        const names = new Map(
          [...manyBlocks(count, checked)].map(({ address }, i) => [address, `block${i}`]),
        );
        const svg = heapSvg(map, { title: `${count} blocks`, names });
        assert(svg.length < 1_000_000, `${svg.length} characters`);
        assertSound(svg);
      }
    }
  });

  it("escapes what it is given, and keeps the pictures of one page apart", () => {
    const evil = `<script>alert("1")</script>&]]>\u0000'`;
    const svg = heapSvg(mapHeap(SMALL), { title: evil, names: new Map([[336, evil]]) });
    assertEquals(elements(parseXml(svg), "script"), []);
    const ids = [
      ...svg.matchAll(/ id="([^"]*)"/g),
      ...heapSvg(mapHeap(SMALL), { title: "t" }).matchAll(/ id="([^"]*)"/g),
    ]
      .map((match) => match[1]!);
    assertEquals(new Set(ids).size, ids.length);
    assert(ids.every((id) => /^[\w-]+$/.test(id)));
  });

  it("has colours for light and dark, and asks the network for nothing", () => {
    const svg = heapSvg(mapHeap(SMALL), { title: "t" });
    assertStringIncludes(svg, "@media (prefers-color-scheme:dark)");
    assertEquals([...svg.matchAll(/https?:[^"]*/g)].map((match) => match[0]), ["http://www.w3.org/2000/svg"]);
  });
});
