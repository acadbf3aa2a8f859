import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { itUnless, missingHeader, runC } from "@mediamem/testing";
import type { Struct } from "@mediamem/ffi-avutil/native";
import { AVFORMAT_ABIS, type AvformatAbi } from "./abi.ts";
import { checkAbi } from "./check_abi.ts";
import { checkMediaAbi } from "./check_media_abi.ts";
import { type AvformatLibrary, libraryOf } from "./library.ts";
import type { MediaStructs } from "./media_abi.ts";
import { testedAvformat } from "./tested_avformat.ts";

const { avformat, major, missing } = testedAvformat();

function structs(abi: AvformatAbi): [string, Struct<string>][] {
  return [["AVIOContext", abi.AVIOContext], ...Object.entries<Struct<string>>({ ...abi.media })];
}

/** Every fact of a table, by struct and field, in the words of `size` and `place`. */
function facts(
  abi: AvformatAbi,
  size: (struct: string, sizeof: number) => string,
  place: (struct: string, field: string, offset: number, bytes: number) => readonly string[],
): string[] {
  const found: string[] = [];
  for (const [name, struct] of structs(abi)) {
    if (struct.sizeof !== null) found.push(size(name, struct.sizeof));
    for (const [field, [offset, bytes]] of Object.entries(struct.fields)) {
      if (bytes > 0) found.push(...place(name, field, offset, bytes));
    }
  }
  return found;
}

/** A C program that prints where the headers have each field of a table, one line a fact. */
function program(abi: AvformatAbi): string {
  const lines = facts(abi, (struct) => `sizeof(${struct})`, (struct, field) => [
    `offsetof(${struct}, ${field})`,
    `sizeof(((${struct} *)0)->${field})`,
  ]);
  return `#include <stddef.h>
#include <stdio.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#if LIBAVCODEC_VERSION_MAJOR >= 61
#define channels ch_layout.nb_channels
#endif
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
int main(void) {
${lines.map((line) => `  printf("%zu\\n", (size_t)${line});`).join("\n")}
  return 0;
}
`;
}

/** Fields with neighbours that look like them in fresh structs, whose places are the same in every version or beside a checked one. */
const UNSEEN: readonly string[] = [
  "AVFormatContext.iformat",
  "AVFormatContext.oformat",
  "AVFormatContext.pb",
  "AVStream.id",
  "AVStream.time_base",
  "AVStream.start_time",
  "AVStream.nb_frames",
  "AVStream.disposition",
  "AVStream.sample_aspect_ratio",
  "AVStream.metadata",
  "AVStream.avg_frame_rate",
  "AVCodecParameters.codec_id",
  "AVCodecParameters.codec_tag",
  "AVCodecParameters.extradata",
  "AVCodecParameters.extradata_size",
  "AVCodecParameters.profile",
  "AVCodecParameters.sample_aspect_ratio",
  "AVCodecParameters.frame_size",
  "AVCodecParameters.channels",
  "AVPacket.pts",
  "AVPacket.stream_index",
  "AVPacket.flags",
  "AVPacket.duration",
  "AVDictionaryEntry.key",
  "AVDictionaryEntry.value",
  "AVInputFormat.name",
  "AVOutputFormat.name",
  "AVOutputFormat.flags",
];

describe("the ABI tables of libavformat", () => {
  itUnless(missingHeader("libavformat/avformat.h"))("are what the installed headers say", () => {
    const version = runC(
      '#include <stdio.h>\n#include <libavformat/version.h>\nint main(void) { printf("%d", LIBAVFORMAT_VERSION_MAJOR); }\n',
    );
    const abi = AVFORMAT_ABIS.find((table) => String(table.major) === version);
    assert(abi !== undefined, `The headers are of libavformat ${version}, no table is`);
    const found = runC(program(abi)).trim().split("\n");
    const names = facts(
      abi,
      (struct) => struct,
      (struct, field) => [`${struct}.${field}`, `${struct}.${field} bytes`],
    );
    const wanted = facts(abi, (_, size) => String(size), (_struct, _field, offset, bytes) => [
      `${offset}`,
      `${bytes}`,
    ]);
    assertEquals(
      names.map((name, i) => `${name} ${found[i]}`),
      names.map((name, i) => `${name} ${wanted[i]}`),
    );
  });
});

describe("checkMediaAbi()", () => {
  const test = itUnless(missing);
  const own = (): AvformatLibrary => libraryOf("test", avformat);

  test("takes the table of the library's own major", () => {
    checkAbi(own());
    checkMediaAbi(own());
  });

  test("refuses the table of every other major that differs", () => {
    const library = own();
    for (const abi of AVFORMAT_ABIS) {
      if (JSON.stringify(abi.media) === JSON.stringify(library.abi.media)) continue;
      const error = assertThrows(() => checkMediaAbi({ ...library, abi }), MediaError, abi.name);
      assertEquals(error.code, "ABI_MISMATCH", `${abi.major} on ${major}`);
    }
  });

  test("refuses a table with any one field elsewhere, those aside that a fresh struct does not show", () => {
    const library = own();
    const unseen: string[] = [];
    for (const [name, struct] of Object.entries<Struct<string>>({ ...library.abi.media })) {
      for (const [field, [offset, bytes]] of Object.entries(struct.fields)) {
        const fields = { ...struct.fields, [field]: [offset + bytes, bytes] };
        const media = { ...library.abi.media, [name]: { ...struct, fields } } as MediaStructs;
        try {
          checkMediaAbi({ ...library, abi: { ...library.abi, media } });
          unseen.push(`${name}.${field}`);
        } catch (error) {
          assertEquals(error instanceof MediaError && error.code, "ABI_MISMATCH", `${name}.${field}`);
        }
      }
    }
    assertEquals(unseen.filter((field) => !UNSEEN.includes(field)), []);
  });
});
