import type { PoolSlot, PoolSpan } from "@mediamem/drawing";

/** As many stretches of time are told apart. */
const CELLS = 720;
/** Of so many rows it is remembered what happened in them; of others only that they are there. */
const ROWS = 64;

/** What a row was in one stretch of time. */
interface Cell {
  /** Steps that its buffer was out. */
  out: number;
  /** Steps that it was idle. */
  idle: number;
  /** Who had it; null for several, or nobody. */
  holder: string | null;
  /** Whether several had it. */
  shared: boolean;
}

/** A buffer of a pool, and the row that it stands in. */
export interface RecordedBuffer {
  readonly row: number;
  out: boolean;
  holder: string | null;
  /** The step since which it is so. */
  since: number;
}

function merge(into: Cell, from: Cell): void {
  if (from.out > 0) {
    if (into.out > 0 && (into.shared || from.shared || into.holder !== from.holder)) {
      into.holder = null;
      into.shared = true;
    } else {
      into.holder = from.holder;
      into.shared = from.shared;
    }
  }
  into.out += from.out;
  into.idle += from.idle;
}

/** Remembers of a run of any length, in bounded memory, which buffers there were, and who had them when. */
export class PoolRecorder {
  readonly #rows: (Cell | undefined)[][] = [];
  readonly #taken: boolean[] = [];
  /** No row below this one is vacant. */
  #lowest = 0;
  #stride = 1;

  /** A buffer was made. It stands in the first row that has none. */
  open(step: number): RecordedBuffer {
    while (this.#taken[this.#lowest]) this.#lowest++;
    const row = this.#lowest++;
    if (row === this.#rows.length) this.#rows.push([]);
    this.#taken[row] = true;
    return { row, out: false, holder: null, since: step };
  }

  /** A buffer went out, or came back. */
  change(buffer: RecordedBuffer, step: number, out: boolean, holder: string | null): void {
    this.#add(buffer, step);
    buffer.out = out;
    buffer.holder = holder;
    buffer.since = step;
  }

  /** A buffer was freed. */
  close(buffer: RecordedBuffer, step: number): void {
    this.#add(buffer, step);
    this.#taken[buffer.row] = false;
    this.#lowest = Math.min(this.#lowest, buffer.row);
  }

  /** Writes down what a buffer was up to a step. */
  #add({ row, out, holder, since }: RecordedBuffer, step: number): void {
    if (row >= ROWS) return;
    while (step > this.#stride * CELLS) this.#thin();
    const cells = this.#rows[row]!;
    for (let at = since; at < step;) {
      const index = Math.floor(at / this.#stride);
      const next = Math.min(step, (index + 1) * this.#stride);
      const steps = next - at;
      const cell = {
        out: out ? steps : 0,
        idle: out ? 0 : steps,
        holder: out ? holder : null,
        shared: false,
      };
      const present = cells[index];
      if (present === undefined) cells[index] = cell;
      else merge(present, cell);
      at = next;
    }
  }

  #thin(): void {
    for (const [row, cells] of this.#rows.entries()) {
      const half: (Cell | undefined)[] = [];
      for (const [i, cell] of cells.entries()) {
        if (cell === undefined) continue;
        const present = half[i >> 1];
        if (present === undefined) half[i >> 1] = cell;
        else merge(present, cell);
      }
      this.#rows[row] = half;
    }
    this.#stride *= 2;
  }

  /**
   * The rows with what happened in them.
   *
   * @param buffers The buffers that are there at the end.
   * @param last The last step.
   */
  slots(buffers: Iterable<RecordedBuffer>, last: number): PoolSlot[] {
    for (const buffer of buffers) this.change(buffer, last, buffer.out, buffer.holder);
    return this.#rows.map((cells) => ({ spans: this.#spans(cells, last) }));
  }

  /** Equal neighbours become one. */
  #spans(cells: readonly (Cell | undefined)[], last: number): PoolSpan[] {
    const spans: { from: number; to: number; out: number; holder: string | null }[] = [];
    for (const [i, cell] of cells.entries()) {
      if (cell === undefined) continue;
      const out = cell.out / (cell.out + cell.idle);
      const from = i * this.#stride;
      const to = Math.min(from + this.#stride, last);
      const before = spans.at(-1);
      if (before !== undefined && before.to === from && before.out === out && before.holder === cell.holder) {
        before.to = to;
      } else spans.push({ from, to, out, holder: cell.holder });
    }
    return spans;
  }
}
