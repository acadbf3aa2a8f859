import { layoutSvg } from "@mediamem/drawing";
import { imageOf, openBackend } from "../backends.ts";
import { canonicalName } from "../canonical_name.ts";
import { UsageError } from "../command_error.ts";
import { EXIT_CODE, type ExitCode } from "../exit_code.ts";
import { parseInteger } from "../integer.ts";
import { askAllBackends, askBackend, refusal } from "../layout_answers.ts";
import { printDifferences, printLayouts, printRefusals } from "../layout_output.ts";
import { layoutReport } from "../layout_report.ts";
import { writeOutput } from "../output_file.ts";
import { ruleSet, type RuleSetName } from "../rule_sets.ts";
import { parseSize } from "../size.ts";
import type { Terminal } from "../terminal.ts";

/** The flags of `mediamem layout`. */
export interface LayoutFlags {
  readonly align?: string;
  readonly rules: RuleSetName;
  readonly backend: string;
  readonly json?: boolean;
  readonly svg?: string;
}

/**
 * Prints, draws and compares the layout of one picture; code 1 where the backends differ.
 *
 * @param formatName Any name of a pixel format.
 * @param size `WIDTHxHEIGHT`.
 * @param flags The flags.
 * @param terminal Where to write to.
 * @param askAll What `--backend all` asks; tests have backends that differ.
 */
export async function layout(
  formatName: string,
  size: string,
  flags: LayoutFlags,
  terminal: Terminal,
  askAll: typeof askAllBackends = askAllBackends,
): Promise<ExitCode> {
  const { out, err } = terminal;
  if (flags.json && flags.svg === "-") {
    throw new UsageError("Cannot print both JSON and SVG: --json and --svg - both want standard output");
  }
  const { width, height } = parseSize(size);
  const align = flags.align === undefined ? undefined : parseInteger("--align", flags.align, 0, 2147483647);
  const rules = ruleSet(flags.rules, align);
  const all = flags.backend === "all";

  using core = await openBackend("core-ts");
  const descriptor = imageOf(core).pixelFormat(canonicalName(imageOf(core), formatName));
  const answers = all
    ? await askAll(descriptor.name, width, height, rules, (words) => err.write(`${words}\n`))
    : [await askBackend(flags.backend, descriptor.name, width, height, rules)];
  const found = answers.flatMap(({ backend, layout }) => layout === undefined ? [] : [{ backend, layout }]);
  if (found.length === 0) throw refusal(answers);

  const refused = printRefusals(answers, err);
  const reports = found.map(({ backend, layout }) => layoutReport(backend, layout));
  if (flags.json) out.write(`${JSON.stringify(all ? reports : reports[0], null, 2)}\n`);
  else if (flags.svg !== "-") printLayouts(reports, out);
  const differ = printDifferences(reports, err);
  if (flags.svg !== undefined) {
    writeOutput(flags.svg, `${layoutSvg(found[0]!.layout, { descriptor })}\n`, terminal);
  }
  return differ || refused ? EXIT_CODE.DIFFERENT : EXIT_CODE.OK;
}
