/**
 * A stretch of a program that uses an {@linkcode Arena}: what is allocated in it is given back when it ends, all at once.
 *
 * Scopes end in the opposite order of their beginning, as `using` makes sure.
 */
export interface ArenaScope extends Disposable {
  /** False once it has ended. */
  readonly isOpen: boolean;
  /**
   * Ends the scope: all that was allocated in it is free again.
   *
   * Throws `EINVAL` while a scope inside of it is open, and `DOUBLE_FREE` a second time. Leaving a `using` block after it is fine.
   */
  close(): void;
}
