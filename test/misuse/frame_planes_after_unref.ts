/** Looks at the planes of a frame that was given back. */
import { mistake } from "./mistake.ts";

await mistake(({ frames }) => {
  const frame = frames.alloc();
  frame.format = "yuv420p";
  frame.width = 33;
  frame.height = 17;
  frame.getBuffer();
  const { memory } = frame.planes[2]!;
  giveBack();
  if (memory.length !== 0 || memory[0] !== undefined) return;
  frame.planes;

  function giveBack(): void {
    frame.free();
  }
});
