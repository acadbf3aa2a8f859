import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import type { SymbolTable } from "@mediamem/ffi";
import { itUnless, missingHeader, runC } from "@mediamem/testing";
import { AVUTIL_SYMBOLS, MEMORY_SYMBOLS, SYMBOL_VERSIONS, VERSION_SYMBOLS } from "./symbols.ts";

const TABLE: SymbolTable = { ...VERSION_SYMBOLS, ...MEMORY_SYMBOLS, ...AVUTIL_SYMBOLS };

/** A parameter or a result: the value type of the table, the C type of the comment beside it. */
interface Declared {
  readonly type: string;
  readonly c: string;
}

/** A function as the source of the table declares it. */
interface DeclaredFunction {
  readonly name: string;
  readonly parameters: readonly Declared[];
  readonly result: Declared;
}

/** Reads the source: the comments are what is held against the headers. */
function declarations(): DeclaredFunction[] {
  const files = [
    "symbols.ts",
    ...readdirSync(new URL("./symbols/", import.meta.url)).map((file) => `symbols/${file}`),
  ];
  const source = files.map((file) => readFileSync(new URL(file, import.meta.url), "utf8")).join("\n");
  const found: DeclaredFunction[] = [];
  for (
    const [, name, list, type, c] of source.matchAll(
      /^ {2}(\w+): \{\n {4}parameters: \[([^\]]*(?:\[4\][^\]]*)*)\],\n {4}result: "(\w+)", \/\/ (.+)$/gm,
    )
  ) {
    const parameters = [...list!.matchAll(/"(\w+)", \/\/ (.+)$/gm)].map((match) => ({
      type: match[1]!,
      c: match[2]!,
    }));
    found.push({ name: name!, parameters, result: { type: type!, c: c! } });
  }
  return found;
}

/** Bytes and sign of the value types that are C integers. */
const INTEGERS: Readonly<Record<string, readonly [bytes: number, signed: boolean]>> = {
  i32: [4, true],
  u32: [4, false],
  i64: [8, true],
  isize: [8, true],
  usize: [8, false],
  u64n: [8, false],
};

/** The type in a declaration of a parameter, without its name: `int linesizes[4]` is an `int *`. */
function typeOf(declaration: string): string {
  if (declaration.includes("(*")) return declaration.replace(/\(\*\w+\)/, "(*)");
  const array = /\[4\]$/.test(declaration);
  const type = declaration.replace(/\w+(\[4\])?$/, "").trim();
  return array ? `${type} *` : type;
}

/** What a C compiler must agree to for one value. `c` has no name in it. */
function agreement({ type, c }: Declared): string {
  if (type === "void") return `_Static_assert(__builtin_types_compatible_p(${c}, void), "void");`;
  if (c.endsWith("*") || c.includes("(*)")) {
    assert(type === "pointer" || type === "buffer", `${c} is declared as ${type}`);
    return `_Static_assert(sizeof(${c}) == 8, "${c}");`;
  }
  const [bytes, signed] = INTEGERS[type]!;
  const size = `_Static_assert(sizeof(${c}) == ${bytes}, "${c}");`;
  // The sign of an enumeration is the compiler's choice, and a struct has none.
  if (c.startsWith("enum ") || c === "AVRational") return size;
  return `${size}\n_Static_assert((((${c})-1) < 0) == ${signed ? 1 : 0}, "sign of ${c}");`;
}

/** A program that does not compile where a declaration differs from the header. */
function program(functions: readonly DeclaredFunction[]): string {
  const checks = functions.map(({ name, parameters, result }) => {
    const since = (SYMBOL_VERSIONS as Readonly<Record<string, readonly [number, number]>>)[name] ?? [0, 0];
    const types = parameters.map(({ c }) => c).join(", ") || "void";
    const values = parameters.map(({ type, c }) => agreement({ type, c: typeOf(c) }));
    return `#if LIBAVUTIL_VERSION_INT >= AV_VERSION_INT(${since[0]}, ${since[1]}, 0)
_Static_assert(__builtin_types_compatible_p(__typeof__(&${name}), ${result.c} (*)(${types})), "${name}");
${[...values, agreement(result)].join("\n")}
#endif`;
  });
  // const came to some parameters in later versions; it says nothing about how a value is passed.
  return `#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>
#define const
#include <libavutil/avutil.h>
#include <libavutil/buffer.h>
#include <libavutil/frame.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/mem.h>
#include <libavutil/pixdesc.h>
${checks.join("\n")}
int main(void) {
  puts("agreed");
  return 0;
}
`;
}

/** Functions with sizes that are an `int` in libavutil 56 and a `size_t` later; both are passed alike as long as they are small. */
const SIZES_OF_56: readonly string[] = [
  "av_buffer_alloc",
  "av_buffer_allocz",
  "av_buffer_create",
  "av_buffer_realloc",
  "av_buffer_pool_init",
  "av_buffer_pool_init2",
];

function comparable(functions: readonly DeclaredFunction[], major: number): readonly DeclaredFunction[] {
  return major === 56 ? functions.filter(({ name }) => !SIZES_OF_56.includes(name)) : functions;
}

describe("the symbol tables", () => {
  const functions = declarations();

  it("have a C declaration beside every parameter and result", () => {
    assertEquals(functions.map(({ name }) => name).sort(), Object.keys(TABLE).sort());
    for (const { name, parameters, result } of functions) {
      const symbol = TABLE[name]!;
      assert("parameters" in symbol, name);
      assertEquals(parameters.map(({ type }) => type), [...symbol.parameters], name);
      assertEquals(result.type, symbol.result, name);
    }
  });

  it("know since when each optional symbol is there", () => {
    const optional = Object.keys(TABLE).filter((name) => TABLE[name]!.optional === true);
    assertEquals(optional.sort(), Object.keys(SYMBOL_VERSIONS).sort());
  });

  const test = itUnless(missingHeader("libavutil/imgutils.h"));

  test("agree with the installed headers in count, type and width of everything", () => {
    const version = "#include <libavutil/avutil.h>\n#include <stdio.h>\n" +
      'int main(void) { printf("%d", LIBAVUTIL_VERSION_MAJOR); return 0; }\n';
    assertEquals(runC(program(comparable(functions, Number(runC(version))))), "agreed\n");
  });

  test("would not agree with a wrong width or a parameter too few", () => {
    const wrong = (name: string, change: (declared: DeclaredFunction) => DeclaredFunction): boolean => {
      const changed = functions.filter((declared) => declared.name === name).map(change);
      try {
        runC(program(changed));
        return false;
      } catch {
        return true;
      }
    };
    assert(
      wrong(
        "av_image_get_linesize",
        (declared) => ({ ...declared, parameters: declared.parameters.slice(1) }),
      ),
    );
    assert(
      wrong("av_image_check_size2", (declared) => ({
        ...declared,
        parameters: declared.parameters.map(({ type, c }) => ({ type: type === "i64" ? "i32" : type, c })),
      })),
    );
    assert(
      wrong("av_image_check_size", (declared) => ({
        ...declared,
        parameters: declared.parameters.map(({ type, c }) => ({ type: type === "u32" ? "i32" : type, c })),
      })),
    );
  });
});
