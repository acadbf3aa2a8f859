/**
 * Reference-counted buffers and their pools in TypeScript.
 *
 * @module
 */
export {};
