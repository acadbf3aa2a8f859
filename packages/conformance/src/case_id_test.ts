import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { formatCaseId, parseCaseId } from "./case_id.ts";
import { ConformanceError } from "./conformance_error.ts";

describe("formatCaseId() and parseCaseId()", () => {
  it("write strings bare where nothing else reads so, else as JSON", () => {
    const values = [
      "nv12",
      "0rgb",
      "12",
      "true",
      "a b",
      "",
      "NaN",
      12,
      true,
      null,
      -0,
      NaN,
      -Infinity,
      1e21,
      1e-7,
      'a\\";b=1',
    ];
    const names = values.map((_, i) => `p${i}`);
    const id = formatCaseId("image/x", names, values);
    assertEquals(
      id,
      'image/x:p0=nv12;p1=0rgb;p2="12";p3="true";p4="a b";p5="";p6="NaN";p7=12;p8=true;p9=null;p10=-0;p11=NaN;' +
        String.raw`p12=-Infinity;p13=1e+21;p14=1e-7;p15="a\\\";b=1"`,
    );
    assertEquals([...parseCaseId(id).parameters.values()], values);
  });

  it("give back every parameter unchanged", () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.double(),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
    );
    fc.assert(fc.property(fc.array(value, { maxLength: 5 }), (values) => {
      const names = values.map((_, i) => `name${i}`);
      const { test, parameters } = parseCaseId(formatCaseId("area/test", names, values));
      assertEquals(test, "area/test");
      assertEquals([...parameters.keys()], names);
      assertEquals([...parameters.values()], values);
    }));
  });

  it("write a test without parameters as its id alone", () => {
    assertEquals(formatCaseId("image/x", [], []), "image/x");
    assertEquals(parseCaseId("image/x").parameters.size, 0);
  });

  it("refuse what is no id, and say what is wrong with it", () => {
    const wrong = {
      "": "wanted area/test",
      "image": "wanted area/test",
      "image/": "wanted area/test",
      "image/x:": "wanted parameter=value",
      "image/x:width": 'found "width", wanted parameter=value',
      "image/x:=1": "wanted parameter=value",
      "image/x:a=1;": "wanted parameter=value",
      "image/x:a=1;a=2": "found a twice",
      'image/x:a="': "a word, a number or a JSON string",
      "image/x:a=": "a word, a number or a JSON string",
      "image/x:a=b c": "a word, a number or a JSON string",
    };
    for (const [id, message] of Object.entries(wrong)) {
      assertEquals(assertThrows(() => parseCaseId(id), ConformanceError, message).code, "USAGE");
    }
  });
});
