/** At least so many names of what is gone are remembered, at most twice as many: a trace of any length takes bounded memory. */
const REMEMBERED = 65536;

/** What the names of a trace stand for: what is there, and what was there until lately. */
export class NameTable<Entry> {
  readonly #live = new Map<string, Entry>();
  #gone = new Map<string, Entry>();
  #longGone = new Map<string, Entry>();

  /** How many names stand for something. */
  get size(): number {
    return this.#live.size;
  }

  /** What is there under a name. */
  live(name: string): Entry | undefined {
    return this.#live.get(name);
  }

  /** What was there last under a name that stands for nothing now. */
  gone(name: string): Entry | undefined {
    return this.#gone.get(name) ?? this.#longGone.get(name);
  }

  /** Gives a name to something. */
  add(name: string, entry: Entry): void {
    this.#live.set(name, entry);
  }

  /** Takes a name away; for some time it is remembered what it stood for. */
  remove(name: string, entry: Entry): void {
    this.#live.delete(name);
    this.#gone.set(name, entry);
    if (this.#gone.size < REMEMBERED) return;
    this.#longGone = this.#gone;
    this.#gone = new Map();
  }

  /** Everything that has a name, in the order in which the names were given. */
  entries(): IterableIterator<[string, Entry]> {
    return this.#live.entries();
  }
}
