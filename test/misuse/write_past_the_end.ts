/** Writes one byte past the end of a block. */
import { mistake } from "./mistake.ts";

await mistake(({ memory }) => {
  const address = memory.malloc(100);
  memory.write(address + 1, new Uint8Array(100));
});
