import process from "node:process";
import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { loadAvformat, sharedAvformat } from "./load_avformat.ts";
import { testedAvformat } from "./tested_avformat.ts";

const { avformat, missing } = testedAvformat();
const it = itUnless(missing);

/** What loading says while an environment variable has another value. */
function codeWith(name: string, value: string): string {
  const before = process.env[name];
  process.env[name] = value;
  try {
    return assertThrows(() => loadAvformat(), MediaError).code;
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

describe("loadAvformat()", () => {
  it("says what answers", () => {
    assertEquals(avformat.id, "avformat");
    assertEquals(avformat.library.abi, `avformat-${Number.parseInt(avformat.library.version)}`);
    assert(avformat.library.path!.startsWith("/"));
    assertEquals([avformat.ledger.live, avformat.ledger.bytes], [0, 0]);
  });

  it("takes the libraries that the environment names, and no others for these", () => {
    for (const name of ["MEDIAMEM_LIBAVFORMAT", "MEDIAMEM_LIBAVCODEC", "MEDIAMEM_LIBAVUTIL"]) {
      assertEquals(codeWith(name, "libavcodec.so"), "LIBRARY_MISSING");
      assertEquals(codeWith(name, "/no/such/library.so"), "LIBRARY_MISSING");
    }
  });

  it("is done once for those who bring no backend, and again after that one was disposed", () => {
    const first = sharedAvformat();
    assertStrictEquals(sharedAvformat(), first);
    first[Symbol.dispose]();
    assert(sharedAvformat() !== first);
  });

  it("refuses options out of range", () => {
    assertThrows(() => loadAvformat({ limitBytes: -1 }), MediaError);
    assertThrows(() => loadAvformat({ tracing: "some" as "off" }), TypeError);
  });
});
