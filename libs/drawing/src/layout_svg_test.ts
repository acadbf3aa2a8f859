import type { ImageLayout, PlaneLayout } from "@mediamem/interface";
import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { layoutSvg } from "@mediamem/drawing";
import { boxes, elements, parseXml, words } from "./testdata/svg_test.ts";

function plane(index: number, offset: number, linesize: number, rowBytes: number, rows: number): PlaneLayout {
  return {
    plane: index,
    offset,
    linesize,
    rowBytes,
    rows,
    extent: Math.abs(linesize) * (rows - 1) + rowBytes,
  };
}

const YUV: ImageLayout = {
  format: "yuv420p",
  width: 300,
  height: 300,
  rules: { name: "ffmpeg", align: 16 },
  size: 139200,
  planes: [plane(0, 0, 304, 300, 300), plane(1, 91200, 160, 150, 150), plane(2, 115200, 160, 150, 150)],
};

/** The odd-size twin: odd rows, padding below the planes. */
const FRAME: ImageLayout = {
  format: "yuv420p",
  width: 99,
  height: 51,
  rules: { name: "ffmpegFrame", align: 0 },
  size: 12668,
  planes: [plane(0, 0, 128, 99, 51), plane(1, 8287, 64, 50, 26), plane(2, 10430, 64, 50, 26)],
};

