/** Makes a block larger after it was freed. */
import { mistake } from "./mistake.ts";

await mistake(({ memory }) => {
  const [address] = takeBlock();
  giveBack();
  memory.realloc(address, 200);

  function takeBlock() {
    // In an array: a tail call would leave no frame.
    return [memory.malloc(100)] as const;
  }
  function giveBack(): void {
    memory.free(address);
  }
});
