import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { addressOf, stable } from "@mediamem/ffi";
import { collectGarbage, itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";
import { BufferViews } from "./buffer_views.ts";

const { missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("memory that was moved away", () => {
  it("is copied by no call where it was the program's", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const data = new Uint8Array(new ArrayBuffer(5000));
    const ref = buffers.create(data);
    const other = ref.ref();
    data.buffer.transfer(0);
    assertEquals(codeOf(() => other.makeWritable()), "USE_AFTER_FREE");
    assertEquals(codeOf(() => buffers.realloc(other, 9000)), "USE_AFTER_FREE");
    assertEquals([other.size, other.refCount], [5000, 2]);
    other.unref();
    ref.unref();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });

  it("is not poisoned where it was the program's", () => {
    using backend = loadAvutil();
    const data = new Uint8Array(new ArrayBuffer(101));
    using pool = backend.buffers.poolInit(101, { poison: 5, allocate: () => backend.buffers.create(data) });
    const ref = pool.get();
    const moved = new Uint8Array(data.buffer.transfer());
    ref.unref();
    assertEquals(moved, new Uint8Array(101));
  });

  it("is known to be seen by somebody, also when the view that was moved is collected", async () => {
    const owner = stable(4096);
    const views = new BufferViews();
    const address = addressOf(owner);
    // In a function of its own, so that no stack frame holds the view.
    const moved = (() => {
      const { buffer } = views.show(address, 9, address, 4096);
      return new Uint8Array(buffer.transfer());
    })();
    let rounds = 0;
    await collectGarbage(() => ++rounds > 5);
    assertEquals([views.revoke(), moved.length], [false, 4096]);
  });

  it("is found at its real place, whatever its class says", () => {
    using backend = loadAvutil();
    class Lying extends Uint8Array {
      override get byteOffset(): number {
        return 5000;
      }
      override get buffer(): ArrayBuffer {
        return new ArrayBuffer(3);
      }
    }
    const data = new Lying(100);
    using ref = backend.buffers.create(data);
    ref.narrow(10, 21);
    ref.data[0] = 7;
    assertEquals([ref.data.length, data[10]], [21, 7]);
  });
});
