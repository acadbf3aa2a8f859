import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { chartSvg } from "@mediamem/drawing";

const widths = (svg: string): number[] =>
  [...svg.matchAll(/<rect x="[^"]*" y="[^"]*" width="([^"]*)"/g)].map((match) => Number(match[1]));

describe("chartSvg()", () => {
  it("draws bars to the scale of their group", () => {
    const svg = chartSvg("ns", [
      { name: "a", bars: [{ label: "x", value: 10 }, { label: "y", value: 5 }] },
      { name: "b", bars: [{ label: "x", value: 1000 }] },
    ]);
    const [x, y, other] = widths(svg);
    assertEquals([y! * 2, other], [x, x]);
  });

  it("gives a label one colour everywhere", () => {
    const svg = chartSvg("ns", [
      { name: "a", bars: [{ label: "x", value: 1 }, { label: "y", value: 1 }] },
      { name: "b", bars: [{ label: "y", value: 1 }] },
    ]);
    assertEquals([...svg.matchAll(/class="(plane\d)"/g)].map((match) => match[1]), [
      "plane0",
      "plane1",
      "plane1",
    ]);
  });

  it("escapes what it is given", () => {
    assert(!chartSvg("<script>", []).includes("<script>"));
  });

  it("refuses values without a length", () => {
    for (const value of [0, -1, NaN]) {
      assertThrows(
        () => chartSvg("ns", [{ name: "a", bars: [{ label: "x", value }] }]),
        TypeError,
        "wanted a number above 0",
      );
    }
  });
});
