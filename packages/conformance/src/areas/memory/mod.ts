/**
 * The area `memory` of the conformance.
 *
 * @module
 */
export { memoryArea } from "./area.ts";
