import process from "node:process";
import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { callback, load, type ValueType } from "@mediamem/ffi";
import { itUnless, missingCompiler, withCompiled } from "@mediamem/testing";

/** The C type that a value type stands for, its bytes, and its extreme values. */
const TYPES: readonly (readonly [ValueType & string, string, number, bigint, bigint])[] = [
  ["i8", "int8_t", 1, -128n, 127n],
  ["u8", "uint8_t", 1, 0n, 255n],
  ["i16", "int16_t", 2, -32768n, 32767n],
  ["u16", "uint16_t", 2, 0n, 65535n],
  ["i32", "int32_t", 4, -(2n ** 31n), 2n ** 31n - 1n],
  ["u32", "uint32_t", 4, 0n, 2n ** 32n - 1n],
  ["i64", "int64_t", 8, -(2n ** 63n), 2n ** 63n - 1n],
  ["u64", "uint64_t", 8, 0n, 2n ** 64n - 1n],
  ["isize", "ptrdiff_t", 8, -(2n ** 63n), 2n ** 63n - 1n],
  ["usize", "size_t", 8, 0n, 2n ** 64n - 1n],
  ["i64n", "int64_t", 8, -(2n ** 63n), 2n ** 63n - 1n],
  ["u64n", "uint64_t", 8, 0n, 2n ** 64n - 1n],
  ["pointer", "uintptr_t", 8, 0n, 2n ** 64n - 1n],
];

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** For each type: its size, its extremes, itself passed through, itself passed through a callback, itself as text. */
const SOURCE = `
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
${
  TYPES.map(([name, type, , min, max]) => `
size_t size_${name}(void) { return sizeof(${type}); }
${type} min_${name}(void) { return (${type})${min < 0n ? `(${min + 1n}LL - 1)` : `${min}ULL`}; }
${type} max_${name}(void) { return (${type})${max}ULL; }
${type} pass_${name}(${type} value) { return value; }
${type} call_${name}(${type} (*f)(${type}), ${type} value) { return f(value); }
void text_${name}(char *text, ${type} value) { sprintf(text, "${min < 0n ? "%lld" : "%llu"}", (${
    min < 0n ? "long long" : "unsigned long long"
  })value); }
`).join("")
}
float pass_f32(float value) { return value; }
double pass_f64(double value) { return value; }
double call_f64(double (*f)(double, float), double value) { return f(value, 0.5f); }
int64_t mixed(int8_t a, uint64_t b, float c, const uint8_t *d, uint16_t e, double f, int64_t g, uint8_t *h, int32_t i) {
  return a + (int64_t)b + (int64_t)c + *d + e + (int64_t)f + g + *h + i;
}
int64_t rational(uint64_t q) { return (int32_t)q * 1000LL + (int32_t)(q >> 32); }
`;

const test = itUnless(missingCompiler());

/** The functions of the probe for one type, without their static types: the loop goes over the types. */
// deno-lint-ignore no-explicit-any
type Probe = Record<string, (...args: any[]) => any>;

function probe(path: string, name: string): Probe {
  const type = name as "i32";
  const table = {
    [`size_${name}`]: { parameters: [], result: "usize" },
    [`min_${name}`]: { parameters: [], result: type },
    [`max_${name}`]: { parameters: [], result: type },
    [`pass_${name}`]: { parameters: [type], result: type },
    [`call_${name}`]: { parameters: ["pointer", type], result: type },
    [`text_${name}`]: { parameters: ["buffer", type], result: "void" },
  } as const;
  return open(path, table) as unknown as Probe;
}

function open(path: string, symbols: Parameters<typeof load>[0]["symbols"]): Probe {
  const slash = path.lastIndexOf("/");
  process.env.MEDIAMEM_PROBE = path;
  try {
    return load({
      library: "the probe",
      environment: "MEDIAMEM_PROBE",
      candidates: [path.slice(slash + 1)],
      symbols,
    }).symbols as unknown as Probe;
  } finally {
    delete process.env.MEDIAMEM_PROBE;
  }
}

