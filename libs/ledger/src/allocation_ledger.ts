import {
  AVERROR,
  type LeakReport,
  type LeakScope,
  type Ledger,
  type LedgerOptions,
  MediaError,
  type Tracing,
} from "@mediamem/interface";
import { checkInteger, checkOptions, checkWord, invalid, plural } from "@mediamem/checks";
import { budgetText } from "./budget_text.ts";
import { captureSite } from "./capture_site.ts";
import { type LedgerEntry, LiveEntry } from "./ledger_entry.ts";
import { groupEntries } from "./leak_groups.ts";
import { leakText } from "./leak_text.ts";
import { Sampler } from "./sampler.ts";

const TRACINGS: readonly Tracing[] = ["off", "counts", "sampled", "all"];

/** How many of what the garbage collector found are remembered, the latest. */
const ABANDONED_KEPT = 100;

/**
 * The account of one backend. Bytes and entries are counted apart: memory with three references is three entries and its bytes once.
 *
 * A backend calls {@linkcode AllocationLedger.grow} before it takes memory and {@linkcode AllocationLedger.open} for every handle to it, and
 * their opposites when these are given back.
 *
 * @example
 * ```ts
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 * import { AllocationLedger } from "@mediamem/ledger";
 *
 * const ledger = new AllocationLedger({ tracing: "all", limitBytes: 1000 });
 * ledger.grow("av_malloc", 64);
 * const entry = ledger.open("av_malloc", 64);
 * assertEquals([ledger.live, ledger.bytes], [1, 64]);
 * assertStringIncludes(ledger.report().text, "1 of av_malloc, 64 bytes");
 *
 * ledger.close(entry);
 * ledger.shrink(64);
 * assertEquals([ledger.live, ledger.bytes, ledger.peak], [0, 0, 64]);
 * ```
 */
export class AllocationLedger implements Ledger {
  #tracing: Tracing = "off";
  #sampleEvery = 64;
  #limitBytes = Infinity;
  #live = 0;
  #bytes = 0;
  #peak = 0;
  #serial = 0;
  #abandoned = 0;
  /** How many of `#live` have an entry. */
  #known = 0;
  readonly #entries = new LiveEntry("", 0, -1, 0, null);
  readonly #found: LedgerEntry[] = [];
  readonly #sampler = new Sampler();

  /** Begins an account with nothing in it. Throws `TypeError` and `EINVAL` for options out of range. */
  constructor(options: LedgerOptions = {}) {
    checkOptions("ledger", options, "{ tracing, … }");
    this.tracing = options.tracing ?? "off";
    this.sampleEvery = options.sampleEvery ?? 64;
    this.limitBytes = options.limitBytes ?? Infinity;
  }

  get tracing(): Tracing {
    return this.#tracing;
  }
  set tracing(value: Tracing) {
    checkWord("ledger.tracing", "tracing", value, TRACINGS);
    this.#tracing = value;
  }

  get sampleEvery(): number {
    return this.#sampleEvery;
  }
  set sampleEvery(value: number) {
    checkInteger("ledger.sampleEvery", "sampleEvery", value);
    if (value < 1) {
      invalid(
        "ledger.sampleEvery",
        `Cannot set ledger.sampleEvery: sampleEvery is ${value}, wanted at least 1`,
      );
    }
    this.#sampleEvery = value;
    this.#sampler.reset(value);
  }

  get limitBytes(): number {
    return this.#limitBytes;
  }
  set limitBytes(value: number) {
    if (value !== Infinity) {
      checkInteger("ledger.limitBytes", "limitBytes", value);
      if (value < 0) {
        invalid(
          "ledger.limitBytes",
          `Cannot set ledger.limitBytes: limitBytes is ${value}, wanted at least 0`,
        );
      }
    }
    this.#limitBytes = value;
  }

  get live(): number {
    return this.#live;
  }
  get bytes(): number {
    return this.#bytes;
  }
  get peak(): number {
    return this.#peak;
  }
  get abandoned(): number {
    return this.#abandoned;
  }

