/** What is written to a connection of Deno, which takes one piece at a time. */

import { copyRange, giveBack, makeRoom } from "../frame/buffer_pool.ts";

/** How long the last bytes may take if nothing else keeps the connection open, in milliseconds. */
const LAST_MS = 1000;

/** The bytes that go out on one connection, in their order. */
export class Outgoing {
  readonly #connection: Pick<Deno.Conn, "write" | "close">;
  readonly #drained: () => void;
  /** What is to be written after what is being written now. */
  #gathered: Uint8Array<ArrayBuffer> | undefined;
  /** How many bytes of it are in use. */
  #length = 0;
  #isWriting = false;
  #isClosed = false;
  /** Resolves when the connection is closed, if it is to be closed once all is written. */
  #finishing: PromiseWithResolvers<void> | undefined;

  /** @param drained called whenever all is written */
  constructor(connection: Pick<Deno.Conn, "write" | "close">, drained: () => void) {
    this.#connection = connection;
    this.#drained = drained;
  }

  write(buffer: Uint8Array, start: number, end: number): void {
    const used = this.#length;
    const needed = used + end - start;
    // What grows is at least doubled.
    this.#gathered = makeRoom(this.#gathered, used, needed, used === 0 ? needed : 2 * needed);
    copyRange(buffer, start, end, this.#gathered, used);
    this.#length = needed;
    if (!this.#isWriting) this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#gathered !== undefined) {
      const gathered = this.#gathered;
      const length = this.#length;
      this.#gathered = undefined;
      this.#length = 0;
      try {
        for (let at = 0; at < length && !this.#isClosed;) {
          at += await this.#connection.write(gathered.subarray(at, length));
        }
      } catch {
        // The read side reports the end.
        if (this.#finishing !== undefined) this.close();
        return;
      } finally {
        giveBack(gathered);
      }
      if (this.#isClosed) return;
    }
    this.#isWriting = false;
    if (this.#finishing === undefined) this.#drained();
    else this.close();
  }

  /** Closes the connection once all is written, or after a second; resolves when it is closed. */
  async finish(): Promise<void> {
    if (!this.#isWriting) return this.close();
    this.#finishing = Promise.withResolvers();
    const timer = setTimeout(() => this.close(), LAST_MS);
    await this.#finishing.promise;
    clearTimeout(timer);
  }

  /** Closes the connection at once. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#gathered !== undefined) giveBack(this.#gathered);
    this.#gathered = undefined;
    this.#connection.close();
    this.#finishing?.resolve();
  }
}