describe("the value types", () => {
  test("have the width and the sign of their C types, as arguments, results and in callbacks", () => {
    withCompiled(SOURCE, ["-shared", "-fPIC"], (path) => {
      for (const [name, , size, min, max] of TYPES) {
        const functions = probe(path, name);
        const big = name.endsWith("n");
        const exact = (value: bigint): boolean =>
          big || BigInt(Number(value)) === value && (name !== "pointer" || value <= SAFE);
        assertEquals(functions[`size_${name}`]!(), size, name);
        for (const [which, value] of [["min", min], ["max", max]] as const) {
          const get = functions[`${which}_${name}`]!;
          if (exact(value)) assertEquals(get(), big ? value : Number(value), `${which} of ${name}`);
          else assertEquals(assertThrows(get, MediaError).code, "ERANGE", `${which} of ${name}`);
        }
        const limit = (value: bigint): bigint =>
          big || size < 8 ? value : value < 0n ? -SAFE : value > 0n ? SAFE : 0n;
        const middle = (limit(min) + limit(max)) / 2n;
        for (const value of [limit(min), limit(min) + 1n, middle, 0n, 1n, limit(max) - 1n, limit(max)]) {
          const given = big ? value : Number(value);
          assertEquals(functions[`pass_${name}`]!(given), given, `${name} ${value}`);
          const text = new Uint8Array(32);
          functions[`text_${name}`]!(text, given);
          assertEquals(new TextDecoder().decode(text).replace(/\0.*/, ""), String(value), name);
          const seen: unknown[] = [];
          using echo = callback(
            { parameters: [name as "i32"], result: name as "i32", failure: (big ? 0n : 0) as number },
            (argument) => {
              seen.push(argument);
              return argument;
            },
          );
          assertEquals(
            functions[`call_${name}`]!(echo.address, given),
            given,
            `${name} ${value} in a callback`,
          );
          assertEquals(seen, [given]);
        }
        // A number just below -2^63 is -2^63 itself; the next one that is different is 2048 away.
        const below = size === 8 && !big && min < 0n ? min - 2048n : min - 1n;
        for (const value of [below, max + 1n]) {
          const given = big ? value : Number(value);
          assertThrows(
            () => functions[`pass_${name}`]!(given),
            MediaError,
            name === "pointer" ? "2^53" : "wanted",
          );
        }
      }
    });
  });

  test("pass floats", () => {
    withCompiled(SOURCE, ["-shared", "-fPIC"], (path) => {
      const { pass_f32, pass_f64, call_f64 } = open(path, {
        pass_f32: { parameters: ["f32"], result: "f32" },
        pass_f64: { parameters: ["f64"], result: "f64" },
        call_f64: { parameters: ["pointer", "f64"], result: "f64" },
      }) as { pass_f32: (x: number) => number; pass_f64: (x: number) => number; call_f64: Probe[string] };
      for (const value of [0.1, -1e300, Infinity, Number.MIN_VALUE, 2 ** 53]) {
        assertEquals(pass_f64(value), value);
      }
      assertEquals([pass_f32(0.5), pass_f32(0.1)], [0.5, Math.fround(0.1)]);
      assertEquals(Number.isNaN(pass_f64(NaN)), true);
      assertThrows(() => pass_f64("1" as unknown as number), TypeError);
      using half = callback({ parameters: ["f64", "f32"], result: "f64", failure: 0 }, (a, b) => a * b);
      assertEquals(call_f64(half.address, 3), 1.5);
    });
  });

  test("keep their places in a long list, and pack a rational into 64 bits", () => {
    withCompiled(SOURCE, ["-shared", "-fPIC"], (path) => {
      const { mixed, rational } = open(path, {
        mixed: {
          parameters: ["i8", "u64", "f32", "buffer", "u16", "f64", "i64", "buffer", "i32"],
          result: "i64",
        },
        rational: { parameters: ["u64n"], result: "i64" },
      }) as { mixed: Probe[string]; rational: Probe[string] };
      const bytes = new Uint8Array([100, 200]);
      assertEquals(
        mixed(-1, 2 ** 40, 3.5, bytes, 65535, 4.5, -(2 ** 41), bytes.subarray(1), -5),
        -(2 ** 40) + 65836,
      );
      const pack = (num: number, den: number): bigint => BigInt.asUintN(32, BigInt(num)) | BigInt(den) << 32n;
      for (const [num, den] of [[1, 25], [-1, 2 ** 31 - 1], [30000, 1001]] as const) {
        assertEquals(rational(pack(num, den)), num * 1000 + den);
      }
    });
  });
});
