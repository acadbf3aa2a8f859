import { type ByteReader, corrupt } from "./byte_reader.ts";
import { type ByteWriter, SIGNED_LIMIT, varintLength } from "./byte_writer.ts";
import { type BlockShape, predict, PREDICTORS } from "./prediction.ts";

/** Columns that no predictor fits: unsigned 32-bit integers (hashes), and any numbers. */
const UINT32: number = PREDICTORS;
const FLOAT64: number = PREDICTORS + 1;

/** What a right guess costs beside one byte of a wrong one, once the whole file is compressed. */
const RIGHT = 1 / 16;

/**
 * Writes one number of every answer of a block. `present` tells which answers have it; the others get the guess, and so no bytes.
 *
 * `left` is the column before, filled in. `column` is filled in by this.
 */
export function writeColumn(
  writer: ByteWriter,
  column: Float64Array,
  present: Uint8Array,
  left: Float64Array | null,
  shape: BlockShape,
): void {
  let best =
    column.every((number, at) => present[at] === 0 || (number >>> 0 === number && !Object.is(number, -0)))
      ? UINT32
      : FLOAT64;
  let least = (best === UINT32 ? 4 : 8) * present.reduce((count, is) => count + is, 0);
  const filled = new Float64Array(column.length);
  for (let predictor = 0; predictor < PREDICTORS; predictor++) {
    const cost = guess(predictor, column, present, left, shape, filled);
    if (cost >= least) continue;
    least = cost;
    best = predictor;
  }
  writer.byte(best);
  if (best < PREDICTORS) guess(best, column, present, left, shape, filled);
  for (let at = 0; at < column.length; at++) {
    if (present[at] === 0) column[at] = best < PREDICTORS ? filled[at]! : 0;
    else if (best === UINT32) writer.uint32(column[at]!);
    else if (best === FLOAT64) writer.float64(column[at]!);
    else writer.signed(column[at]! - predict(best, filled, left, at, shape));
  }
}

/** Reads one column of `present.length` answers. */
export function readColumn(
  reader: ByteReader,
  present: Uint8Array,
  left: Float64Array | null,
  shape: BlockShape,
): Float64Array {
  const column = new Float64Array(present.length);
  const mode = reader.byte();
  if (mode > FLOAT64) corrupt(`the column mode ${mode}`);
  for (let at = 0; at < column.length; at++) {
    if (mode < PREDICTORS) {
      column[at] = predict(mode, column, left, at, shape) + (present[at] === 0 ? 0 : reader.signed());
    } else if (present[at] !== 0) column[at] = mode === UINT32 ? reader.uint32() : reader.float64();
  }
  return column;
}

/** What a predictor costs, about in bytes; infinite where it cannot give the numbers back. Leaves the column filled in. */
function guess(
  predictor: number,
  column: Float64Array,
  present: Uint8Array,
  left: Float64Array | null,
  shape: BlockShape,
  filled: Float64Array,
): number {
  let cost = 0;
  for (let at = 0; at < column.length; at++) {
    const guessed = predict(predictor, filled, left, at, shape);
    if (!Number.isSafeInteger(guessed)) return Infinity;
    filled[at] = present[at] === 0 ? guessed : column[at]!;
    if (present[at] === 0) continue;
    const error = filled[at]! - guessed;
    if (!Number.isSafeInteger(filled[at]) || Object.is(filled[at], -0) || Math.abs(error) >= SIGNED_LIMIT) {
      return Infinity;
    }
    cost += error === 0 ? RIGHT : varintLength(2 * Math.abs(error));
  }
  return cost;
}
