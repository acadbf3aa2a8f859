/**
 * The names of `@std/testing/bdd` over `node:test`, for places that cannot reach the registry of the former.
 *
 * @module
 */
export { after as afterAll, afterEach, before as beforeAll, beforeEach, describe, it } from "node:test";
