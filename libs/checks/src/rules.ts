import type { FfmpegFrameRules, GstVideoAlignment, RuleSet } from "@mediamem/interface";
import { AVUTIL_MAJORS } from "@mediamem/interface";
import { checkInt, checkUnsigned, invalid, show } from "./numbers.ts";

/** The call whose layout each rule set is; errors name it. */
const CALLS: Readonly<Record<RuleSet["name"], string>> = {
  ffmpeg: "av_image_fill_arrays",
  ffmpegFrame: "av_frame_get_buffer",
  gstreamer: "gst_video_info_set_format",
  webcodecs: "VideoFrame.copyTo",
  webgpu: "GPUQueue.writeTexture",
  custom: "customLayout",
};

/** Throws unless `value` is a power of two that a C `int` holds: `TypeError` for no integer, else `EINVAL`. */
export function checkAlign(op: string, value: number): void {
  // An int32 with one bit set; the sign bit alone is negative.
  if (typeof value === "number" && value > 0 && (value & (value - 1)) === 0 && (value | 0) === value) return;
  checkInt(op, "align", value);
  invalid(op, `Cannot call ${op}: align is ${value}, wanted a power of two from 1 to 1073741824`);
}

/**
 * Throws a `TypeError` unless `rules` is a rule set, and `EINVAL` for one with numbers that nothing follows.
 *
 * Gives the call that the rule set describes, for the errors that come after.
 */
export function checkRules(rules: RuleSet): string {
  if (typeof rules !== "object" || rules === null) {
    throw new TypeError(`Cannot lay out a picture: rules are ${show(rules)}, wanted a rule set`);
  }
  // An array of one word is a key too, and no name of a rule set.
  if (typeof rules.name !== "string" || !Object.hasOwn(CALLS, rules.name)) {
    throw new TypeError(
      `Cannot lay out a picture: rules.name is ${show((rules as { name: unknown }).name)}, ` +
        `wanted one of ${Object.keys(CALLS).join(", ")}`,
    );
  }
  const op = CALLS[rules.name];
  if (rules.name === "ffmpeg") checkAlign(op, rules.align);
  else if (rules.name === "ffmpegFrame") checkFrameRules(op, rules);
  else if (rules.name === "gstreamer") {
    if (rules.alignment !== undefined) checkVideoAlignment("gst_video_info_align", rules.alignment);
  } else if (rules.name === "webgpu") checkRowAlign(op, rules.align);
  return op;
}

function checkFrameRules(op: string, rules: FfmpegFrameRules): void {
  if (rules.align !== 0) checkAlign(op, rules.align);
  const { major, buildAlign } = rules;
  if (major !== undefined && !AVUTIL_MAJORS.includes(major)) {
    checkInt(op, "major", major);
    invalid(op, `Cannot call ${op}: major is ${major}, wanted one of ${AVUTIL_MAJORS.join(", ")}`);
  }
  if (buildAlign !== undefined && buildAlign !== 32 && buildAlign !== 64) {
    checkInt(op, "buildAlign", buildAlign);
    invalid(op, `Cannot call ${op}: buildAlign is ${buildAlign}, wanted 32 or 64`);
  }
}

function checkRowAlign(op: string, align: number): void {
  checkInt(op, "align", align);
  if (align > 0 && align % 256 === 0) return;
  invalid(op, `Cannot call ${op}: align is ${align}, wanted a positive multiple of 256`);
}

function checkVideoAlignment(op: string, alignment: GstVideoAlignment): void {
  if (typeof alignment !== "object" || alignment === null || !Array.isArray(alignment.strideAlign)) {
    throw new TypeError(`Cannot call ${op}: alignment is ${show(alignment)}, wanted a GstVideoAlignment`);
  }
  checkPadding(op, "paddingTop", alignment.paddingTop);
  checkPadding(op, "paddingBottom", alignment.paddingBottom);
  checkPadding(op, "paddingLeft", alignment.paddingLeft);
  checkPadding(op, "paddingRight", alignment.paddingRight);
  for (let plane = 0; plane < 4; plane++) {
    const mask = alignment.strideAlign[plane]!;
    checkUnsigned(op, `strideAlign[${plane}]`, mask);
    // The library takes any bits; others than a run of ones from the lowest up mean nothing to it.
    if ((mask & (mask + 1)) !== 0) {
      invalid(op, `Cannot call ${op}: strideAlign[${plane}] is ${mask}, wanted a power of two minus 1`);
    }
  }
}

function checkPadding(op: string, name: string, value: number): void {
  checkInt(op, name, value);
  if (value < 0) invalid(op, `Cannot call ${op}: ${name} is ${value}, wanted at least 0`);
}
