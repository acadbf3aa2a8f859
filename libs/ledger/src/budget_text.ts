import type { LeakGroup } from "@mediamem/interface";
import { plural } from "@mediamem/checks";

/** How many of the holders are named. */
const NAMED = 3;

/**
 * Says who holds most of what is in use, for the end of an error message; empty where nobody holds anything.
 *
 * @param unknown How many are alive that were taken while tracing was off.
 */
export function budgetText(groups: readonly LeakGroup[], unknown: number, tracingIsOff: boolean): string {
  if (groups.length === 0) {
    if (unknown === 0) return "";
    const remedy = tracingIsOff ? `; set ledger.tracing = "sampled" to learn more` : "";
    return `; held by ${unknown} taken while tracing was off${remedy}`;
  }
  const named = groups.slice(0, NAMED).map((group) => {
    const place = group.site === null ? "" : ` at ${group.site[0]}`;
    return `${plural(group.bytes, "byte")} in ${group.count} of ${group.op}${place}`;
  });
  const others = groups.length - named.length;
  if (others > 0) named.push(plural(others, "smaller holder"));
  if (unknown > 0) named.push(`${unknown} taken while tracing was off`);
  return `; the largest holders: ${named.join(", ")}`;
}
