/** Where the operations of a trace come from, one after the other. */
export interface TraceSource<Operation> extends Disposable {
  /** What the trace is called: the name of its file, or what made it. */
  readonly name: string;
  /** How much of it there is, bytes or operations; null where nobody knows. */
  readonly total: number | null;
  /** How much of that is done. */
  readonly done: number;
  /** The next operation; null at the end. Throws a `UsageError` that names the line for what is none. */
  next(): Operation | null;
  /** Where an operation stands, for messages: `trace.txt:12`. */
  where(line: number): string;
}
