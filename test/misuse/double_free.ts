/** Frees a block twice. */
import { mistake } from "./mistake.ts";

await mistake(({ memory }) => {
  const [address] = takeBlock();
  giveBack();
  giveBack();

  function takeBlock() {
    // In an array: a tail call would leave no frame.
    return [memory.malloc(100)] as const;
  }
  function giveBack(): void {
    memory.free(address);
  }
});
