/** Ends an outer scope of an arena while an inner one is open. */
import { Arena } from "@mediamem/core-ts/memory";
import { mistake } from "./mistake.ts";

await mistake(() => {
  const arena = Arena.create(new ArrayBuffer(4096));
  const outer = arena.scope();
  arena.alloc(100);
  const _inner = arena.scope();
  outer[Symbol.dispose]();
});
