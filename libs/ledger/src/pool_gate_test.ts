import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { AVERROR, type HighWater, MediaError } from "@mediamem/interface";
import { AllocationLedger, PoolGate, type PoolLimits } from "@mediamem/ledger";

function gateOf(limits: PoolLimits): PoolGate {
  return new PoolGate("av_buffer_pool_get", limits, new AllocationLedger());
}

describe("new PoolGate()", () => {
  it("lets everything out without a limit", () => {
    const gate = gateOf({});
    for (let at = 0; at < 100; at++) gate.enter(null);
    assertEquals([gate.out, gate.peak], [100, 100]);
  });

  it("refuses limits out of range", () => {
    assertEquals(assertThrows(() => gateOf({ max: 0 }), MediaError).code, "EINVAL");
    assertThrows(() => gateOf({ highWater: 0.5 }), TypeError, "highWater is 0.5");
  });
});

describe("PoolGate.enter() and leave()", () => {
  it("let out as many as may be, and name who holds them", () => {
    const gate = gateOf({ max: 3 });
    const first = gate.enter("decoder");
    gate.enter("decoder");
    gate.enterUnnamed();
    const error = assertThrows(() => gate.enter("encoder"), MediaError);
    assertEquals([error.code, error.averror, error.op], ["EAGAIN", AVERROR.EAGAIN, "av_buffer_pool_get"]);
    assertEquals(
      error.message,
      "Cannot call av_buffer_pool_get: 3 of 3 buffers are out, wanted one that is free; " +
        "held 2 by decoder, 1 unnamed (name them, or turn tracing on)",
    );
    assertEquals(gate.tryEnter("encoder"), null);
    assertThrows(() => gate.enterUnnamed(), MediaError, "held 2 by decoder");
    assertEquals([gate.out, gate.peak], [3, 3]);
    gate.leave(first);
    assertEquals(gate.tryEnter("encoder")!.holder, "encoder");
    assertEquals([gate.out, gate.peak], [3, 3]);
  });

  it("know who holds what", () => {
    const gate = gateOf({});
    const decoder = gate.enter("decoder");
    gate.enter("encoder");
    gate.enter("decoder");
    gate.enterUnnamed();
    gate.leave(decoder);
    assertEquals(gate.holders(), [
      { holder: null, site: null, count: 1 },
      { holder: "encoder", site: null, count: 1 },
      { holder: "decoder", site: null, count: 1 },
    ]);
  });

  it("know where, while tracing keeps stacks", () => {
    const gate = new PoolGate("av_buffer_pool_get", { max: 1 }, new AllocationLedger({ tracing: "all" }));
    const ticket = gate.enter(null);
    assertStringIncludes(ticket.site![0]!, "pool_gate_test.ts");
    assertThrows(() => gate.enter(null), MediaError, `held 1 at ${ticket.site![0]}`);
    gate.leave(ticket);
    gate.ledger.tracing = "counts";
    assertEquals(gate.enter(null).site, null);
  });

  it("leave alone what came back before", () => {
    const gate = gateOf({});
    const ticket = gate.enter(null);
    gate.enter(null);
    gate.leave(ticket);
    gate.leave(ticket);
    gate.leaveUnnamed();
    assertEquals([gate.out, gate.peak], [1, 2]);
  });

  it("refuse a holder that is no name", () => {
    const gate = gateOf({});
    assertThrows(() => gate.enter(5 as unknown as string), TypeError, "holder is 5");
    assertThrows(() => gate.tryEnter(undefined as unknown as string), TypeError, "holder is undefined");
    assertEquals(gate.out, 0);
  });
});

describe("PoolGate.enterUnnamed() and leaveUnnamed()", () => {
  it("count like the others", () => {
    const gate = gateOf({ max: 2 });
    gate.enterUnnamed();
    gate.enterUnnamed();
    assertEquals([gate.out, gate.peak, gate.tryEnter(null)], [2, 2, null]);
    gate.leaveUnnamed();
    gate.leaveUnnamed();
    gate.leaveUnnamed();
    assertEquals([gate.out, gate.peak], [0, 2]);
  });
});

describe("PoolGate.close()", () => {
  it("lets nothing more out, and what is out come back", () => {
    const gate = gateOf({ max: 2 });
    const ticket = gate.enter(null);
    gate.enterUnnamed();
    gate.close();
    gate.close();
    for (const ask of [() => gate.enter(null), () => gate.tryEnter(null), () => gate.enterUnnamed()]) {
      assertEquals(assertThrows(ask, MediaError, "the pool was given up").code, "USE_AFTER_FREE");
    }
    gate.leave(ticket);
    gate.leaveUnnamed();
    assertEquals(gate.out, 0);
  });
});

describe("onHighWater", () => {
  it("is told once, and again when it was fewer in between", () => {
    const warnings: HighWater[] = [];
    const gate = gateOf({ max: 4, highWater: 2, onHighWater: (warning) => void warnings.push(warning) });
    gate.enter("decoder");
    assertEquals(warnings.length, 0);
    const second = gate.enter("decoder");
    gate.enterUnnamed();
    assertEquals(warnings, [{
      out: 2,
      highWater: 2,
      max: 4,
      holders: [{ holder: "decoder", site: null, count: 2 }],
      text: "2 of 4 buffers are out, the warning is at 2; held 2 by decoder",
    }]);
    gate.leaveUnnamed();
    gate.enterUnnamed();
    assertEquals(warnings.length, 1);
    gate.leave(second);
    gate.leaveUnnamed();
    gate.enterUnnamed();
    assertEquals(warnings.length, 2);
  });

  it("says nothing of a limit where there is none", () => {
    let text = "";
    const gate = gateOf({ highWater: 1, onHighWater: (warning) => text = warning.text });
    gate.enter("a");
    assertEquals(text, "1 buffer is out, the warning is at 1; held 1 by a");
  });

  it("can refuse: what it throws comes out, and nothing was let out", () => {
    let broken = true;
    const gate = gateOf({
      highWater: 2,
      onHighWater: () => {
        if (broken) throw new RangeError("too many");
      },
    });
    gate.enter("a");
    assertThrows(() => gate.enter(null), RangeError, "too many");
    assertThrows(() => gate.tryEnter(null), RangeError, "too many");
    assertThrows(() => gate.enterUnnamed(), RangeError, "too many");
    assertEquals(gate.out, 1);
    assertEquals(gate.holders(), [{ holder: "a", site: null, count: 1 }]);
    broken = false;
    gate.enterUnnamed();
    assertEquals(gate.out, 2);
  });

  it("can use the gate itself", () => {
    let given = 0;
    const gate: PoolGate = gateOf({
      max: 2,
      highWater: 2,
      onHighWater: () => {
        given++;
        gate.leave(first);
      },
    });
    const first = gate.enter("old");
    gate.enter("new");
    assertEquals([given, gate.out], [1, 1]);
    assertEquals(gate.holders(), [{ holder: "new", site: null, count: 1 }]);
  });
});
