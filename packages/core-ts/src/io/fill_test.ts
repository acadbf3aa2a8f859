import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { fill } from "./fill.ts";
import { IoState } from "./io_state.ts";
import { runSteps } from "./run_steps.ts";

/** A context with a buffer of `size` bytes that was made larger, and how much each refill asked for. */
function grown(size: number): { state: IoState; asked: number[] } {
  const asked: number[] = [];
  const read = (bytes: Uint8Array): number => asked.push(bytes.length) && bytes.length;
  const state = new IoState(new Uint8Array(size), { read }, false);
  state.replaceBuffer(10);
  return { state, asked };
}

describe("fill()", () => {
  it("brings a buffer that was made larger back to its size, once what is in it was read", () => {
    const { state, asked } = grown(4);
    runSteps(state, fill(state));
    state.bufPtr = state.bufEnd;
    runSteps(state, fill(state));
    assertEquals([asked, state.buffer.length], [[4, 4], 4]);
  });

  it("leaves a buffer as large as it was made where it had no bytes at first", () => {
    const { state, asked } = grown(0);
    runSteps(state, fill(state));
    state.bufPtr = state.bufEnd;
    runSteps(state, fill(state));
    assertEquals([asked, state.buffer.length], [[10, 10], 10]);
  });
});
