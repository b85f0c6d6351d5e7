/** Turns of the event loop between slices of work, so that a page goes on drawing meanwhile. */

/** After this time without a frame the page draws before more work is done, in milliseconds. */
const FRAME_MS = 8;
/** If no frame comes within this time, in milliseconds, the page is hidden. */
const NO_FRAME_MS = 100;

/** Calls back at the next frame; undefined if nothing is drawn, as in Deno. */
const onNextFrame = (globalThis as { requestAnimationFrame?: (callback: () => void) => number })
  .requestAnimationFrame;

/** Gives turns to some work; at most one is outstanding. */
export class Turns {
  // A timer would wait for 4 ms each time, and for 1 s while the page is hidden.
  readonly #channel = new MessageChannel();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frameMs = 0;
  #isClosed = false;

  constructor(work: () => void) {
    // A message that was sent before arrives at a closed port, too.
    this.#channel.port1.onmessage = () => {
      if (!this.#isClosed) work();
    };
  }

  /** Asks for a turn: at once, or, if the page has not drawn for a while, after its next frame. */
  next(): void {
    if (!onNextFrame || performance.now() - this.#frameMs < FRAME_MS) return this.#give();
    let isGiven = false;
    const give = (): void => {
      if (isGiven) return;
      isGiven = true;
      clearTimeout(this.#timer);
      this.#frameMs = performance.now();
      this.#give();
    };
    onNextFrame(give);
    this.#timer = setTimeout(give, NO_FRAME_MS);
  }

  /** Asks for a turn in a while, in milliseconds. */
  later(ms: number): void {
    this.#timer = setTimeout(() => this.#give(), ms);
  }

  /** Gives no more turns. */
  close(): void {
    clearTimeout(this.#timer);
    this.#isClosed = true;
    this.#channel.port1.close();
    this.#channel.port2.close();
  }

  #give(): void {
    if (this.#isClosed) return;
    this.#channel.port2.postMessage(undefined);
  }
}
