/** Takes more than there may be. */
import { mistake } from "./mistake.ts";

await mistake(({ ledger, memory, buffers }) => {
  ledger.limitBytes = 1000;
  takeMuch();
  using _some = buffers.alloc(200);
  memory.malloc(101);

  function takeMuch() {
    // In an array: a tail call would leave no frame.
    return [memory.malloc(700)] as const;
  }
});
