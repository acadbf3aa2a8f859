import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type PoolEvent, type PoolLife, type PoolSlot, poolSvg } from "@mediamem/drawing";
import { assertSound, boxes, elements, parseXml, words } from "./testdata/svg_test.ts";

const span = (from: number, to: number, out: number, holder: string | null) => ({ from, to, out, holder });

const LIFE: PoolLife = {
  title: "a trace",
  subtitle: "yuv420p 99x51, 9792 bytes each",
  last: 10,
  slots: [
    { spans: [span(0, 4, 1, "decoder"), span(4, 6, 0, null), span(6, 10, 1, "filter")] },
    { spans: [span(2, 6, 1, "decoder"), span(8, 9, 0.5, null)] },
  ],
  events: [{ step: 3, words: "2 out", warning: true }, { step: 7, words: "resize 98x50", warning: false }],
  history: { steps: [0, 5, 10], out: [0, 2, 1], idle: [0, 0, 0], bytes: [0, 19584, 9792] },
  max: 4,
  highWater: 2,
};

/** As many slots, each out and idle by turns. */
function busy(slots: number, spans: number): PoolSlot[] {
  return Array.from({ length: slots }, (_, row) => ({
    spans: Array.from(
      { length: spans },
      (_, i) =>
        span(
          i,
          i + 1,
          i % 3 === 0 ? 0 : ((i * 7 + row) % 10) / 9,
          i % 4 === 0 ? null : `holder${(i + row) % 6}`,
        ),
    ),
  }));
}

describe("poolSvg()", () => {
  it("draws who had which buffer when, to scale", () => {
    const svg = assertSound(poolSvg(LIFE));
    const [first] = boxes(svg, "Out, decoder, steps 1 to 4");
    const [idle] = boxes(svg, "Idle, steps 5 to 6");
    const [second] = boxes(svg, "Out, decoder, steps 3 to 6");
    assertEquals([first!.width, first!.width], [second!.width, idle!.width * 2]);
    assertEquals(idle!.x, first!.x + first!.width);
    assert(second!.y > first!.y);
    const [half] = boxes(svg, "50 % out, step 9");
    const [low] = boxes(svg, "50 % out, step 9").slice(1);
    assertEquals([low!.height * 2, low!.y + low!.height], [half!.height, half!.y + half!.height]);
    const labels = elements(svg, "text").map(words);
    assertEquals(labels.filter((label) => label === "decoder").length, 2);
    for (const label of ["filter", "buffer 1", "buffer 2", "out: decoder", "max 4", "high water 2"]) {
      assert(labels.includes(label), label);
    }
  });

  it("gives a holder one colour everywhere", () => {
    const svg = parseXml(poolSvg(LIFE));
    const colours = elements(svg, "rect").filter((rect) => /^(out: |Out, )filter/.test(words(rect)))
      .map(({ attributes }) => attributes.class);
    assertEquals(new Set(colours).size, 1);
    assertEquals(colours.length, 2);
  });

  it("has four colours, and one of them for all others where there are more holders", () => {
    const text = words(assertSound(poolSvg({ ...LIFE, slots: busy(3, 60), last: 60 })));
    assertStringIncludes(text, "out: others");
    assert(!words(parseXml(poolSvg({ ...LIFE, slots: LIFE.slots.slice(0, 1) }))).includes("others"));
  });

  it("marks what happened, with words where there is room", () => {
    const svg = assertSound(poolSvg(LIFE));
    for (const part of ["2 out, step 3", "resize 98x50, step 7"]) assertStringIncludes(words(svg), part);
    const events: PoolEvent[] = Array.from({ length: 60 }, (_, i) => ({
      step: 1 + Math.floor(i / 6),
      words: i % 3 === 0 ? "trim" : "12 out",
      warning: i % 3 !== 0,
    }));
    assertSound(poolSvg({ ...LIFE, events }));
    for (const step of [1, 10]) {
      assertSound(poolSvg({ ...LIFE, events: [{ step, words: "x".repeat(90), warning: true }] }));
    }
  });

  it("draws no limit where there is none", () => {
    const svg = parseXml(poolSvg({ ...LIFE, max: Infinity, highWater: Infinity, events: [] }));
    assertEquals(elements(svg, "path").filter(({ attributes }) => attributes.class === "alarm-line"), []);
  });

  it("stays small for long runs and many buffers, and counts the rows that it does not draw", () => {
    for (const [slots, spans] of [[1, 720], [20, 720], [40, 720], [500, 720], [41, 3]] as const) {
      const svg = poolSvg({ ...LIFE, slots: busy(slots, spans), last: spans });
      assert(svg.length < 1_000_000, `${svg.length} characters`);
      const text = words(assertSound(svg));
      if (slots > 40) assertStringIncludes(text, `and ${slots - 40} more buffers`);
    }
  });

  it("takes a run without steps", () => {
    assertSound(
      poolSvg({
        ...LIFE,
        last: 0,
        slots: [],
        events: [],
        history: { steps: [0], out: [0], idle: [0], bytes: [0] },
      }),
    );
    assertSound(
      poolSvg({
        ...LIFE,
        last: 0,
        slots: [],
        events: [],
        history: { steps: [], out: [], idle: [], bytes: [] },
      }),
    );
  });

  it("escapes what it is given, and cuts long names", () => {
    const evil = `<script>&"'\u0000${"long".repeat(100)}`;
    const svg = assertSound(poolSvg({
      ...LIFE,
      title: evil,
      subtitle: evil,
      slots: [{ spans: [span(0, 10, 1, evil)] }],
      events: [{ step: 1, words: evil, warning: true }],
    }));
    assertEquals(elements(svg, "script"), []);
    for (const text of elements(svg, "text").map(words)) assert(text.length < 160, text);
  });
});