  /** Counts `bytes` more alive. Throws `OVER_BUDGET`, and counts nothing, beyond the limit. Call it before the memory is taken. */
  grow(op: string, bytes: number): void {
    const sum = this.#bytes + bytes;
    if (sum > this.#limitBytes) this.#refuse(op, bytes);
    this.#bytes = sum;
    if (sum > this.#peak) this.#peak = sum;
  }

  /** Counts `bytes` fewer alive: the memory was given back, or could not be taken after all. */
  shrink(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** Counts one more handed out; gives its entry, null where tracing is off. */
  open(op: string, bytes: number): LedgerEntry | null {
    this.#live++;
    const serial = this.#serial++;
    if (this.#tracing === "off") return null;
    const entry = new LiveEntry(op, bytes, serial, Date.now(), this.site());
    this.#known++;
    this.#entries.append(entry);
    return entry;
  }

  /** Counts one given back. One that was given back before is not counted again. */
  close(entry: LedgerEntry | null): void {
    if (this.#end(entry) && entry !== null && entry.site !== null && this.#keepsStacks) {
      entry.closedAt = captureSite();
    }
  }

  /** Counts one that the garbage collector found, and closes it. */
  abandon(entry: LedgerEntry | null): void {
    if (!this.#end(entry)) return;
    this.#abandoned++;
    if (entry === null) return;
    if (this.#found.length === ABANDONED_KEPT) this.#found.shift();
    this.#found.push(entry);
  }

  /** Says where an entry was taken and given back, for the end of an error message: `; taken at f (file:1:2), given back at …`; empty where nothing is known. */
  describe(entry: LedgerEntry | null): string {
    if (entry === null) return "";
    const known: string[] = [];
    if (entry.site !== null) known.push(`taken at ${entry.site[0]}`);
    if (entry.closedAt !== null) known.push(`given back at ${entry.closedAt[0]}`);
    return known.length === 0 ? "" : `; ${known.join(", ")}`;
  }

  /** The calls that led here where tracing keeps them, for one in `sampleEvery` when `sampled`; else null. */
  site(): readonly string[] | null {
    return this.#tracing === "all" || (this.#tracing === "sampled" && this.#sampler.next())
      ? captureSite()
      : null;
  }

  report(): LeakReport {
    return this.#report(0, this.#live - this.#known, this.#abandoned);
  }

  scope(): LeakScope {
    if (this.#tracing === "off") {
      invalid(
        "ledger.scope",
        `Cannot begin a scope: ledger.tracing is "off", wanted "counts", "sampled" or "all"`,
      );
    }
    const start = this.#serial;
    return {
      report: () => this.#report(start, 0, this.#found.filter(({ serial }) => serial >= start).length),
    };
  }

  get #keepsStacks(): boolean {
    return this.#tracing === "all" || this.#tracing === "sampled";
  }

  /** Counts one fewer alive; gives false where it was counted before. */
  #end(entry: LedgerEntry | null): boolean {
    if (entry !== null) {
      const known = entry as LiveEntry;
      if (known.single) return false;
      known.remove();
      this.#known--;
    }
    this.#live--;
    return true;
  }

  *#since(start: number): Generator<LedgerEntry> {
    for (let entry = this.#entries.next; entry !== this.#entries; entry = entry.next) {
      if (entry.serial >= start) yield entry;
    }
  }

  #report(start: number, unknown: number, found: number): LeakReport {
    const now = Date.now();
    const groups = groupEntries(this.#since(start), now);
    const abandoned = groupEntries(this.#found.filter((entry) => entry.serial >= start), now);
    let count = 0;
    let bytes = 0;
    for (const group of groups) {
      count += group.count;
      bytes += group.bytes;
    }
    const text = leakText({ count, bytes, groups, unknown, found, abandoned });
    return { count, bytes, groups, abandoned, text };
  }

  #refuse(op: string, bytes: number): never {
    const groups = groupEntries(this.#since(0), Date.now());
    const holders = budgetText(groups, this.#live - this.#known, this.#tracing === "off");
    throw new MediaError(
      "OVER_BUDGET",
      `Cannot call ${op}: ${plural(bytes, "byte")} on top of ${this.#bytes} in use, ` +
        `wanted at most ${this.#limitBytes} in all${holders}`,
      { op, averror: AVERROR.ENOMEM },
    );
  }
}
