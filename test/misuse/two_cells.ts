/** Frees the block of a cell of which there was a copy, and then that of the copy. */
import type { PointerCell } from "@mediamem/interface";
import { mistake } from "./mistake.ts";

await mistake(({ memory }) => {
  const cell = takeBlock();
  const copy = { ...cell };
  giveBack(cell);
  memory.freep(copy);

  function takeBlock(): PointerCell {
    return { address: memory.malloc(100) };
  }
  function giveBack(cell: PointerCell): void {
    memory.freep(cell);
  }
});
