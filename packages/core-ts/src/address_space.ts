/** What every address is a multiple of: the alignment of `av_malloc` where it may use AVX-512. */
export const ADDRESS_ALIGN = 64;

/** A heap's addresses lie below: no block is ever freed by the address of a buffer. */
let next = 2 ** 32;

/**
 * Gives a run of `size` addresses that no other allocation has or will have.
 *
 * TypeScript memory has no addresses; these are numbers of a space that only grows, so that two allocations never share one, freed
 * or not, and 0 stays NULL. At 1 GB a second it lasts for a hundred days before 2^53.
 */
export function reserveAddresses(size: number): number {
  const address = next;
  // One more unit keeps an empty allocation and the end of a full one apart from the next.
  next += (Math.floor(size / ADDRESS_ALIGN) + 1) * ADDRESS_ALIGN;
  return address;
}
