import { type ByteSink, type ByteSource, type MaybePromise, MediaError } from "@mediamem/interface";
import { checkIdle, checkLive, isPromise, refusePromise } from "@mediamem/checks";
import { EitherIoContext } from "./either_io_context.ts";
import { result } from "./io_checks.ts";
import type { IoState } from "./io_state.ts";
import type { OpenIoContext } from "./open_io_context.ts";

const OP = "avio_close";

/** A context that has a source or a sink. */
export class OpenedContext extends EitherIoContext implements OpenIoContext {
  readonly #behind: ByteSource | ByteSink;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.state.stop(this.#signal!.reason);

  constructor(state: IoState, behind: ByteSource | ByteSink, signal: AbortSignal | undefined) {
    super(state);
    this.#behind = behind;
    this.#signal = signal;
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener("abort", this.#onAbort);
  }

  close(): void {
    this.#checkClosable();
    try {
      if (this.state.writeFlag) {
        this.flush();
        result(OP, this.state, this.state.error);
      }
    } catch (error) {
      this.#abort(error).catch(() => {});
      throw error;
    }
    this.#free();
    refusePromise(`${this.#name}.close`, this.#behind.close?.());
  }

  async closeAsync(): Promise<void> {
    this.#checkClosable();
    try {
      if (this.state.writeFlag) {
        await this.flushAsync();
        result(OP, this.state, this.state.error);
      }
    } catch (error) {
      // Why it could not be written is what the caller has to know, not how the sink took that.
      await this.#abort(error).catch(() => {});
      throw error;
    }
    this.#free();
    await this.#behind.close?.();
  }

  override [Symbol.dispose](): void {
    const left = this.#leave(undefined);
    if (isPromise(left)) left.catch(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#leave(undefined);
  }

  get #name(): string {
    return this.state.writeFlag ? "ByteSink" : "ByteSource";
  }

  #checkClosable(): void {
    checkLive(OP, this.state.freed);
    checkIdle(OP, this.state.busy);
  }

  #free(): void {
    super[Symbol.dispose]();
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }

  /** Frees the context and lets go of what is behind it; of a sink without saying that all is written. */
  #leave(reason: unknown): MaybePromise<void> {
    const { state } = this;
    if (state.freed) return;
    this.#free();
    const behind: ByteSource & Partial<ByteSink> | ByteSink = this.#behind;
    if (!state.writeFlag || behind.abort === undefined) return behind.close?.();
    return behind.abort(reason ?? state.stopped?.reason ?? notClosed());
  }

  async #abort(reason: unknown): Promise<void> {
    await this.#leave(reason);
  }
}

function notClosed(): MediaError {
  return new MediaError("EXTERNAL", "Cannot keep what was written: the context was left, wanted it closed", {
    op: OP,
  });
}
