/** How the answers of a block lie: the length of the fastest axis, and of the two fastest together. */
export interface BlockShape {
  readonly row: number;
  readonly plane: number;
}

/** How many ways there are to guess a number from those before it. */
export const PREDICTORS = 9;

/**
 * Guesses the number at `at` of a column from the numbers before it, and from the column to the left.
 *
 * Answers are mostly products and sums of the parameters, so that along some axis they stay the same or grow evenly. Writer and
 * reader guess alike, and only the error of the guess is kept.
 */
export function predict(
  predictor: number,
  column: Float64Array,
  left: Float64Array | null,
  at: number,
  { row, plane }: BlockShape,
): number {
  switch (predictor) {
    case 1:
      return value(column, at - 1);
    case 2:
      return 2 * value(column, at - 1) - value(column, at - 2);
    case 3:
      return value(column, at - row);
    case 4:
      return value(column, at - 1) + value(column, at - row) - value(column, at - row - 1);
    case 5:
      return value(column, at - plane);
    case 6:
      return value(column, at - row) + value(column, at - plane) - value(column, at - row - plane);
    case 7:
      return left === null ? 0 : left[at]!;
    case 8:
      return left === null ? 0 : left[at]! + value(column, at - 1) - value(left, at - 1);
    default:
      return 0;
  }
}

function value(column: Float64Array, at: number): number {
  return at < 0 ? 0 : column[at]!;
}
