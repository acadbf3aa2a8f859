/**
 * What the other backends over FFmpeg need of this one: structs of C by ABI table, versions.
 *
 * @module
 */
export type { Field, Struct } from "./src/abi.ts";
export { type AvutilVersion as Version, splitVersion, versionText } from "./src/library.ts";
export { type OpenStruct, openStruct, StructReader, withStruct } from "./src/struct.ts";
