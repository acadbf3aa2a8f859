/**
 * The area `frames` of the conformance.
 *
 * @module
 */
export { framesArea } from "./area.ts";
