/** Wants to see a block after it was freed: the map of something that is not there. */
import { mistake } from "./mistake.ts";

await mistake(({ memory }) => {
  const [address] = takeBlock();
  giveBack();
  memory.unsafeView(address, 100);

  function takeBlock() {
    // In an array: a tail call would leave no frame.
    return [memory.malloc(100)] as const;
  }
  function giveBack(): void {
    memory.free(address);
  }
});
