import { MediaError } from "@mediamem/interface";
import { FailureLog } from "./failure_log.ts";
import type { TraceProgress } from "./trace_progress.ts";
import type { TraceSource } from "./trace_source.ts";

/** As many operations are done between two looks at the clock. */
const LOOK = 1 << 14;

/** How the operations of a trace are done. */
export interface Drive<Operation> {
  readonly source: TraceSource<Operation>;
  readonly progress: TraceProgress;
  /** Whether the first failure ends the run. */
  readonly strict: boolean;
  /** Does one operation. A `MediaError` is a failure of it. */
  readonly apply: (operation: Operation) => void;
  /** Is told after each operation how many have been done. */
  readonly after: (count: number) => void;
  /** The operation as the trace has it. */
  readonly line: (operation: Operation) => string;
}

/** What came of the operations of a trace. */
export interface Driven {
  readonly operations: number;
  readonly failures: FailureLog;
}

/** Does the operations of a trace, one after the other. */
export function drive<Operation extends { readonly line: number }>(run: Drive<Operation>): Driven {
  const { source, progress, strict, apply, after, line } = run;
  const failures = new FailureLog();
  let operations = 0;
  for (let operation = source.next(); operation !== null; operation = source.next()) {
    try {
      apply(operation);
    } catch (error) {
      if (!(error instanceof MediaError)) throw error;
      failures.add({
        where: source.where(operation.line),
        operation: line(operation),
        code: error.code,
        message: error.message,
      });
    }
    after(++operations);
    if (strict && failures.count > 0) break;
    if (operations % LOOK === 0) progress.show(operations, failures.count);
  }
  return { operations, failures };
}
