/**
 * How much is remembered of what was handed out.
 *
 * `off`: how many and how many bytes. `counts`: also which call gave it, and when. `sampled`: also the stack of one in `sampleEvery`.
 * `all`: also every stack.
 */
export type Tracing = "off" | "counts" | "sampled" | "all";

/** How a backend keeps account. */
export interface LedgerOptions {
  /** How much is remembered; undefined: `off`. */
  readonly tracing?: Tracing;
  /** Of how many allocations one keeps its stack when `sampled`; undefined: 64. */
  readonly sampleEvery?: number;
  /** The most bytes that may be alive at a time; undefined: `Infinity`. */
  readonly limitBytes?: number;
}

/** What one place in a program took and has not given back. */
export interface LeakGroup {
  /** The C function that gave it: `av_malloc`, `av_buffer_ref`. */
  readonly op: string;
  /** The calls that led there, innermost first, as `name (file:line:column)`; null where no stack was kept. */
  readonly site: readonly string[] | null;
  /** How many. */
  readonly count: number;
  /** Bytes that these keep alive. */
  readonly bytes: number;
  /** Age of the oldest, milliseconds. */
  readonly oldest: number;
}

/** What was taken and not given back, grouped by site, most bytes first. */
export interface LeakReport {
  /** How many. */
  readonly count: number;
  /** Bytes that these keep alive. */
  readonly bytes: number;
  /** One for each site and op. */
  readonly groups: readonly LeakGroup[];
  /** What the garbage collector found: never given back, and alive no more. Of the latest 100 at most. */
  readonly abandoned: readonly LeakGroup[];
  /** The same for people, several lines. */
  readonly text: string;
}

/** A stretch of a program: what was taken since it began. */
export interface LeakScope {
  /** What was taken since the scope began and is still alive. */
  report(): LeakReport;
}

/** What a backend handed out and has not got back. */
export interface Ledger {
  /** How much is remembered of what is handed out from now on. */
  tracing: Tracing;
  /** Of how many allocations one keeps its stack when `sampled`. */
  sampleEvery: number;
  /**
   * The most bytes that may be alive at a time, `Infinity` for no limit. What would go beyond it throws `OVER_BUDGET`, which names the
   * largest holders.
   */
  limitBytes: number;
  /** How many blocks, references and frames are alive. */
  readonly live: number;
  /** How many bytes are alive; memory with several references counts once. */
  readonly bytes: number;
  /** The most that `bytes` has been. */
  readonly peak: number;
  /** How many were never given back and were found by the garbage collector. */
  readonly abandoned: number;
  /** Everything that is alive and was taken while tracing was on. */
  report(): LeakReport;
  /** Begins a scope now. Throws `EINVAL` while tracing is off. */
  scope(): LeakScope;
}
