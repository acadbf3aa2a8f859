/** Gives a number and its unit, with an s unless it is one: `1 byte`, `2 bytes`. */
export function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
