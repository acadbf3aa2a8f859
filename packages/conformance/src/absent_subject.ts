import type { LibraryName, Reference } from "./model.ts";
import type { Subject } from "./subject.ts";

/** A library that is not there: every case counts as one that cannot be compared. */
export class AbsentSubject implements Subject {
  readonly reference: Reference;
  readonly recorded = false;
  readonly absence: string;

  /** Stands for a library; `absence` says why nothing can be compared with it. */
  constructor(library: LibraryName, absence: string) {
    this.reference = {
      id: library,
      library: { name: `lib${library}`, version: "(missing)", path: null, abi: null },
      major: null,
      formats: new Set(),
    };
    this.absence = absence;
  }

  has(): boolean {
    return true;
  }

  answer(): never {
    throw new TypeError(`Cannot answer a case: ${this.absence}`);
  }

  play(): never {
    throw new TypeError(`Cannot play a trace: ${this.absence}`);
  }

  leaveOut(): void {}

  picture(): null {
    return null;
  }

  overview(): readonly never[] {
    return [];
  }
}
