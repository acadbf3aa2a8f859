import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError, type Plane, type RuleSet } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { testedAvutil } from "../tested_avutil.ts";

const { image, missing } = testedAvutil();
const it = itUnless(missing);

/** More than C could write behind a small array without a fault. */
const FAR = 1 << 26;

function plane(memory: Uint8Array, linesize = 8192): Plane {
  return { memory, offset: 0, linesize };
}

/** A field that gives one value a few times, to whoever checks it, and then another. */
function changing<T>(count: number, first: T, then: T): () => T {
  let read = 0;
  return () => read++ < count ? first : then;
}

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("libavutil, called with arguments that lie", () => {
  it("gets no more of a plane than the array has, whatever its length says", () => {
    const memory = new Uint8Array(8);
    Object.defineProperty(memory, "length", { value: 2 * FAR });
    assertEquals(codeOf(() => image.fillBlack([plane(memory)], "gray", "tv", 8192, 8000)), "EINVAL");
    const src = [plane(new Uint8Array(FAR))];
    assertEquals(codeOf(() => image.copyToBuffer(memory, src, "gray", 8192, 8000, 1)), "EINVAL");
    assertEquals(codeOf(() => image.copyImage([plane(memory)], src, "gray", 8192, 8000)), "EINVAL");
  });

  it("gets no more samples than there are, and of the size that they have", () => {
    const src = [plane(new Uint8Array(FAR))];
    const short = new Uint16Array(4);
    Object.defineProperty(short, "length", { value: FAR });
    assertEquals(codeOf(() => image.readImageLine(short, src, "gray", 0, 0, 0, FAR)), "EINVAL");
    for (const lie of ["BYTES_PER_ELEMENT", "prototype"]) {
      const buffer = new ArrayBuffer(16);
      const narrow = new Uint16Array(buffer, 0, 4);
      if (lie === "prototype") Object.setPrototypeOf(narrow, Uint32Array.prototype);
      else Object.defineProperty(narrow, lie, { value: 4 });
      image.readImageLine(narrow, [plane(Uint8Array.of(1, 2, 3, 4))], "gray", 0, 0, 0, 4);
      assertEquals([...new Uint16Array(buffer)], [1, 2, 3, 4, 0, 0, 0, 0]);
    }
  });

  it("gets memory that says it has no bytes, not NULL", () => {
    const memory = new Uint8Array(4);
    Object.defineProperty(memory, "byteLength", { value: 0 });
    image.fillBlack([plane(memory, 4)], "gray", "tv", 4, 1);
    assertEquals([...memory], [16, 16, 16, 16]);
    const samples = new Uint16Array(1);
    Object.defineProperty(samples, "byteLength", { value: 0 });
    image.readImageLine(samples, [plane(memory, 4)], "gray", 0, 0, 0, 1);
    assertEquals(samples[0], 16);
  });

  it("gets what was checked where a field changes between two looks", () => {
    for (let reads = 1; reads < 8; reads++) {
      const offset = changing(reads, 0, 2 ** 40);
      const memory = new Uint8Array(64);
      const dst = {
        memory,
        get offset(): number {
          return offset();
        },
        linesize: 8,
      };
      const source = plane(new Uint8Array(64).fill(7), 8);
      image.copyPlane(dst, source, 8, 4);
      const other = changing(reads, 0, 2 ** 40);
      Object.defineProperty(dst, "offset", { get: other });
      image.copyImage([dst], [source], "gray", 8, 4);
      assertEquals(memory.filter((byte) => byte === 7).length, 32);
    }
  });

  it("comes to an end where the align changes between two looks", () => {
    for (let reads = 1; reads < 8; reads++) {
      const align = changing(reads, 32, 2147483647);
      const rules = {
        name: "ffmpegFrame",
        get align(): number {
          return align();
        },
      } as RuleSet;
      try {
        image.imageLayout("monow", 17, 13, rules);
      } catch (error) {
        assertEquals(error instanceof MediaError && error.code, "EINVAL");
      }
    }
  });

  it("does not walk through 2^31 rows without bytes", () => {
    const rows = 2147483647;
    const dst = plane(new Uint8Array(64), 8);
    image.copyPlane(dst, dst, 0, rows);
    image.copyImage([dst], [dst], "gray", 0, rows);
    image.copyImageUcFrom([dst], [dst], "gray", 0, rows);
    image.fillBlack([dst], "gray", "tv", 0, rows);
    assertEquals(dst.memory, new Uint8Array(64));
  });

  it("takes no proxy for memory", () => {
    const memory = new Proxy(new Uint8Array(64), {});
    assertThrows(
      () => image.fillBlack([plane(memory, 8)], "gray", "tv", 8, 8),
      TypeError,
      "wanted a Uint8Array",
    );
  });
});
