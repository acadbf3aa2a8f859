/**
 * A place in a ring: what extends it can be in one ring at a time, and can leave it without a search.
 *
 * A ring begins as a link of its own that carries nothing, its head. Nothing is allocated to put something in or take it out.
 */
export class Link {
  // Private, so that who prints a link does not print the whole ring.
  #previous: this = this;
  #next: this = this;

  /** The link after it; itself where it is in no ring. */
  get next(): this {
    return this.#next;
  }

  /** Whether it is in no ring; of a head: whether the ring is empty. */
  get single(): boolean {
    return this.#next === this;
  }

  /** Puts `link`, which is in no ring, in at the end of the ring whose head this is. */
  append(link: this): void {
    link.#previous = this.#previous;
    link.#next = this;
    this.#previous.#next = link;
    this.#previous = link;
  }

  /** Takes it out of its ring. */
  remove(): void {
    this.#previous.#next = this.#next;
    this.#next.#previous = this.#previous;
    // What was given back must not keep its neighbours from the garbage collector.
    this.#previous = this;
    this.#next = this;
  }
}
