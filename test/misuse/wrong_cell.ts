/** Adds to an array whose count says more than its block holds. */
import { mistake } from "./mistake.ts";

await mistake(({ memory }) => {
  const cell = { address: memory.malloc(16), count: 3 };
  memory.dynarrayAdd(cell, 0);
});
