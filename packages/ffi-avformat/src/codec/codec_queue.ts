import { AVERROR } from "@mediamem/interface";

/**
 * The two halves of a codec, of which one asks for the other: what it has for us must be taken before it takes more.
 *
 * What an iteration was left before comes with the next one.
 */
export class CodecQueue<T extends Disposable> implements Disposable {
  readonly #send: (address: number) => number;
  readonly #receive: () => T | null;
  #waiting: T[] = [];

  /** `send` gives an address to C and its answer; `receive` gives what is ready, null for nothing. */
  constructor(send: (address: number) => number, receive: () => T | null) {
    this.#send = send;
    this.#receive = receive;
  }

  /** Sends until C takes it; gives its answer. */
  send(address: number): number {
    let answer = this.#send(address);
    while (answer === AVERROR.EAGAIN) {
      const ready = this.#receive();
      if (ready === null) return answer;
      this.#waiting.push(ready);
      answer = this.#send(address);
    }
    return answer;
  }

  /** Gives what is ready, one by one. */
  *take(): Generator<T, void, void> {
    for (;;) {
      const ready = this.#waiting.shift() ?? this.#receive();
      if (ready === null) return;
      yield ready;
    }
  }

  /** Gives back what nobody took. */
  [Symbol.dispose](): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const ready of waiting) ready[Symbol.dispose]();
  }
}
