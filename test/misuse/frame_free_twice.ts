/** Frees a frame twice. */
import { mistake } from "./mistake.ts";

await mistake(({ frames }) => {
  const [frame] = takeFrame();
  giveBack();
  giveBack();

  function takeFrame() {
    // In an array: a tail call would leave no frame.
    return [frames.alloc()] as const;
  }
  function giveBack(): void {
    frame.free();
  }
});
