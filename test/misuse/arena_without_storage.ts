/** Opens a scope of an arena whose storage was transferred elsewhere. */
import { Arena } from "@mediamem/core-ts/memory";
import { mistake } from "./mistake.ts";

await mistake(() => {
  const storage = new ArrayBuffer(4096);
  const arena = Arena.create(storage);
  structuredClone(storage, { transfer: [storage] });
  using _scope = arena.scope();
  arena.alloc(100);
});
