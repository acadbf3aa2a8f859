/**
 * The area `io` of the conformance.
 *
 * @module
 */
export { ioArea } from "./area.ts";
