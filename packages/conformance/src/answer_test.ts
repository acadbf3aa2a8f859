import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertNotEquals } from "@std/assert";
import { Answer, hashBytes, hashText } from "./answer.ts";

function answer(fill: (out: Answer) => void): Answer {
  const out = new Answer();
  fill(out);
  return out;
}

describe("Answer", () => {
  it("holds any number of numbers", () => {
    const many = (last: number): Answer =>
      answer((out) => {
        for (let i = 0; i < 5000; i++) out.push(i === 4999 ? last : i);
      });
    assertEquals(many(1).equals(many(1)), true);
    assertEquals(many(1).equals(many(2)), false);
    assertEquals(many(7).numbers[4998], 4998);
  });

  it("tells apart 0 and -0, and takes NaN for itself", () => {
    const one = (value: number): Answer => answer((out) => out.push(value));
    assertEquals(one(0).equals(one(-0)), false);
    assertEquals(one(NaN).equals(one(NaN)), true);
  });

  it("tells apart no answer, an error, and other errors", () => {
    const nothing = answer(() => {});
    const invalid = answer((out) => out.fail("EINVAL"));
    assertEquals(nothing.equals(invalid), false);
    assertEquals(invalid.equals(answer((out) => out.fail("TypeError"))), false);
    assertEquals(invalid.equals(answer((out) => out.fail("EINVAL"))), true);
    const crash = answer((out) => out.crash(new RangeError("Out")));
    assertEquals([crash.equals(crash), String(crash)], [false, "CRASH RangeError: Out"]);
  });

  it("forgets everything when it is cleared or fails", () => {
    const out = answer((each) => {
      each.text("word");
      each.push(3);
    });
    assertEquals(String(out), "word 3");
    out.fail("ENOMEM");
    assertEquals([out.length, String(out)], [0, "ENOMEM"]);
    out.clear();
    assertEquals([out.error, out.texts.size, String(out)], [null, 0, ""]);
  });

  it("is known again by its hash alone", () => {
    const filled = (last: number): Answer =>
      answer((out) => {
        out.text("word");
        out.push(last);
      });
    const short = filled(3);
    short.condense();
    assertEquals([short.length, short.texts.size, short.digest], [0, 0, filled(3).hash()]);
    assertEquals([short.equals(filled(3)), filled(3).equals(short), short.equals(filled(4))], [
      true,
      true,
      false,
    ]);
    assertEquals(answer((out) => out.copyFrom(short)).equals(short), true);
    assertEquals(String(short).startsWith("an answer with the hash "), true);
    const failed = answer((out) => out.fail("EINVAL"));
    failed.condense();
    assertEquals([failed.error, failed.digest], ["EINVAL", null]);
    assertEquals(short.equals(failed), false);
    const crash = answer((out) => out.crash(new RangeError("Out")));
    crash.condense();
    assertEquals(String(crash), "CRASH RangeError: Out");
    short.clear();
    assertEquals([short.digest, String(short)], [null, ""]);
  });

  it("copies another", () => {
    const from = answer((out) => {
      out.text("word");
      out.bytes(Uint8Array.of(1, 2, 3));
    });
    const copy = answer((out) => out.copyFrom(from));
    assertEquals(copy.equals(from), true);
    assertEquals(String(copy), String(from));
    copy.push(1);
    assertEquals([from.length, copy.length], [3, 4]);
  });
});

describe("hashText() and hashBytes()", () => {
  it("are those of FNV-1a", () => {
    assertEquals([hashText(""), hashText("a"), hashText("foobar")], [0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
    assertEquals(hashBytes(new TextEncoder().encode("foobar")), 0xbf9cf968);
    assertNotEquals(hashBytes(Uint8Array.of(0)), hashBytes(Uint8Array.of(0, 0)));
  });
});
