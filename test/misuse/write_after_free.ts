/** Writes to a block after it was freed. */
import { mistake } from "./mistake.ts";

await mistake(({ memory }) => {
  const [address] = takeBlock();
  giveBack();
  memory.write(address + 50, new Uint8Array(10));

  function takeBlock() {
    // In an array: a tail call would leave no frame.
    return [memory.calloc(10, 10)] as const;
  }
  function giveBack(): void {
    memory.free(address);
  }
});
