import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { MediaError, type Tracing } from "@mediamem/interface";
import { AllocationLedger, type LedgerEntry } from "@mediamem/ledger";

type Operation =
  | { readonly do: "take"; readonly bytes: number }
  | { readonly do: "giveBack" | "abandon" | "giveBackTwice"; readonly which: number }
  | { readonly do: "tracing"; readonly tracing: Tracing }
  | { readonly do: "limit"; readonly bytes: number }
  | { readonly do: "scope" };

const which = fc.nat(1000);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("take" as const), bytes: fc.nat(1000) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("giveBack" as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom("abandon" as const, "giveBackTwice" as const), which }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("tracing" as const),
      tracing: fc.constantFrom<Tracing>("off", "counts", "sampled", "all"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("limit" as const),
      bytes: fc.oneof(fc.nat(5000), fc.constant(Infinity)),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "scope" as const }) },
);

/** What is alive, as plain lists have it. */
interface Taken {
  readonly entry: LedgerEntry | null;
  readonly bytes: number;
  readonly order: number;
}

describe("a ledger", () => {
  it("agrees with plain lists after every step of a random program", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 120 }), (operations) => {
        const ledger = new AllocationLedger({ sampleEvery: 3 });
        const alive: Taken[] = [];
        const ended: Taken[] = [];
        const scopes: { readonly start: number; readonly scope: ReturnType<AllocationLedger["scope"]> }[] =
          [];
        let order = 0, bytes = 0, peak = 0, abandoned = 0;
        for (const step of operations) {
          if (step.do === "tracing") ledger.tracing = step.tracing;
          else if (step.do === "limit") ledger.limitBytes = step.bytes;
          else if (step.do === "scope") {
            if (ledger.tracing === "off") assertThrows(() => ledger.scope(), MediaError);
            else scopes.push({ start: order, scope: ledger.scope() });
          } else if (step.do === "take") {
            if (bytes + step.bytes > ledger.limitBytes) {
              assertThrows(() => ledger.grow("av_malloc", step.bytes), MediaError, " on top of ");
            } else {
              ledger.grow("av_malloc", step.bytes);
              bytes += step.bytes;
              peak = Math.max(peak, bytes);
              alive.push({ entry: ledger.open("av_malloc", step.bytes), bytes: step.bytes, order: order++ });
            }
          } else if (step.do === "giveBackTwice") {
            const entry = ended[step.which % ended.length]?.entry;
            if (entry !== undefined && entry !== null) ledger.close(entry);
          } else if (alive.length > 0) {
            const [taken] = alive.splice(step.which % alive.length, 1);
            if (step.do === "abandon") {
              ledger.abandon(taken!.entry);
              abandoned++;
            } else ledger.close(taken!.entry);
            ledger.shrink(taken!.bytes);
            bytes -= taken!.bytes;
            ended.push(taken!);
          }
          assertEquals(
            [ledger.live, ledger.bytes, ledger.peak, ledger.abandoned],
            [alive.length, bytes, peak, abandoned],
          );
          const known = alive.filter(({ entry }) => entry !== null);
          for (const { start, scope } of [{ start: 0, scope: ledger }, ...scopes]) {
            const mine = known.filter((taken) => taken.order >= start);
            const report = scope.report();
            assertEquals(
              [report.count, report.bytes],
              [mine.length, mine.reduce((sum, taken) => sum + taken.bytes, 0)],
            );
            assertEquals(report.groups.reduce((sum, { count }) => sum + count, 0), mine.length);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
