/** Forgets to free a block and to give a reference back. */
import { assertNoLeaks } from "@mediamem/core-ts/memory";
import { mistake } from "./mistake.ts";

await mistake(({ ledger, memory, buffers }) => {
  const scope = ledger.scope();
  memory.free(memory.malloc(10));
  forgetBlock();
  forgetReference();
  assertNoLeaks(scope);

  function forgetBlock(): void {
    memory.malloc(700);
  }
  function forgetReference(): void {
    buffers.alloc(300).ref().unref();
  }
});
