/**
 * Pictures with their memory in TypeScript.
 *
 * @module
 */
export {};
