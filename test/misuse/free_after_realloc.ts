/** Frees the address that a block had before it moved. */
import { mistake } from "./mistake.ts";

await mistake(({ memory }) => {
  const { address } = takeBlock();
  memory.malloc(100);
  if (moveBlock(address).address === address) return;
  memory.free(address);

  function takeBlock(): { address: number } {
    return { address: memory.malloc(100) };
  }
  function moveBlock(address: number): { address: number } {
    return { address: memory.realloc(address, 5_000_000) };
  }
});
