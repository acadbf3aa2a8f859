/** Looks at a buffer through a reference that was given back. */
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  const [reference] = takeReference();
  const { data } = reference;
  giveBack();
  if (data.length !== 0 || data[0] !== undefined) return;
  data[0] = 1;
  reference.data;

  function takeReference() {
    // In an array: a tail call would leave no frame.
    return [buffers.allocz(100)] as const;
  }
  function giveBack(): void {
    reference.unref();
  }
});
