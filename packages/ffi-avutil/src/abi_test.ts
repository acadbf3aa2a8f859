import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { cString, libraryFileNames, load } from "@mediamem/ffi";
import { itUnless, missingHeader, runC } from "@mediamem/testing";
import { AVUTIL_ABIS, type AvutilAbi, type Struct } from "./abi.ts";
import { checkAbi } from "./check_abi.ts";
import type { AvutilSymbols } from "./library.ts";
import { AVUTIL_SYMBOLS, MEMORY_SYMBOLS } from "./symbols.ts";
import { testedAvutil } from "./tested_avutil.ts";

const { missing, major } = testedAvutil();

/** A C program that prints where the headers have each field of a table, one line a fact. */
function program(abi: AvutilAbi): string {
  const lines = facts(abi, (struct) => `sizeof(${struct})`, (struct, field) => [
    `offsetof(${struct}, ${field})`,
    `sizeof(((${struct} *)0)->${field})`,
  ]);
  return `#include <stddef.h>
#include <stdio.h>
#include <libavutil/avutil.h>
#include <libavutil/buffer.h>
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
int main(void) {
  printf("%d\\n", LIBAVUTIL_VERSION_MAJOR);
${lines.map((line) => `  printf("%zu\\n", (size_t)${line});`).join("\n")}
  return 0;
}
`;
}

/** Every fact of a table, by struct and field, in the words of `size` and `place`. */
function facts(
  abi: AvutilAbi,
  size: (struct: string, sizeof: number) => string,
  place: (struct: string, field: string, offset: number, bytes: number) => readonly string[],
): string[] {
  const found: string[] = [];
  for (const [name, struct] of Object.entries<Struct<string>>(abi.structs)) {
    if (struct.sizeof !== null) found.push(size(name, struct.sizeof));
    for (const [field, [offset, bytes]] of Object.entries(struct.fields)) {
      found.push(...place(name, field, offset, bytes));
    }
  }
  return found;
}

function withSymbols(use: (symbols: AvutilSymbols) => void): void {
  const source = {
    library: "libavutil",
    environment: "MEDIAMEM_LIBAVUTIL",
    candidates: libraryFileNames("avutil", [60, 59, 58, 57, 56]),
  };
  using library = load({ ...source, symbols: AVUTIL_SYMBOLS });
  using memory = load({ ...source, symbols: MEMORY_SYMBOLS });
  use({ ...library.symbols, ...memory.symbols });
}

/** Fields of AVFrame that are read only to tell majors apart; some have neighbours that look like them. */
const CHECK_ONLY: readonly string[] = [
  "pts",
  "pkt_dts",
  "best_effort_timestamp",
  "sample_aspect_ratio",
  "color_primaries",
  "color_trc",
  "colorspace",
];

describe("the ABI tables", () => {
  itUnless(missingHeader("libavutil/frame.h"))("are what the installed headers say", () => {
    const [installed, ...found] = runC(program(AVUTIL_ABIS[0]!)).trim().split("\n");
    const abi = AVUTIL_ABIS.find((table) => String(table.major) === installed);
    assert(abi !== undefined, `The headers are of libavutil ${installed}, no table is`);
    const names = facts(
      abi,
      (struct) => struct,
      (struct, field) => [`${struct}.${field}`, `${struct}.${field} bytes`],
    );
    const wanted = facts(
      abi,
      (_, size) => String(size),
      (_struct, _field, offset, bytes) => [`${offset}`, `${bytes}`],
    );
    assertEquals(
      names.map((name, i) => `${name} ${found[i]}`),
      names.map((name, i) => `${name} ${wanted[i]}`),
    );
  });
});

describe("checkAbi()", () => {
  const test = itUnless(missing);

  test("takes the table of the library's own major", () => {
    withSymbols((symbols) => checkAbi(symbols, AVUTIL_ABIS.find((abi) => abi.major === major)!));
  });

  test("refuses the table of every other major that differs", () => {
    withSymbols((symbols) => {
      const own = AVUTIL_ABIS.find((abi) => abi.major === major)!;
      for (const abi of AVUTIL_ABIS) {
        if (JSON.stringify(abi.structs) === JSON.stringify(own.structs)) continue;
        const error = assertThrows(() => checkAbi(symbols, abi), MediaError, abi.name);
        assertEquals(error.code, "ABI_MISMATCH", abi.name);
      }
    });
  });

  test("refuses a table with any one field elsewhere that is used for more than this check", () => {
    withSymbols((symbols) => {
      const own = AVUTIL_ABIS.find((abi) => abi.major === major)!;
      for (const [name, struct] of Object.entries<Struct<string>>(own.structs)) {
        for (const [field, [offset, bytes]] of Object.entries(struct.fields)) {
          if (CHECK_ONLY.includes(field)) continue;
          const fields = { ...struct.fields, [field]: [offset + Math.min(bytes, 8), bytes] };
          const structs = { ...own.structs, [name]: { ...struct, fields } } as AvutilAbi["structs"];
          const error = assertThrows(() => checkAbi(symbols, { ...own, structs }), MediaError, own.name);
          assertEquals(error.code, "ABI_MISMATCH", `${name}.${field}`);
        }
      }
    });
  });

  test("refuses numbers where pointers should be, and does not look there", () => {
    withSymbols((symbols) => {
      const own = AVUTIL_ABIS.find((abi) => abi.major === major)!;
      const { sizeof } = own.structs.AVPixFmtDescriptor;
      const first = symbols.av_get_pix_fmt(cString("yuv440p"));
      for (const address of [0, 16]) {
        const wild = {
          ...symbols,
          av_pix_fmt_desc_get: (number: number) => address + (number - first) * sizeof!,
        };
        const error = assertThrows(() => checkAbi(wild, own), MediaError, own.name);
        assertEquals(error.code, "ABI_MISMATCH");
      }
    });
  });
});
