/** Takes memory for a frame that has some, which C leaks. */
import { mistake } from "./mistake.ts";

await mistake(({ frames }) => {
  using frame = frames.alloc();
  frame.format = "yuv420p";
  frame.width = 33;
  frame.height = 17;
  frame.getBuffer();
  frame.getBuffer();
});
