/** Reads a block after it was freed. */
import { mistake } from "./mistake.ts";

await mistake(({ memory }) => {
  const [address] = takeBlock();
  giveBack();
  memory.read(address, 10);

  function takeBlock() {
    // In an array: a tail call would leave no frame.
    return [memory.mallocz(100)] as const;
  }
  function giveBack(): void {
    memory.free(address);
  }
});
