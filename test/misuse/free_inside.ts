/** Frees an address in the middle of a block. */
import { mistake } from "./mistake.ts";

await mistake(({ memory }) => {
  const address = memory.malloc(100);
  memory.free(address + 16);
});
