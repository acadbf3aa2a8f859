/** Reads the byte before a block. */
import { mistake } from "./mistake.ts";

await mistake(({ memory }) => {
  const address = memory.malloc(100);
  memory.read(address - 1, 1);
});
