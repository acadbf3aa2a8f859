import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { AVERROR, type LedgerOptions, MediaError, type Tracing } from "@mediamem/interface";
import { AllocationLedger } from "@mediamem/ledger";

describe("new AllocationLedger()", () => {
  it("begins with nothing, untraced and unlimited", () => {
    const ledger = new AllocationLedger();
    assertEquals([ledger.live, ledger.bytes, ledger.peak, ledger.abandoned], [0, 0, 0, 0]);
    assertEquals([ledger.tracing, ledger.sampleEvery, ledger.limitBytes], ["off", 64, Infinity]);
    const report = ledger.report();
    assertEquals(report, { count: 0, bytes: 0, groups: [], abandoned: [], text: "Nothing is alive" });
  });

  it("takes its options", () => {
    const ledger = new AllocationLedger({ tracing: "sampled", sampleEvery: 3, limitBytes: 0 });
    assertEquals([ledger.tracing, ledger.sampleEvery, ledger.limitBytes], ["sampled", 3, 0]);
  });

  it("refuses options that are none", () => {
    assertThrows(() => new AllocationLedger(null as unknown as LedgerOptions), TypeError, "options are null");
    assertThrows(() => new AllocationLedger({ tracing: "on" as Tracing }), TypeError, '"on"');
    assertEquals(assertThrows(() => new AllocationLedger({ sampleEvery: 0 }), MediaError).code, "EINVAL");
    assertEquals(assertThrows(() => new AllocationLedger({ limitBytes: -1 }), MediaError).code, "EINVAL");
  });
});

describe("the settings of a ledger", () => {
  it("refuse what is out of range, and stay as they were", () => {
    const ledger = new AllocationLedger({ tracing: "counts", sampleEvery: 5, limitBytes: 7 });
    for (const word of ["on", "", null, undefined, 1]) {
      assertThrows(
        () => ledger.tracing = word as Tracing,
        TypeError,
        "wanted one of off, counts, sampled, all",
      );
    }
    for (const every of [1.5, NaN, Infinity, "2", null]) {
      assertThrows(() => ledger.sampleEvery = every as number, TypeError, "sampleEvery is");
    }
    for (const every of [0, -1]) {
      const error = assertThrows(() => ledger.sampleEvery = every, MediaError, `${every}, wanted at least 1`);
      assertEquals([error.code, error.averror], ["EINVAL", AVERROR.EINVAL]);
    }
    for (const bytes of [1.5, NaN, -Infinity, "2", null]) {
      assertThrows(() => ledger.limitBytes = bytes as number, TypeError, "limitBytes is");
    }
    assertEquals(
      assertThrows(() => ledger.limitBytes = -1, MediaError, "-1, wanted at least 0").code,
      "EINVAL",
    );
    assertEquals([ledger.tracing, ledger.sampleEvery, ledger.limitBytes], ["counts", 5, 7]);
  });
});

describe("AllocationLedger.grow() and shrink()", () => {
  it("count bytes and remember the most", () => {
    const ledger = new AllocationLedger();
    ledger.grow("av_malloc", 3_000_000_000);
    ledger.grow("av_malloc", 3_000_000_000);
    ledger.shrink(3_000_000_000);
    assertEquals([ledger.bytes, ledger.peak, ledger.live], [3_000_000_000, 6_000_000_000, 0]);
  });

  it("refuse what goes beyond the budget, and count none of it", () => {
    const ledger = new AllocationLedger({ limitBytes: 100 });
    ledger.grow("av_malloc", 60);
    ledger.grow("av_malloc", 40);
    const error = assertThrows(() => ledger.grow("av_calloc", 1), MediaError);
    assertEquals(
      [error.code, error.averror, error.op, error.message],
      [
        "OVER_BUDGET",
        AVERROR.ENOMEM,
        "av_calloc",
        "Cannot call av_calloc: 1 byte on top of 100 in use, wanted at most 100 in all",
      ],
    );
    assertEquals([ledger.bytes, ledger.peak], [100, 100]);
    ledger.shrink(1);
    ledger.grow("av_calloc", 1);
  });

  it("hold to a budget that is made smaller than what is in use", () => {
    const ledger = new AllocationLedger();
    ledger.grow("av_malloc", 60);
    ledger.limitBytes = 50;
    assertEquals(assertThrows(() => ledger.grow("av_malloc", 0), MediaError).code, "OVER_BUDGET");
    ledger.shrink(10);
    ledger.grow("av_malloc", 0);
  });

  it("name the largest holders as far as they are known", () => {
    const ledger = new AllocationLedger({ limitBytes: 1 });
    ledger.open("av_malloc", 8);
    assertThrows(
      () => ledger.grow("av_malloc", 9),
      MediaError,
      'held by 1 taken while tracing was off; set ledger.tracing = "sampled" to learn more',
    );
    ledger.tracing = "counts";
    ledger.open("av_malloc", 8);
    ledger.open("av_calloc", 64);
    assertThrows(
      () => ledger.grow("av_malloc", 9),
      MediaError,
      "64 bytes in 1 of av_calloc, 8 bytes in 1 of av_malloc, 1 taken while tracing was off",
    );
    ledger.tracing = "all";
    ledger.open("av_realloc", 100);
    const { message } = assertThrows(() => ledger.grow("av_malloc", 9), MediaError);
    assertMatch(message, /100 bytes in 1 of av_realloc at \S+ \(\S+allocation_ledger_test\.ts:\d+:\d+\)/);
  });
});