describe("layoutSvg()", () => {
  it("shows every number of the layout", () => {
    for (const layout of [YUV, FRAME]) {
      const text = words(parseXml(layoutSvg(layout)));
      assertStringIncludes(text, `${layout.format} ${layout.width}x${layout.height}`);
      assertStringIncludes(text, `size ${layout.size}`);
      for (const { offset, linesize, rowBytes, rows, extent } of layout.planes) {
        assertStringIncludes(
          text,
          `offset ${offset} · linesize ${linesize} · rowBytes ${rowBytes} · rows ${rows} · extent ${extent}`,
        );
      }
    }
  });

  it("draws rows and padding of all planes to one scale", () => {
    const svg = parseXml(layoutSvg(YUV));
    const planes = [0, 1, 2].map((i) => boxes(svg, `Plane ${i}: ${YUV.planes[i]!.rows} rows`)[0]!);
    const padding = boxes(svg, "4 bytes of padding after each row");
    assertEquals(padding.length, 1);
    const perByte = planes[0]!.width / 300;
    const perRow = planes[0]!.height / 300;
    for (const [i, { rowBytes, rows }] of YUV.planes.entries()) {
      assert(Math.abs(planes[i]!.width - rowBytes * perByte) < 0.01);
      assert(Math.abs(planes[i]!.height - rows * perRow) < 0.01);
    }
    assert(Math.abs(padding[0]!.width - 4 * perByte) < 0.01);
    assertEquals(padding[0]!.x, planes[0]!.x + planes[0]!.width);
    assertEquals(padding[0]!.height, planes[0]!.height);
  });

  it("enlarges the end of the rows so that 4 bytes of padding in 304 can be counted", () => {
    const text = words(parseXml(layoutSvg(YUV)));
    for (const part of ["End of the rows, 1 cell = 1 byte", "4 bytes", "10 bytes", "byte 300 of the row"]) {
      assertStringIncludes(text, part);
    }
    const svg = elements(parseXml(layoutSvg({ ...YUV, planes: [YUV.planes[0]!], size: 91200 })), "rect");
    const cells = svg.filter((rect) =>
      rect.attributes.fill?.includes("padding") && rect.attributes.height === "13"
    );
    assertEquals(cells.map((rect) => rect.attributes.width), ["52", "52", "52"]);
  });

  it("ends the last row where the memory ends", () => {
    const layout = { ...YUV, planes: [plane(0, 0, 304, 300, 3)], height: 3, size: 304 * 2 + 300 };
    const svg = parseXml(layoutSvg(layout));
    const [visible] = boxes(svg, "Plane 0: 3 rows");
    const [padding] = boxes(svg, "4 bytes of padding after each row");
    assert(Math.abs(padding!.height / visible!.height - 2 / 3) < 0.001);
    assertEquals(boxes(svg, "4 bytes of padding after the last row").length, 0);
  });

  it("draws gaps below the planes and in the strip of memory", () => {
    const svg = parseXml(layoutSvg(FRAME));
    assertStringIncludes(words(svg), "1759 bytes outside the planes: 6528 to 8286");
    const [below] = boxes(svg, "1759 bytes outside the planes: 6528");
    const [rows] = boxes(svg, "Plane 0: 51 rows");
    assert(Math.abs(below!.height / rows!.height - 1759 / 128 / 51) < 0.001);
    const strip = boxes(svg, "1759 bytes outside the planes").find((box) => box.height === 26)!;
    assert(Math.abs(strip.width - (912 * 1759) / 12668) < 0.01);
  });

  it("says in which direction memory runs", () => {
    const flipped = { ...YUV, planes: [plane(0, 304 * 299, -304, 300, 300)], size: 91200 };
    const text = words(parseXml(layoutSvg(flipped)));
    for (
      const part of ["linesize -304", "stored bottom up", "from the bottom row to the top", "byte 90896"]
    ) {
      assertStringIncludes(text, part);
    }
    assertStringIncludes(words(parseXml(layoutSvg(YUV))), "from the top row down");
  });

  it("draws a palette beside the scale of the rows", () => {
    const pal8: ImageLayout = {
      ...YUV,
      format: "pal8",
      width: 17,
      height: 13,
      size: 32 * 13 + 1024,
      planes: [plane(0, 0, 32, 17, 13), plane(1, 32 * 13, 4, 4, 256)],
    };
    const svg = parseXml(layoutSvg(pal8));
    assertStringIncludes(words(svg), "256 entries of 4 bytes");
    assertEquals(boxes(svg, "The palette: 1024 bytes").length, 1);
    assertEquals(boxes(svg, "Plane 0: 13 rows")[0]!.width, 17 * 15);
  });

  it("does not draw the bytes between the rows of interleaved planes as padding", () => {
    const planes = [plane(0, 0, 64, 32, 16), plane(1, 32, 64, 32, 16)];
    const text = words(parseXml(layoutSvg({ ...YUV, planes, size: 1024, rules: { name: "custom" } })));
    assertStringIncludes(text, "planes share their rows");
    assert(!text.includes("of padding"));
  });

  it("draws a plane without bytes, which the chroma of a picture 1 pixel wide can be", () => {
    const planes = [plane(0, 0, 1, 1, 3), plane(1, 3, 0, 0, 2)];
    for (const size of [3, 9]) {
      const svg = parseXml(
        layoutSvg({ ...YUV, width: 1, height: 3, rules: { name: "webcodecs" }, size, planes }),
      );
      assertEquals(boxes(svg, "Plane 1: 2 rows of 0 bytes").map((box) => box.width), [0]);
      assert(!/NaN|Infinity/.test(JSON.stringify(svg)));
    }
  });

  it("is titled and described for who cannot see it", () => {
    const svg = parseXml(layoutSvg(YUV, { id: "one" }));
    assertEquals(svg.attributes.role, "img");
    assertEquals(svg.attributes["aria-labelledby"], "one-title one-desc");
    assertEquals(words(elements(svg, "title")[0]!), "yuv420p 300x300, rule set ffmpeg, align 16");
    assertStringIncludes(words(elements(svg, "desc")[0]!), "139200 bytes: 135000 visible, 4200 padding");
    assertEquals(elements(svg, "desc")[0]!.attributes.id, "one-desc");
  });

  it("has colours for light and dark, and asks the network for nothing", () => {
    const svg = layoutSvg(YUV);
    assertStringIncludes(svg, "@media (prefers-color-scheme:dark)");
    assertEquals([...svg.matchAll(/https?:[^"]*/g)].map((match) => match[0]), ["http://www.w3.org/2000/svg"]);
    assert(!/@import|url\((?!#)/.test(svg));
  });

  it("keeps the pictures of one page apart", () => {
    const ids = (svg: string) => [...svg.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]!);
    const all = [...ids(layoutSvg(YUV)), ...ids(layoutSvg(FRAME)), ...ids(layoutSvg(YUV, { id: "b" }))];
    assertEquals(new Set(all).size, all.length);
  });

  it("escapes what it is given", () => {
    const evil = `<script>alert("1")</script>&]]>\u0000'`;
    const svg = layoutSvg({ ...YUV, format: evil as "gray", rules: { name: evil as "custom" } }, {
      id: evil,
    });
    assertEquals(elements(parseXml(svg), "script"), []);
    assertStringIncludes(svg, "&lt;script");
  });

  it("refuses numbers that cannot be drawn", () => {
    const bad: [Partial<PlaneLayout>, string][] = [
      [{ offset: -1 }, "planes[0].offset is -1"],
      [{ rows: NaN }, "planes[0].rows is NaN"],
      [{ rowBytes: -1 }, "planes[0].rowBytes is -1"],
      [{ rows: 0 }, "planes[0].rows is 0"],
      [{ linesize: 1.5 }, "planes[0].linesize is 1.5"],
      [{ extent: 91200 }, "planes[0].extent is 91200, wanted 91196"],
      [{ offset: 139200 }, "plane 0 lies at bytes 139200 to 230396, wanted 0 to 139200"],
      [{ linesize: -304 }, "plane 0 lies at bytes -90896"],
    ];
    for (const [change, message] of bad) {
      const planes = [{ ...YUV.planes[0]!, ...change }];
      assertThrows(() => layoutSvg({ ...YUV, planes }), TypeError, message);
    }
  });

  it("draws every layout well formed, in a picture of bearable size, with finite numbers", () => {
    const side = fc.oneof(fc.constantFrom(1, 1, 2, 3, 16384, 16383), fc.nat(600).map((n) => n + 1));
    const planes = fc.array(
      fc.record({
        rowBytes: side,
        rows: side,
        padding: fc.oneof(fc.constant(0), fc.nat(70)),
        gap: fc.nat(5000),
        up: fc.boolean(),
      }),
      { minLength: 0, maxLength: 4 },
    );
    fc.assert(fc.property(planes, side, side, fc.boolean(), (parts, width, height, tail) => {
      let end = 0;
      const layouts = parts.map(({ rowBytes, rows, padding, gap, up }, index) => {
        const linesize = rowBytes + padding;
        const low = end + gap;
        end = low + linesize * rows;
        return plane(
          index,
          up ? low + linesize * (rows - 1) : low,
          up ? -linesize : linesize,
          rowBytes,
          rows,
        );
      });
      const svg = layoutSvg({
        format: "gbrap",
        width,
        height,
        rules: { name: "custom" },
        size: end + (tail ? 1000 : 0),
        planes: layouts,
      });
      assert(svg.length < 120_000, `${svg.length} characters`);
      assert(!/NaN|Infinity|undefined/.test(svg));
      for (const rect of elements(parseXml(svg), "rect")) {
        assert(Number(rect.attributes.width) >= 0 && Number(rect.attributes.height) >= 0);
        const right = Number(rect.attributes.x ?? 0) + Number(rect.attributes.width);
        assert(right <= 960.01, `A rectangle ends at ${right}`);
      }
    }));
  });
});
