/**
 * The area `buffers` of the conformance.
 *
 * @module
 */
export { buffersArea } from "./area.ts";
