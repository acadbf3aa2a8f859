import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import type { Struct } from "@mediamem/ffi-avutil/native";
import { itUnless, missingHeader, runC } from "@mediamem/testing";
import { libraryOf } from "../library.ts";
import { testedAvformat } from "../tested_avformat.ts";
import { checkCodecAbi } from "./check_codec_abi.ts";
import { CODEC_ABIS, type CodecAbi } from "./codec_abi.ts";
import { codecLibraryOf } from "./codec_library.ts";
import { Encoder } from "./encoder.ts";
import { missingEncoders, testedAvutil } from "./tested_codecs.ts";

const { avformat, missing } = testedAvformat();

/** Every field of a table: `AVFrame.format`, its offset and its bytes. */
function facts(abi: CodecAbi): [name: string, offset: number, bytes: number][] {
  return Object.entries<Struct<string>>({ ...abi }).flatMap(([struct, { fields }]) =>
    Object.entries(fields).map(([field, [offset, bytes]]): [string, number, number] => [
      `${struct}.${field}`,
      offset,
      bytes,
    ])
  );
}

describe("the ABI tables of codecs", () => {
  itUnless(missingHeader("libavcodec/avcodec.h"))("are what the installed headers say", () => {
    const major = runC(
      '#include <stdio.h>\n#include <libavcodec/version.h>\nint main(void) { printf("%d", LIBAVCODEC_VERSION_MAJOR); }\n',
    );
    const abi = CODEC_ABIS[Number(major)];
    assert(abi !== undefined, `The headers are of libavcodec ${major}, no table is`);
    const lines = facts(abi).map(([name]) => {
      const [struct, field] = name.split(".");
      return `  printf("%zu %zu\\n", offsetof(${struct}, ${field}), sizeof(((${struct} *)0)->${field}));`;
    });
    const found = runC(`#include <stddef.h>
#include <stdio.h>
#include <libavcodec/avcodec.h>
#if LIBAVCODEC_VERSION_MAJOR >= 60
#define channels ch_layout.nb_channels
#define layout ch_layout
#else
#define layout channel_layout
#endif
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
int main(void) {
${lines.join("\n")}
  return 0;
}
`).trim().split("\n");
    assertEquals(
      facts(abi).map(([name], i) => `${name} ${found[i]}`),
      facts(abi).map(([name, offset, bytes]) => `${name} ${offset} ${bytes}`),
    );
  });
});

describe("checkCodecAbi()", () => {
  const it = itUnless(missing);

  it("takes the table of the library's own major, and leaves nothing", () => {
    checkCodecAbi(codecLibraryOf(libraryOf("test", avformat)));
    assertEquals([avformat.ledger.live, avformat.ledger.bytes], [0, 0]);
  });

  it("refuses the table of every other major that differs", () => {
    const library = codecLibraryOf(libraryOf("test", avformat));
    for (const [major, abi] of Object.entries(CODEC_ABIS)) {
      if (JSON.stringify(abi) === JSON.stringify(library.abi)) continue;
      const error = assertThrows(() => checkCodecAbi({ ...library, abi }), MediaError);
      assertEquals(error.code, "ABI_MISMATCH", major);
    }
    assertEquals([avformat.ledger.live, avformat.ledger.bytes], [0, 0]);
  });

  itUnless(missingEncoders())("belongs to one release: a libavutil of another is refused", () => {
    const avutil = testedAvutil();
    const other = { ...avutil, library: { ...avutil.library, version: "1.2.3" } };
    const shape = { codec: "ffv1", width: 2, height: 2, pixelFormat: "gray", timeBase: [1, 25] } as const;
    const error = assertThrows(() => Encoder.open({ ...shape, avformat, avutil: other }), MediaError);
    assertEquals(error.code, "ABI_MISMATCH");
  });
});
