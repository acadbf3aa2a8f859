import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { blobSource, openSource } from "@mediamem/core-ts/io";

const BYTES = Uint8Array.from({ length: 100_003 }, (_, i) => i);

describe("blobSource()", () => {
  it("reads from any position, of any part", async () => {
    const blob = new Blob([BYTES.subarray(0, 5), BYTES.subarray(5), "text"]).slice(1, 100_003);
    await using io = openSource(blobSource(blob), { bufferSize: 1000 });
    assertEquals([io.size(), io.seekable], [100_002, true]);
    const into = new Uint8Array(2000);
    for (const position of [99_000, 0, 50_001, 3]) {
      assertEquals(await io.seekAsync(position), position);
      const count = await io.readAsync(into);
      assertEquals(into.subarray(0, count), BYTES.subarray(position + 1, position + 1 + count));
      assertEquals(count, Math.min(2000, 100_002 - position));
    }
  });

  it("reads nothing of an empty one", async () => {
    await using io = openSource(blobSource(new Blob()));
    assertEquals([io.size(), await io.readAsync(new Uint8Array(5))], [0, 0]);
  });

  it("hands on what reading fails with", async () => {
    const what = new DOMException("The file changed", "NotReadableError");
    const blob = new Blob(["abc"]);
    blob.slice = () => ({ arrayBuffer: () => Promise.reject(what) }) as unknown as Blob;
    await using io = openSource(blobSource(blob));
    assertStrictEquals(await assertRejects(() => io.r8Async()), what);
  });

  it("takes nothing but a Blob", () => {
    assertThrows(() => blobSource(BYTES as unknown as Blob), TypeError, "wanted a Blob");
  });
});
