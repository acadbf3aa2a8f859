import { sum, type TestReport } from "./test_report.ts";
import { reproduceCommand, type RunReport, runtimeName, subjectName } from "./run_report.ts";

/**
 * Writes reports as JUnit XML: a suite for each run, a case for each test, and the simplest cases of its differences as its failure.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { renderJunit } from "@mediamem/conformance";
 *
 * assertStringIncludes(renderJunit([]), "<testsuites");
 * ```
 */
export function renderJunit(reports: readonly RunReport[]): string {
  const suites = reports.map((report) => suite(report)).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${
    element("testsuites", { name: "mediamem conformance" }, `\n${suites}`)
  }\n`;
}

function suite(report: RunReport): string {
  const { tests, failures } = report;
  const name = `${subjectName(report.library)} on ${runtimeName(report)}`;
  const cases = tests.map((test) => testCase(report, test));
  for (const failure of failures) {
    cases.push(
      element(
        "testcase",
        { classname: name, name: "the run" },
        element("error", { message: failure }, escapeXml(failure)),
      ),
    );
  }
  const counts = {
    name,
    tests: cases.length,
    failures: tests.filter(({ different }) => different > 0).length,
    errors: failures.length,
    skipped: tests.filter(({ comparisons }) => comparisons === 0).length,
    time: seconds(tests.reduce((total, { milliseconds }) => total + milliseconds, 0)),
  };
  return `${element("testsuite", counts, `\n${cases.map((each) => `  ${each}\n`).join("")}`)}\n`;
}

function testCase(report: RunReport, test: TestReport): string {
  const parts: string[] = [];
  if (test.comparisons === 0) {
    parts.push(
      element("skipped", {
        message: Object.keys(test.notComparable).join("; ") || "no case of this test was selected",
      }, ""),
    );
  }
  if (test.different > 0) {
    const lines = report.differences.filter((difference) => difference.test === test.test).map((difference) =>
      [
        difference.id,
        `  ${report.ours?.library.name}: ${difference.actual}`,
        `  ${report.library?.library.name}: ${difference.expected}`,
        ...(difference.quoted === null ? [] : [`  quoted: ${difference.quoted}`]),
        `  ${reproduceCommand(report, difference.id)}`,
      ].join("\n")
    );
    parts.push(
      element(
        "failure",
        { message: `${test.different} of ${test.comparisons} differ` },
        escapeXml(lines.join("\n")),
      ),
    );
  }
  const counts = `${test.comparisons} compared, ${test.equal} equal, ${sum(test.known)} known, ${
    sum(test.notComparable)
  } not comparable`;
  parts.push(element("system-out", {}, counts));
  return element(
    "testcase",
    { classname: test.area, name: test.test, time: seconds(test.milliseconds) },
    parts.join(""),
  );
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: string,
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join("");
  return `<${name}${written}>${content}</${name}>`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** What XML 1.0 cannot hold: control characters, halves of surrogate pairs, and two code points at the end of the plane. */
// deno-lint-ignore no-control-regex
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** Escapes a text for XML; what XML cannot hold becomes U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(NOT_XML, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
