import type { KnownDifference } from "../../model.ts";
import { olderBlacks } from "./known/older_black.ts";
import { olderDescriptors } from "./known/older_descriptors.ts";
import { olderFrames } from "./known/older_frames.ts";
import { olderLines } from "./known/older_lines.ts";
import { olderLosses } from "./known/older_losses.ts";
import { olderPalettes } from "./known/older_palettes.ts";

/** Where older majors answer otherwise than the newest, which `core-ts` follows. */
export const imageKnown: readonly KnownDifference[] = [
  ...olderDescriptors,
  ...olderLosses,
  ...olderLines,
  ...olderBlacks,
  ...olderPalettes,
  ...olderFrames,
];
