/**
 * The error that a callback threw while C was running.
 *
 * It cannot pass through C: Deno swallows it, Bun stops calling JavaScript. So the callback leaves it here and gives C its failure
 * value, and the wrapper of the C function that was called throws it, unchanged.
 */
export interface Trap {
  pending: boolean;
  error: unknown;
}

/** The one trap of this thread. */
export const trap: Trap = { pending: false, error: undefined };

/** Throws what the trap holds and empties it. */
export function rethrow(): never {
  const { error } = trap;
  trap.pending = false;
  trap.error = undefined;
  throw error;
}
