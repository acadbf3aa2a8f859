/** Asks an arena for more than is left. */
import { Arena } from "@mediamem/core-ts/memory";
import { mistake } from "./mistake.ts";

await mistake(() => {
  const arena = Arena.create(new ArrayBuffer(4096));
  using _scope = arena.scope();
  arena.alloc(3000);
  arena.alloc(3000);
});
