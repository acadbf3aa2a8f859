import { PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { chromaInWords, flagNames, majorsInWords } from "./format_report.ts";

describe("majorsInWords()", () => {
  it("joins neighbours", () => {
    const has = (...majors: number[]) => majorsInWords(Object.fromEntries(majors.map((major) => [major, 7])));
    assertEquals(has(56, 57, 58, 59, 60), "56-60");
    assertEquals(has(60), "60");
    assertEquals(has(56, 57), "56-57");
    assertEquals(has(56, 58, 59), "56,58-59");
    assertEquals(has(), "");
  });
});

describe("chromaInWords()", () => {
  it("names subsampling as people do", () => {
    const { RGB, PLANAR } = PIXEL_FORMAT_FLAG;
    const words = (nbComponents: number, log2ChromaW: number, log2ChromaH: number, flags: number = PLANAR) =>
      chromaInWords({ nbComponents, log2ChromaW, log2ChromaH, flags });
    assertEquals(words(3, 1, 1), "4:2:0");
    assertEquals(words(4, 1, 0), "4:2:2");
    assertEquals(words(3, 0, 1), "4:4:0");
    assertEquals(words(3, 0, 0), "4:4:4");
    assertEquals(words(3, 2, 0), "4:1:1");
    assertEquals(words(3, 2, 2), "4:1:0");
    assertEquals(words(3, 3, 1), "3,1");
    assertEquals(words(3, 0, 0, RGB), "-");
    assertEquals(words(1, 0, 0), "-");
    assertEquals(words(2, 0, 0), "-");
  });
});

describe("flagNames()", () => {
  it("names the bits that are set", () => {
    assertEquals(flagNames(0), []);
    assertEquals(flagNames(16 | 128), ["PLANAR", "ALPHA"]);
  });
});
