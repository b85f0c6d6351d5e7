/** Answers to pings for which there is no room yet. */

/**
 * How many are kept of a connection: each ping is to be answered, but of those that wait the last ones are enough (RFC
 * 6455 §5.5.3). The answers to a server that pings and does not read would fill the memory.
 */
const MOST = 64;

/** What a connection still has to answer; it takes no memory as long as that is nothing. */
export class OwedPongs {
  #payloads: Uint8Array[] | undefined;

  /** Keeps the payload of a ping, which the pong must repeat. */
  add(buffer: Uint8Array, start: number, end: number): void {
    this.#payloads ??= [];
    if (this.#payloads.length === MOST) this.#payloads.shift();
    this.#payloads.push(buffer.slice(start, end));
  }

  clear(): void {
    this.#payloads = undefined;
  }

  /** Sends all of them, in their order. */
  settle(send: (payload: Uint8Array) => void): void {
    const payloads = this.#payloads;
    this.#payloads = undefined;
    payloads?.forEach(send);
  }
}
