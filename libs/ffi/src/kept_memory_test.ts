import { readFileSync, rmSync, writeFile } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { addressOf, memory, releaseKeptMemory, releaseMemory, stable } from "@mediamem/ffi";

describe("releaseMemory()", () => {
  it("revokes first and frees then, once", () => {
    const owner = stable(8);
    const view = memory(addressOf(owner), 8);
    const seen: number[] = [];
    assertEquals(releaseMemory(view, () => seen.push(view.bytes.length)), true);
    assertEquals([seen, releaseKeptMemory()], [[0], 0]);
  });

  it("keeps memory that an asynchronous write still reads, and frees it when asked again", async () => {
    const owner = stable(1 << 20).fill(7);
    const view = memory(addressOf(owner), owner.length);
    const path = join(tmpdir(), `mediamem-kept-${process.pid}`);
    let freed = 0;
    let pinned = false;
    try {
      await new Promise<void>((done) => {
        writeFile(path, view.bytes, () => done());
        pinned = !releaseMemory(view, () => freed++);
        assertEquals([freed, view.bytes.length], pinned ? [0, owner.length] : [1, 0]);
      });
      assertEquals([releaseKeptMemory(), freed, view.bytes.length], [0, 1, 0]);
      // Bun pins the view and writes all of it; Deno gives it up and writes nothing or fails.
      if (pinned) assertEquals(readFileSync(path).every((byte) => byte === 7), true);
    } finally {
      rmSync(path, { force: true });
    }
    assertEquals(pinned, process.versions.bun !== undefined);
  });
});
