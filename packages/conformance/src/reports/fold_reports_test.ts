import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { tinyReport } from "../tiny_report.ts";
import { foldReports } from "./fold_reports.ts";

describe("foldReports()", () => {
  it("puts together what differs by the runtime and the time only", async () => {
    const deno = await tinyReport();
    const bun = {
      ...deno,
      runtime: { name: "Bun", version: "1.0" },
      tests: deno.tests.map((test) => ({ ...test, milliseconds: 5 })),
    };
    const failed = { ...bun, failures: ["It died"] };
    const newer = await tinyReport({ version: "2.0.0" });
    assertEquals(foldReports([deno, newer, failed, bun]), [[deno, bun], [newer], [failed]]);
  });
});
