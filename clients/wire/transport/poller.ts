/** Waits for many sockets at once, by epoll. */

import { ERRNO, type Libc, LINUX } from "./libc.ts";

/** On x86-64 `struct epoll_event` has no gap between its parts. */
const EVENT_SIZE = Deno.build.arch === "x86_64" ? 12 : 16;
const DATA_AT = EVENT_SIZE - 8;
/** How many events are taken at a time. */
const EVENTS = 1024;

/** Waits for many sockets at once. Each is known by a number and a generation that its owner chose. */
export class Poller {
  readonly #libc: Libc;
  readonly #fd: number;
  readonly #events = new Uint8Array(EVENT_SIZE * EVENTS);
  readonly #view = new DataView(this.#events.buffer);
  readonly #one = new Uint8Array(EVENT_SIZE);
  readonly #oneView = new DataView(this.#one.buffer);

  /** @throws {Error} if the system allows no more open files */
  constructor(libc: Libc) {
    this.#libc = libc;
    this.#fd = libc.call.epoll_create1(0);
    if (this.#fd < 0) throw new Error(`Cannot use epoll: error ${libc.errno()} of the system`);
  }

  #control(
    operation: number,
    fd: number,
    events: number,
    number: number,
    generation: number,
  ): void {
    this.#oneView.setUint32(0, events, true);
    this.#oneView.setInt32(DATA_AT, number, true);
    this.#oneView.setInt32(DATA_AT + 4, generation, true);
    this.#libc.call.epoll_ctl(this.#fd, operation, fd, this.#one);
  }

  add(fd: number, events: number, number: number, generation = 0): void {
    this.#control(LINUX.EPOLL_CTL_ADD, fd, events, number, generation);
  }

  change(fd: number, events: number, number: number, generation = 0): void {
    this.#control(LINUX.EPOLL_CTL_MOD, fd, events, number, generation);
  }

  /** Waits until something happens, at most for `timeoutMs` (rounded down to whole milliseconds). */
  wait(
    timeoutMs: number,
    handle: (number: number, generation: number, events: number) => void,
  ): void {
    const count = this.#libc.call.epoll_wait(this.#fd, this.#events, EVENTS, timeoutMs | 0);
    if (count < 0 && this.#libc.errno() !== ERRNO.interrupted) {
      throw new Error(`Cannot wait for events: error ${this.#libc.errno()} of the system`);
    }
    for (let index = 0; index < count; index++) {
      const at = index * EVENT_SIZE;
      handle(
        this.#view.getInt32(at + DATA_AT, true),
        this.#view.getInt32(at + DATA_AT + 4, true),
        this.#view.getUint32(at, true),
      );
    }
  }

  dispose(): void {
    this.#libc.call.close(this.#fd);
  }
}
