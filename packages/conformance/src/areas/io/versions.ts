import type { Operation } from "../../model.ts";
import { type OpenContext, opened } from "./trace_operations.ts";

/** Why a trace cannot be compared with a major of libavformat; null where it can. */
export function whyNot(major: number | null, operations: readonly Operation[]): string | null {
  if (major === null || major > 60) return null;
  let context: OpenContext | null = null;
  let direct = false;
  for (const operation of operations) {
    const made = opened(operation);
    if (made !== null) context = made;
    direct = made === null && (direct || operation.op === "direct");
    if (direct && operation.op === "printStringArray" && (operation["texts"] as string[]).includes("")) {
      return "libavformat 58 to 60 hands an empty write of a direct context on";
    }
    if (context === null || major > 58) continue;
    if (context.pieces?.includes(0) || context.buffer === 0) {
      return "libavformat 58 takes a read callback that has nothing for now to be at its end";
    }
    const size = context.buffer ?? context.length ?? 5000;
    if (context.as === "memory" && (direct || operation["n"] as number > size)) {
      return "libavformat 58 ends reads past a buffer that is all there is with EINVAL";
    }
  }
  return null;
}
