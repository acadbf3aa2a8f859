/**
 * The area `image` of the conformance.
 *
 * @module
 */
export { imageArea } from "./area.ts";
