/** How long a page was blocked: the longest time between two frames. */

/** Watches the frames of a page while a run goes on. Times are in milliseconds. */
export class FrameMeter {
  #last: number;
  #longest = 0;
  #wasHidden = false;

  /** @param now when the run begins */
  constructor(now: number) {
    this.#last = now;
  }

  /** Notes a frame, or the end of the run. */
  frame(now: number): void {
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
  }

  /** Notes that the page was hidden: it gets no frames then, even if it has nothing to do. */
  hide(): void {
    this.#wasHidden = true;
  }

  /** The longest time without a frame; undefined if the page was hidden meanwhile. */
  get longestMs(): number | undefined {
    return this.#wasHidden ? undefined : this.#longest;
  }
}
