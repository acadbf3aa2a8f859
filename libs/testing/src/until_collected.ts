/** How often garbage is made before it has to do. */
const ROUNDS = 500;

/**
 * Makes garbage until the garbage collector has done something, such as calling a finalizer; gives whether it has.
 *
 * There is no other way that every runtime has: no finalizer runs before the event loop has turned.
 */
export async function untilCollected(happened: () => boolean): Promise<boolean> {
  for (let round = 0; round < ROUNDS && !happened(); round++) {
    for (let i = 0; i < 2000; i++) new Uint8Array(new ArrayBuffer(10_000));
    await new Promise((turned) => setTimeout(turned, 0));
  }
  return happened();
}
