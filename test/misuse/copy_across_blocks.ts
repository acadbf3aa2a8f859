/** Repeats bytes that lie before the block. */
import { mistake } from "./mistake.ts";

await mistake(({ memory }) => {
  const address = memory.mallocz(100);
  memory.memcpyBackptr(address + 8, 16, 32);
});
