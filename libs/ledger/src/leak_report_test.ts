import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import type { LeakScope } from "@mediamem/interface";
import { AllocationLedger, assertNoLeaks, type LedgerEntry } from "@mediamem/ledger";

function open(ledger: AllocationLedger, bytes: number): LedgerEntry {
  return ledger.open("av_malloc", bytes)!;
}

describe("AllocationLedger.report()", () => {
  it("groups what is alive by call and place", () => {
    const ledger = new AllocationLedger({ tracing: "all" });
    for (let at = 0; at < 3; at++) open(ledger, 10);
    open(ledger, 100);
    ledger.close(open(ledger, 1000));
    const report = ledger.report();
    assertEquals([report.count, report.bytes], [4, 130]);
    assertEquals(report.groups.map(({ op, count, bytes }) => [op, count, bytes]), [
      ["av_malloc", 1, 100],
      ["av_malloc", 3, 30],
    ]);
    assertStringIncludes(report.groups[0]!.site![0]!, "leak_report_test.ts");
    assertStringIncludes(report.text, "4 alive, 130 bytes:\n  1 of av_malloc, 100 bytes, oldest ");
  });
});

describe("AllocationLedger.scope()", () => {
  it("sees what was taken since, and is alive", () => {
    const ledger = new AllocationLedger({ tracing: "counts" });
    const before = open(ledger, 1);
    const outer = ledger.scope();
    const between = open(ledger, 2);
    const inner = ledger.scope();
    const after = open(ledger, 4);
    assertEquals([outer, inner].map((scope) => scope.report().bytes), [6, 4]);
    ledger.close(after);
    ledger.close(before);
    assertEquals([outer, inner].map((scope) => scope.report().bytes), [2, 0]);
    ledger.close(between);
    assertEquals([outer, inner].map((scope) => scope.report().count), [0, 0]);
  });

  it("does not begin while nothing is traced", () => {
    const ledger = new AllocationLedger();
    const error = assertThrows(() => ledger.scope(), MediaError, 'ledger.tracing is "off", wanted "counts"');
    assertEquals(error.code, "EINVAL");
  });

  it("still knows its own when tracing ends", () => {
    const ledger = new AllocationLedger({ tracing: "counts" });
    const scope = ledger.scope();
    open(ledger, 1);
    ledger.tracing = "off";
    ledger.open("av_malloc", 1);
    assertEquals(scope.report().count, 1);
  });
});

describe("AllocationLedger.abandon()", () => {
  it("counts what the garbage collector found, and shows where it was taken", () => {
    const ledger = new AllocationLedger({ tracing: "all" });
    ledger.abandon(open(ledger, 7));
    const report = ledger.report();
    assertEquals([ledger.live, ledger.abandoned, report.count], [0, 1, 0]);
    assertEquals(report.abandoned.map(({ op, count, bytes }) => [op, count, bytes]), [["av_malloc", 1, 7]]);
    assertStringIncludes(
      report.text,
      "1 never given back, found by the garbage collector:\n  1 of av_malloc",
    );
  });

  it("counts those too that nothing is known of", () => {
    const ledger = new AllocationLedger();
    ledger.abandon(ledger.open("av_malloc", 7));
    assertEquals([ledger.live, ledger.abandoned, ledger.report().abandoned], [0, 1, []]);
    assertStringIncludes(ledger.report().text, "1 never given back, found by the garbage collector");
  });

  it("remembers the latest hundred", () => {
    const ledger = new AllocationLedger({ tracing: "counts" });
    const scopes = [1, 2, 3].map(() => {
      const scope = ledger.scope();
      for (let at = 0; at < 75; at++) ledger.abandon(open(ledger, 1));
      return scope;
    });
    assertEquals(ledger.abandoned, 225);
    assertEquals(scopes.map((scope) => scope.report().abandoned[0]!.count), [100, 100, 75]);
    assertStringIncludes(
      ledger.report().text,
      "225 never given back, found by the garbage collector, 100 of them known:",
    );
  });
});

describe("assertNoLeaks()", () => {
  it("is content with what was given back and what was there before", () => {
    const ledger = new AllocationLedger({ tracing: "all" });
    open(ledger, 1);
    ledger.abandon(open(ledger, 1));
    const scope = ledger.scope();
    ledger.close(open(ledger, 1));
    assertNoLeaks(scope);
  });

  it("throws what is alive, with the report", () => {
    const ledger = new AllocationLedger({ tracing: "all" });
    const scope = ledger.scope();
    open(ledger, 1);
    const one = assertThrows(() => assertNoLeaks(scope), MediaError);
    assertEquals([one.code, one.op], ["LEAKED", "assertNoLeaks"]);
    const ageless = (text: string): string => text.replace(/oldest \d+ ms/g, "");
    assertEquals(
      ageless(one.message),
      `Cannot end the scope: 1 leak of 1 byte, wanted none\n${ageless(scope.report().text)}`,
    );
    open(ledger, 2);
    assertThrows(() => assertNoLeaks(scope), MediaError, "2 leaks of 3 bytes");
  });

  it("throws also what the garbage collector was faster to find", () => {
    const ledger = new AllocationLedger({ tracing: "all" });
    const scope = ledger.scope();
    ledger.abandon(open(ledger, 5));
    assertThrows(() => assertNoLeaks(scope), MediaError, "1 leak of 5 bytes");
  });

  it("throws what is alive in a whole ledger, also what was taken while tracing was off", () => {
    const ledger = new AllocationLedger();
    ledger.grow("av_malloc", 7);
    const entry = ledger.open("av_malloc", 7);
    assertThrows(() => assertNoLeaks(ledger), MediaError, "1 leak of 7 bytes, wanted none");
    ledger.close(entry);
    ledger.shrink(7);
    assertNoLeaks(ledger);
  });

  it("refuses what is no scope", () => {
    for (const scope of [undefined, null, {}, 5]) {
      assertThrows(
        () => assertNoLeaks(scope as unknown as LeakScope),
        TypeError,
        "wanted what ledger.scope() gave",
      );
    }
  });
});
