import { checkInt, checkInteger, checkUnsigned, invalid, show } from "@mediamem/checks";
import type { ArrayCell, FastCell, PointerCell } from "@mediamem/interface";

/** Throws unless `value` is an integer from 0 up: what C takes as a `size_t`. */
export function checkSize(op: string, name: string, value: number): void {
  if (typeof value === "number" && value >>> 0 === value) return;
  checkInteger(op, name, value);
  if (value < 0) invalid(op, `Cannot call ${op}: ${name} is ${value}, wanted at least 0`);
}

/** Throws unless `address` is a number that can be an address: `TypeError` for no integer, `EINVAL` for a negative one. */
export function checkPointer(op: string, address: number): void {
  checkSize(op, "address", address);
}

/** Throws unless `cell` is a cell that can be written, before anything changes; gives its address. */
export function checkCell(op: string, cell: PointerCell): number {
  if (typeof cell !== "object" || cell === null) {
    throw new TypeError(`Cannot call ${op}: the cell is ${show(cell)}, wanted { address }`);
  }
  const { address } = cell;
  checkSize(op, "cell.address", address);
  // A frozen cell throws here, not after its block was freed.
  cell.address = address;
  return address;
}

/** Throws unless the size of a cell is what C holds in an `unsigned`, and can be written; gives it. */
export function checkFastSize(op: string, cell: FastCell): number {
  const { size } = cell;
  checkUnsigned(op, "cell.size", size);
  cell.size = size;
  return size;
}

/** Throws unless the count of a cell is what C holds in an `int`, and can be written; gives it. */
export function checkCount(op: string, cell: ArrayCell): number {
  const { count } = cell;
  checkInt(op, "cell.count", count);
  if (count < 0) invalid(op, `Cannot call ${op}: cell.count is ${count}, wanted at least 0`);
  cell.count = count;
  return count;
}