describe("AllocationLedger.open() and close()", () => {
  it("remember as much as tracing says", () => {
    const ledger = new AllocationLedger();
    assertEquals(ledger.open("av_malloc", 1), null);
    ledger.tracing = "counts";
    const counted = ledger.open("av_malloc", 2)!;
    assertEquals([counted.op, counted.bytes, counted.serial, counted.site], ["av_malloc", 2, 1, null]);
    ledger.tracing = "all";
    const traced = ledger.open("av_calloc", 3)!;
    assertEquals(traced.serial, 2);
    assertStringIncludes(traced.site![0]!, "allocation_ledger_test.ts");
    assertEquals(ledger.live, 3);
  });

  it("keep the stack of one in sampleEvery", () => {
    const ledger = new AllocationLedger({ tracing: "sampled", sampleEvery: 10 });
    const entries = Array.from({ length: 200 }, () => ledger.open("av_malloc", 1)!);
    assertEquals(entries.filter((entry) => entry.site !== null).length, 20);
    ledger.sampleEvery = 1;
    assert(ledger.open("av_malloc", 1)!.site !== null);
  });

  it("count right through every change of tracing", () => {
    const ledger = new AllocationLedger();
    const tracings: Tracing[] = ["off", "all", "counts", "off", "sampled"];
    const entries = tracings.map((tracing) => {
      ledger.tracing = tracing;
      return ledger.open("av_malloc", 1);
    });
    assertEquals([ledger.live, ledger.report().count], [5, 3]);
    assertStringIncludes(ledger.report().text, "2 more alive, taken while tracing was off");
    for (const entry of entries) ledger.close(entry);
    assertEquals([ledger.live, ledger.report().text], [0, "Nothing is alive"]);
  });

  it("do not count what is given back twice", () => {
    const ledger = new AllocationLedger({ tracing: "all" });
    const entry = ledger.open("av_malloc", 1);
    ledger.open("av_malloc", 1);
    ledger.close(entry);
    const { closedAt } = entry!;
    ledger.close(entry);
    ledger.abandon(entry);
    assertEquals([ledger.live, ledger.abandoned, ledger.report().count], [1, 0, 1]);
    assertEquals(entry!.closedAt === closedAt, true);
  });
});

describe("AllocationLedger.describe()", () => {
  const file = String.raw`\S+ \(\S+allocation_ledger_test\.ts:\d+:\d+\)`;

  it("says where it was taken and given back", () => {
    const ledger = new AllocationLedger({ tracing: "all" });
    const entry = ledger.open("av_malloc", 1);
    assertMatch(ledger.describe(entry), new RegExp(`^; taken at ${file}$`));
    ledger.close(entry);
    assertMatch(ledger.describe(entry), new RegExp(`^; taken at ${file}, given back at ${file}$`));
  });

  it("says what is known only", () => {
    const ledger = new AllocationLedger({ tracing: "counts" });
    const counted = ledger.open("av_malloc", 1);
    ledger.tracing = "all";
    ledger.close(counted);
    const traced = ledger.open("av_malloc", 1);
    ledger.tracing = "counts";
    ledger.close(traced);
    assertEquals([ledger.describe(null), ledger.describe(counted)], ["", ""]);
    assertMatch(ledger.describe(traced), new RegExp(`^; taken at ${file}$`));
  });
});
