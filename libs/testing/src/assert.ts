/**
 * The names of `@std/assert` over `node:assert/strict`, for places that cannot reach the registry of the former.
 *
 * @module
 */
import assert from "node:assert/strict";

/** A class whose instances can be thrown. */
// deno-lint-ignore no-explicit-any
export type ErrorClass<E extends Error = Error> = abstract new (...args: any[]) => E;

/** Fails unless both are deeply and strictly equal. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  assert.deepStrictEqual(actual, expected, message);
}

/** Fails if both are deeply and strictly equal. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  assert.notDeepStrictEqual(actual, expected, message);
}

/** Fails unless both are the same value or object. */
export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  assert.strictEqual(actual, expected, message);
}

/** Fails unless the value is truthy. */
export function assertExists<T>(actual: T, message?: string): asserts actual is NonNullable<T> {
  assert.ok(actual !== undefined && actual !== null, message ?? `Expected a value, found ${actual}`);
}

/** Fails unless the condition holds. */
export function assertTrue(condition: unknown, message?: string): asserts condition {
  assert.ok(condition, message);
}

export { assertTrue as assert };

/** Fails unless `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  assert.ok(
    actual.includes(expected),
    message ?? `Expected ${JSON.stringify(actual)} to include ${JSON.stringify(expected)}`,
  );
}

/** Fails unless the text matches. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  assert.match(actual, expected, message);
}

/** Fails unless `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, message?: string): void {
  assert.ok(actual > expected, message ?? `Expected ${actual} > ${expected}`);
}

/** Fails unless `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, message?: string): void {
  assert.ok(actual < expected, message ?? `Expected ${actual} < ${expected}`);
}

/** Fails unless `fn` throws an error of the class whose message includes the text; gives the error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClass?: ErrorClass<E>,
  includes = "",
): E {
  try {
    fn();
  } catch (error) {
    return checkError(error, errorClass, includes);
  }
  assert.fail("Expected the function to throw, it returned");
}

/** Fails unless the promise of `fn` rejects with an error of the class whose message includes the text; gives the error. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClass?: ErrorClass<E>,
  includes = "",
): Promise<E> {
  try {
    await fn();
  } catch (error) {
    return checkError(error, errorClass, includes);
  }
  assert.fail("Expected the promise to reject, it resolved");
}

/** Fails with the message. */
export function fail(message = "Failed"): never {
  assert.fail(message);
}

function checkError<E extends Error>(
  error: unknown,
  errorClass: ErrorClass<E> | undefined,
  includes: string,
): E {
  if (!(error instanceof (errorClass ?? Error))) {
    throw new assert.AssertionError({
      message: `Expected a ${errorClass?.name ?? "Error"}, found ${error}`,
      actual: error,
    });
  }
  assertStringIncludes(error.message, includes);
  return error as E;
}
