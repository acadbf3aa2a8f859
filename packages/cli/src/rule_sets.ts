import type { RuleSet } from "@mediamem/interface";
import { UsageError } from "./command_error.ts";

/** The rule sets that `--rules` takes. */
export const RULE_SET_NAMES = ["ffmpeg", "ffmpegFrame", "gstreamer", "webcodecs", "webgpu"] as const;

/** One of {@linkcode RULE_SET_NAMES}. */
export type RuleSetName = (typeof RULE_SET_NAMES)[number];

/** What a rule set without an alignment of its own rounds its rows up to. */
const FIXED_ALIGN: Readonly<Partial<Record<RuleSetName, number>>> = { gstreamer: 4, webcodecs: 1 };

/** Makes the rule set that `--rules` and `--align` ask for. Throws a `UsageError` for `--align` where it means nothing. */
export function ruleSet(name: RuleSetName, align: number | undefined): RuleSet {
  const fixed = FIXED_ALIGN[name];
  if (align !== undefined && fixed !== undefined) {
    throw new UsageError(
      `Cannot use --align ${align} with --rules ${name}: that rule set has no alignment to choose (its own is ${fixed})`,
    );
  }
  switch (name) {
    case "ffmpeg":
      return { name, align: align ?? 1 };
    case "ffmpegFrame":
      return { name, align: align ?? 0 };
    case "webgpu":
      return { name, align: align ?? 256 };
    case "gstreamer":
    case "webcodecs":
      return { name };
  }
}

/** The alignment that a rule set stands for in reports. */
export function alignOf(rules: RuleSet): number {
  return "align" in rules ? rules.align : FIXED_ALIGN[rules.name as RuleSetName] ?? 1;
}
