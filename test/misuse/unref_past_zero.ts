/** Gives a reference back twice. */
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  const [reference] = takeReference();
  giveBack();
  giveBack();

  function takeReference() {
    // In an array: a tail call would leave no frame.
    return [buffers.alloc(100)] as const;
  }
  function giveBack(): void {
    reference.unref();
  }
});
