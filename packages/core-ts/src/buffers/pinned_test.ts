import { mkdtempSync, readFileSync, rmSync, writeFile } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { assertEmpty, makeCore } from "./testdata/core_test.ts";

/** Has the runtime write bytes to a file while `use` runs. Gives what it wrote; null where it found the bytes gone. */
async function whileWriting(data: Uint8Array, use: () => void): Promise<Uint8Array | null> {
  const folder = mkdtempSync(join(tmpdir(), "mediamem-"));
  const file = join(folder, "bytes");
  try {
    const written = new Promise<boolean>((resolve) =>
      writeFile(file, data, (error) => resolve(error === null))
    );
    use();
    return await written ? readFileSync(file) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("memory that a runtime still writes from", () => {
  it("is not handed out again where its views cannot be ended", async () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(1 << 20);
    const ref = pool.get();
    const data = ref.data.fill(1);
    let pinned = false;
    const written = await whileWriting(data, () => {
      ref.unref();
      pinned = data.length > 0;
      assertEquals([pool.stats().idle, pool.stats().freed], pinned ? [0, 1] : [1, 0]);
      const next = pool.get();
      next.data.fill(2);
      if (pinned) assert(data.every((byte) => byte === 1));
      next.unref();
    });
    if (pinned) assert(written!.every((byte) => byte === 1));
    pool.uninit();
    assertEmpty(core);
  });

  it("can be given back and made larger all the same", async () => {
    const core = makeCore();
    const ref = core.buffers.realloc(null, 1 << 20);
    const data = ref.data.fill(1);
    await whileWriting(data, () => {
      core.buffers.realloc(ref, 1 << 21);
      assertEquals([ref.data[0], ref.data.length], [1, 1 << 21]);
      ref.data.fill(2);
      if (data.length > 0) assert(data.every((byte) => byte === 1));
      ref.unref();
    });
    assertEmpty(core);
  });
});
