import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { MediaError } from "@mediamem/interface";
import { AllocationLedger, PoolGate, type PoolTicket } from "@mediamem/ledger";

type Operation =
  | { readonly do: "enter" | "tryEnter" | "enterUnnamed" | "leaveUnnamed" | "wait" | "close" }
  | { readonly do: "leave" | "abort"; readonly which: number };

const plain = (...words: ("enter" | "tryEnter" | "enterUnnamed" | "leaveUnnamed" | "wait")[]) =>
  fc.record({ do: fc.constantFrom(...words) });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: plain("enter", "tryEnter", "enterUnnamed") },
  { weight: 4, arbitrary: plain("wait") },
  { weight: 2, arbitrary: plain("leaveUnnamed") },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("leave" as const), which: fc.nat(1000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("abort" as const), which: fc.nat(1000) }) },
);
const operations = fc.tuple(fc.array(operation, { maxLength: 100 }), fc.boolean())
  .map(([steps, closes]): Operation[] => closes ? [...steps, { do: "close" }] : steps);

/** A gate and, beside it, what a queue and two lists say it must be. */
class Model {
  readonly gate: PoolGate;
  /** Tickets that are out. */
  readonly held: PoolTicket[] = [];
  /** Names of those who wait, longest first. */
  readonly queue: string[] = [];
  /** How each wait must end, in order. */
  readonly expected: string[] = [];
  /** How each wait ended. */
  readonly ended: string[] = [];
  readonly #controllers = new Map<string, AbortController>();
  unnamed = 0;
  warnings = 0;
  closed = false;
  #served = 0;
  #names = 0;

  constructor(readonly max: number, highWater: number) {
    const onHighWater = (): void => void this.warnings++;
    this.gate = new PoolGate("op", { max, highWater, onHighWater }, new AllocationLedger());
  }

  /** Places that are taken, also by those who were served and have not run yet. */
  get out(): number {
    return this.held.length + this.unnamed + this.#served;
  }

  step(operation: Operation): void {
    const full = this.out === this.max;
    switch (operation.do) {
      case "enter":
        if (full) assertThrows(() => this.gate.enter("x"), MediaError, `${this.max} of ${this.max}`);
        else this.held.push(this.gate.enter("x"));
        break;
      case "tryEnter": {
        const ticket = this.gate.tryEnter(null);
        assertEquals(ticket === null, full);
        if (ticket !== null) this.held.push(ticket);
        break;
      }
      case "enterUnnamed":
        if (full) assertThrows(() => this.gate.enterUnnamed(), MediaError, `${this.max} of ${this.max}`);
        else {
          this.gate.enterUnnamed();
          this.unnamed++;
        }
        break;
      case "leaveUnnamed":
        this.gate.leaveUnnamed();
        if (this.unnamed > 0) {
          this.unnamed--;
          this.#passOn();
        }
        break;
      case "leave": {
        const [ticket] = this.held.splice(operation.which % this.held.length, 1);
        if (ticket === undefined) break;
        this.gate.leave(ticket);
        this.gate.leave(ticket);
        this.#passOn();
        break;
      }
      case "wait":
        this.#wait(full);
        break;
      case "abort": {
        const [name] = this.queue.splice(operation.which % this.queue.length, 1);
        if (name === undefined) break;
        this.expected.push(`${name} aborted`);
        this.#controllers.get(name)!.abort(new Error("aborted"));
        break;
      }
      case "close":
        this.gate.close();
        this.closed = true;
        for (const name of this.queue.splice(0)) this.expected.push(`${name} USE_AFTER_FREE`);
    }
  }

  #wait(full: boolean): void {
    const name = `w${this.#names++}`;
    const controller = new AbortController();
    this.#controllers.set(name, controller);
    if (full) this.queue.push(name);
    else {
      this.expected.push(`${name} served`);
      this.#served++;
    }
    this.gate.wait({ holder: name, signal: controller.signal }).then((ticket) => {
      assertEquals(ticket.holder, name);
      this.ended.push(`${name} served`);
      this.held.push(ticket);
      this.#served--;
    }, (error) => {
      this.ended.push(`${name} ${error instanceof MediaError ? error.code : error.message}`);
    });
  }

  #passOn(): void {
    const name = this.queue.shift();
    if (name === undefined) return;
    this.expected.push(`${name} served`);
    this.#served++;
  }

  check(): void {
    assert(this.gate.out <= this.max);
    assertEquals(this.gate.out, this.out);
    const named = this.gate.holders().reduce((sum, { count }) => sum + count, 0);
    assertEquals(named, this.out);
  }
}

describe("a gate", () => {
  it("lets out no more than it may, serves in order and loses no place", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        operations,
        fc.boolean(),
        async (max, steps, patient) => {
          const model = new Model(max, max);
          let warnings = 0;
          let below = true;
          for (const step of steps) {
            model.step(step);
            if (model.out === max && below) warnings++;
            below = model.out < max;
            model.check();
            // Sometimes those who were served run before the next step, sometimes after all of them.
            if (patient) await Promise.resolve();
          }
          // Every promise that was settled has told so by the time a timer runs.
          await new Promise((resolve) => setTimeout(resolve, 0));
          model.check();
          assertEquals(model.ended, model.expected);
          assertEquals(model.warnings, warnings);
          while (model.queue.length > 0 || model.out > 0) {
            if (model.unnamed > 0) model.step({ do: "leaveUnnamed" });
            else model.step({ do: "leave", which: 0 });
            await Promise.resolve();
          }
          assertEquals([model.gate.out, model.gate.holders()], [0, []]);
          assertEquals(model.ended, model.expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});
