import type { ArrayCell, FastCell, PointerCell } from "@mediamem/interface";
import { checkInt, checkInteger, checkUnsigned, invalid, show } from "@mediamem/checks";

/** Throws unless `value` is an integer from 0 up. */
export function checkSize(op: string, name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  checkInteger(op, name, value);
  invalid(op, `Cannot call ${op}: ${name} is ${value}, wanted at least 0`);
}

/** The bytes of `count` elements, which may be more than a number holds exactly. Throws as {@linkcode checkSize}. */
export function checkArray(op: string, count: number, size: number): number {
  checkSize(op, "count", count);
  checkSize(op, "size", size);
  return count * size;
}

/**
 * Reads the address of a cell, and sees to it that it can be written: what C does cannot be undone when the cell refuses to be told.
 *
 * Throws a `TypeError` for anything else. Whether the address is one is for `Blocks` to say.
 */
export function readAddress(op: string, cell: PointerCell): number {
  if (typeof cell !== "object" || cell === null) {
    throw new TypeError(`Cannot call ${op}: the cell is ${show(cell)}, wanted { address }`);
  }
  const { address } = cell;
  checkInteger(op, "address", address);
  cell.address = address;
  return address;
}

/** Reads the size of a cell, as {@linkcode readAddress} does. Throws `EINVAL` for what no C `unsigned` holds. */
export function readSize(op: string, cell: FastCell): number {
  const { size } = cell;
  checkUnsigned(op, "size", size);
  cell.size = size;
  return size;
}

/** Reads the count of a cell, as {@linkcode readAddress} does. Throws `EINVAL` for what is negative or no C `int`. */
export function readCount(op: string, cell: ArrayCell): number {
  const { count } = cell;
  checkInt(op, "count", count);
  if (count < 0) invalid(op, `Cannot call ${op}: count is ${count}, wanted at least 0`);
  cell.count = count;
  return count;
}

/** Throws a `TypeError` for no text, `EINVAL` for one with a zero in it. */
export function checkText(op: string, text: string): void {
  if (typeof text !== "string") {
    throw new TypeError(`Cannot call ${op}: text is ${show(text)}, wanted a string or null`);
  }
  const zero = text.indexOf("\0");
  if (zero >= 0) {
    invalid(op, `Cannot call ${op}: text has a zero at ${zero}, wanted none, which would end it`);
  }
}
