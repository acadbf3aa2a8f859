import type { LeakGroup } from "@mediamem/interface";
import { plural } from "./words.ts";

/** How many of the holders are named. */
const NAMED = 3;

/** Says who holds most of what is in use, for the end of a sentence. */
export function holdersText(groups: readonly LeakGroup[], tracingIsOff: boolean): string {
  if (groups.length === 0) {
    return tracingIsOff
      ? `; who holds them is not known, since tracing is off: set ledger.tracing to "sampled"`
      : `; who holds them is not known, since they were taken while tracing was off`;
  }
  const named = groups.slice(0, NAMED).map((group) => {
    const place = group.site === null ? "" : ` at ${group.site[0]}`;
    return `${plural(group.bytes, "byte")} in ${group.count} of ${group.op}${place}`;
  });
  const others = groups.length - named.length;
  if (others > 0) named.push(`and ${plural(others, "smaller holder")}`);
  return `; the largest holders: ${named.join(", ")}`;
}
