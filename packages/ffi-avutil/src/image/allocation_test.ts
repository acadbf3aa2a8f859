import { writeFile } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rmSync } from "node:fs";
import process from "node:process";
import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { releaseKeptMemory } from "@mediamem/ffi";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";

const { image, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("allocImage() of libavutil", () => {
  it("gives aligned native memory with planes inside", () => {
    using picture = image.allocImage("yuv420p", 33, 17, 32);
    assertEquals(picture.size, 64 * 17 + 2 * 32 * 9);
    assertEquals(picture.memory.length, picture.size);
    assertEquals(picture.address % 16, 0);
    assertEquals(
      picture.planes.map(({ offset, linesize }) => [offset, linesize]),
      [[0, 64], [1088, 32], [1376, 32]],
    );
    image.fillBlack(picture.planes, "yuv420p", "tv", 33, 17);
    assertEquals([picture.memory[0], picture.memory[1088], picture.memory[1376]], [16, 128, 128]);
  });

  it("gives a palette its plane", () => {
    using picture = image.allocImage("pal8", 3, 5, 4);
    assertEquals(picture.planes.map(({ offset, linesize }) => [offset, linesize]), [[0, 4], [20, 0]]);
    assertEquals(picture.size, 20 + 1024);
    assertEquals(codeOf(() => image.allocImage("pal8", 3, 5, 1)), "EINVAL");
  });

  it("takes the memory away from every view", () => {
    const picture = image.allocImage("rgb24", 3, 1, 4);
    const part = picture.memory.subarray(2);
    const { planes } = picture;
    picture.free();
    assertEquals([picture.memory.length, part.length, planes[0]!.memory.length], [0, 0, 0]);
    part[0] = 1;
    assertEquals(part[0], undefined);
    assertEquals(codeOf(() => image.fillBlack(planes, "rgb24", "pc", 3, 1)), "USE_AFTER_FREE");
    assertEquals(
      codeOf(() => image.copyToBuffer(new Uint8Array(99), planes, "rgb24", 3, 1, 1)),
      "USE_AFTER_FREE",
    );
  });

  it("is freed once", () => {
    using picture = image.allocImage("gray", 4, 1, 4);
    picture.free();
    const error = assertThrows(() => picture.free(), MediaError);
    assertEquals([error.code, error.op], ["DOUBLE_FREE", "av_freep"]);
  });

  it("may outlive its backend", () => {
    const backend = loadAvutil();
    const picture = backend.image.allocImage("gray", 4, 1, 4);
    backend[Symbol.dispose]();
    assertEquals(codeOf(() => backend.image.bufferSize("gray", 3, 1, 1)), "USE_AFTER_FREE");
    picture.memory[0] = 7;
    picture.free();
    assertEquals(picture.memory.length, 0);
  });

  it("is kept while an asynchronous write still reads it", async () => {
    const picture = image.allocImage("gray", 1024, 1024, 4);
    const path = join(tmpdir(), `mediamem-picture-${process.pid}`);
    await new Promise<void>((done) => {
      writeFile(path, picture.memory, () => done());
      picture.free();
    });
    rmSync(path, { force: true });
    assertEquals([releaseKeptMemory(), picture.memory.length], [0, 0]);
  });

  it("refuses what C refuses", () => {
    assertEquals(codeOf(() => image.allocImage("cuda", 3, 1, 1)), "EINVAL");
    assertEquals(codeOf(() => image.allocImage("gray", 0, 1, 1)), "EINVAL");
    assertEquals(codeOf(() => image.allocImage("gray", 17, 1, -1)), "EINVAL");
    assertThrows(() => image.allocImage("gray", 3, 1, 0.5), TypeError);
  });

  it("uses no more memory after 20000 pictures", () => {
    const round = (count: number): void => {
      for (let i = 0; i < count; i++) image.allocImage("yuv420p", 321, 241, 32).free();
    };
    round(2000);
    const before = process.memoryUsage().rss;
    round(20_000);
    const grown = process.memoryUsage().rss - before;
    assert(grown < 64 * 2 ** 20, `RSS grew by ${grown} bytes`);
  });
});
