import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { AVERROR, MediaError } from "@mediamem/interface";
import { checkCount, checkEmpty, checkGiven, ioResult, isPromise, refusePromise } from "./io_answers.ts";

function refused(call: () => unknown): string {
  const { code, op, message } = assertThrows(call, MediaError);
  return `${code} ${op}: ${message}`;
}

describe("checkCount()", () => {
  it("takes what fits and every AVERROR", () => {
    for (const count of [0, 5, -1, AVERROR.EOF]) checkCount("read_packet", count, 5);
  });

  it("refuses the rest", () => {
    assertEquals(
      refused(() => checkCount("read_packet", 6, 5)),
      "CALLBACK read_packet: Cannot go on after read_packet: it gave 6 bytes, wanted at most the 5 that were asked for",
    );
    for (const count of [NaN, 0.5, Infinity, "5", undefined, null, 5n]) {
      const message = refused(() => checkCount("read_packet", count as number, 5));
      assert(message.endsWith("wanted a number of bytes or an AVERROR"));
    }
  });
});

describe("checkGiven()", () => {
  it("gives the bytes, none for null", () => {
    assertEquals([checkGiven("read", 5, 5), checkGiven("read", 0, 5), checkGiven("read", null, 5)], [
      5,
      0,
      0,
    ]);
  });

  it("knows no negative numbers", () => {
    for (const count of [-1, AVERROR.EOF, NaN, 0.5, undefined, "5"]) {
      const message = refused(() => checkGiven("ByteSource.read", count as number, 5));
      assert(message.startsWith("CALLBACK ByteSource.read"));
      assert(message.endsWith("wanted a number of bytes, or null at the end"));
    }
    assert(refused(() => checkGiven("read", 6, 5)).includes("it gave 6 bytes, wanted at most the 5"));
  });
});

describe("checkEmpty()", () => {
  it("has patience, but not for ever", () => {
    checkEmpty("read_packet", 1000);
    assert(refused(() => checkEmpty("read_packet", 1001)).includes("no bytes 1000 times in a row"));
  });
});

describe("refusePromise()", () => {
  it("lets everything else pass", () => {
    for (const answer of [5, null, undefined, "then", {}, { then: 5 }, () => {}]) {
      refusePromise("read", answer);
    }
  });

  it("refuses promises of every make and hears what becomes of them", async () => {
    const thenable = { then: (): void => {} };
    for (const answer of [Promise.resolve(5), Promise.reject(new Error("nobody waits")), thenable]) {
      assert(isPromise(answer));
      assert(refused(() => refusePromise("read_packet", answer)).includes("it gave a promise, wanted"));
    }
    await Promise.resolve();
  });
});

describe("ioResult()", () => {
  it("gives what C returned unless that is negative", () => {
    assertEquals([ioResult("avio_seek", 0, 0, undefined), ioResult("avio_seek", 2 ** 40, 0, undefined)], [
      0,
      2 ** 40,
    ]);
    const error = assertThrows(() => ioResult("avio_seek", AVERROR.EPIPE, 0, undefined), MediaError);
    assertEquals([error.code, error.op, error.averror, error.cause], [
      "EPIPE",
      "avio_seek",
      AVERROR.EPIPE,
      undefined,
    ]);
    assert(error.message.endsWith("the context cannot do this"));
    assertEquals(assertThrows(() => ioResult("avio_seek", -12345, 0, undefined), MediaError).code, "UNKNOWN");
  });

  it("says where an error of a callback came from, with what was thrown there", () => {
    const what = new RangeError("gone");
    const error = assertThrows(
      () => ioResult("avio_read", AVERROR.EXTERNAL, AVERROR.EXTERNAL, what),
      MediaError,
    );
    assertEquals([error.code, error.cause], ["EXTERNAL", what]);
    assertStrictEquals(error.cause, what);
    assert(error.message.endsWith("a callback of the context gave it"));
    // Of another error than the one that was thrown about.
    const other = assertThrows(() => ioResult("avio_read", AVERROR.EIO, AVERROR.EIO, what), MediaError);
    assertEquals(other.cause, undefined);
  });
});
