import { ruleSetInWords } from "@mediamem/drawing";
import type { ImageLayout } from "@mediamem/interface";
import { type ComponentChild, h } from "preact";
import { renderToString } from "preact-render-to-string";
import { foldReports } from "./fold_reports.ts";
import { figure, scroll } from "./html_parts.ts";
import { runSection } from "./html_run.ts";
import { HTML_STYLE } from "./html_style.ts";
import { matrixCell } from "./matrix.ts";
import { isGreen, type RunReport, runtimeName, subjectName } from "./run_report.ts";
import { verdict } from "./terminal.ts";

/**
 * Writes reports as one HTML file that needs nothing else: no script, no network, light or dark as the reader's system is.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { renderHtml } from "@mediamem/conformance";
 *
 * assertStringIncludes(renderHtml([]), "<!doctype html>");
 * ```
 */
export function renderHtml(reports: readonly RunReport[]): string {
  const page = h(
    "html",
    { lang: "en" },
    h(
      "head",
      null,
      h("meta", { charset: "utf-8" }),
      h("meta", { name: "viewport", content: "width=device-width,initial-scale=1" }),
      h("title", null, "mediamem conformance"),
      h("style", { dangerouslySetInnerHTML: { __html: HTML_STYLE } }),
    ),
    h(
      "body",
      null,
      h("h1", null, "mediamem conformance"),
      reports.map((report) => h("p", { class: isGreen(report) ? "good" : "bad" }, verdict(report))),
      h("h2", null, "Support"),
      matrix(reports),
      foldReports(reports).map(runSection),
      overview(reports),
    ),
  );
  return `<!doctype html>\n${renderToString(page)}\n`;
}

function matrix(reports: readonly RunReport[]): ComponentChild {
  const areas = [...new Set(reports.flatMap(({ tests }) => tests.map(({ area }) => area)))];
  const rows = reports.map((report) =>
    h(
      "tr",
      null,
      [subjectName(report.library), runtimeName(report)].map((cell) => h("td", null, cell)),
      areas.map((area) =>
        h(
          "td",
          { class: `words ${isGreen(report) ? "good" : "bad"}` },
          matrixCell(report, area).replaceAll("*", ""),
        )
      ),
    )
  );
  return scroll(["library", "runtime", ...areas], [], rows);
}

function overview(reports: readonly RunReport[]): ComponentChild {
  const layouts = new Map<string, ImageLayout>();
  for (const layout of reports.flatMap(({ pictures }) => pictures)) {
    layouts.set(JSON.stringify(layout), layout);
  }
  if (layouts.size === 0) return null;
  const figures = [...layouts.values()].map((layout, i) =>
    figure(
      layout,
      `${layout.format} ${layout.width}x${layout.height}, ${ruleSetInWords(layout.rules)}`,
      `overview-${i}`,
    )
  );
  return h(
    "section",
    null,
    h("h2", null, "What a layout looks like"),
    h("div", { class: "pictures" }, figures),
  );
}
