import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { countTests } from "./count_tests.ts";

describe("countTests()", () => {
  it("counts Deno's leaves, not the suites that it lists beside them", () => {
    const xml = `<testsuites><testsuite name="a_test.ts">
      <testcase name="suite" classname="a_test.ts"><failure message="1 test step failed.">x</failure></testcase></testsuite>
      <testsuite name="ext:deno_node"><testcase name="suite &gt; good" time="1">
      </testcase><testcase name="suite &gt; inner"></testcase><testcase name="suite &gt; inner &gt; bad"><failure>y</failure></testcase>
      <testcase name="suite &gt; later"><skipped/></testcase></testsuite></testsuites>`;
    assertEquals(countTests(xml), { passed: 1, failed: 1, skipped: 1 });
  });

  it("counts Bun's self-closing tests", () => {
    const xml =
      `<testsuites><testsuite name="s"><testcase name="a" line="6" /><testcase name="b"><failure type="E" /></testcase>
      <testcase name="c"><skipped /></testcase></testsuite></testsuites>`;
    assertEquals(countTests(xml), { passed: 1, failed: 1, skipped: 1 });
  });

  it("counts nothing in a report without tests", () => {
    assertEquals(countTests("<testsuites></testsuites>"), { passed: 0, failed: 0, skipped: 0 });
  });
});
