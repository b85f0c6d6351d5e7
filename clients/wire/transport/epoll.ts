/**
 * A transport on Linux's sockets and epoll, called straight in the C library: one synchronous loop, no promise, no
 * object per read or write.
 */

import { Clocks } from "./clocks.ts";
import type { Endpoint } from "./endpoint.ts";
import {
  describeEnd,
  describeErrno,
  ERRNO,
  type Libc,
  LINUX,
  openLibc,
  socketAddress,
} from "./libc.ts";
import { Poller } from "./poller.ts";
import { joined } from "./pending.ts";
import { Sources } from "./sources.ts";
import { readTcpInfo, type TcpInfo } from "./tcp_info.ts";
import type { LoopTransport, TransportHandlers } from "./transport.ts";

const STATE = { free: 0, connecting: 1, connected: 2 } as const;
const NOTHING = new Uint8Array();
/** Numbers that are not slots: the file whose end is watched, and the socket that accepts connections. */
const WATCHED = -1;
const LISTENER = -2;
/** How many connections may wait to be accepted. */
const BACKLOG = 4096;

export class EpollTransport implements LoopTransport {
  /** How much is read at a time, in bytes. */
  static readonly READ_SIZE: number = 256 * 1024;

  onRoom: (slot: number) => void = () => {};

  readonly #handlers: TransportHandlers;
  readonly #libc: Libc;
  readonly #poller: Poller;
  readonly #states: Uint8Array;
  readonly #fds: Int32Array;
  /** Grows each time a slot is used, so that an event of an earlier connection is recognized. */
  readonly #generations: Int32Array;
  /** What the system did not take yet, by slot. */
  readonly #pending: Uint8Array[];
  readonly #isPaused: Uint8Array;
  /** Why nothing can be sent any more: the system tells it once, here or to the read side. 0 for nothing. */
  readonly #sendErrors: Int32Array;
  readonly #buffer: Uint8Array<ArrayBuffer>;
  readonly #number = new Uint8Array(4);
  readonly #numberView = new DataView(this.#number.buffer);
  readonly #length = Uint8Array.of(4, 0, 0, 0);
  readonly clocks: Clocks;
  readonly #handle = (slot: number, generation: number, events: number): void =>
    this.#event(slot, generation, events);
  /** Connections that failed at once; reported in the loop, so never before {@linkcode connect} has returned. */
  readonly #failures: [slot: number, generation: number, reason: string][] = [];
  #watchedEnded: () => void = () => {};
  readonly #address: Uint8Array<ArrayBuffer>;
  readonly #sources: Sources;
  #listener = -1;
  /** Slots that a connection may be accepted into. */
  readonly #vacant: number[] = [];

  /**
   * @param address address of IPv4 or IPv6 and port: what every slot connects to, or what {@linkcode listen} binds; and
   * where connections come from
   * @param reads what is read into, of {@linkcode EpollTransport.READ_SIZE}
   * @throws {Error} if epoll cannot be used, with the reason as a phrase
   */
  constructor(
    handlers: TransportHandlers,
    address: Pick<Endpoint, "hostname" | "port" | "sources">,
    slots: number,
    reads: Uint8Array<ArrayBuffer> = new Uint8Array(EpollTransport.READ_SIZE),
  ) {
    this.#handlers = handlers;
    this.#buffer = reads;
    this.#libc = openLibc();
    using resources = new DisposableStack();
    resources.defer(() => this.#libc.dispose());
    this.clocks = new Clocks(this.#libc);
    this.#address = socketAddress(address.hostname, address.port);
    this.#sources = new Sources(this.#libc, address.sources ?? [], this.#address[0]!);
    this.#poller = new Poller(this.#libc);
    // From here on dispose() lets go of them.
    resources.move();
    this.#states = new Uint8Array(slots);
    this.#fds = new Int32Array(slots).fill(-1);
    this.#generations = new Int32Array(slots);
    this.#pending = new Array(slots).fill(NOTHING);
    this.#isPaused = new Uint8Array(slots);
    this.#sendErrors = new Int32Array(slots);
  }

  now(): number {
    this.clocks.look();
    return this.clocks.ms[0]!;
  }

  tcpInfo(slot: number): TcpInfo | undefined {
    if (this.#states[slot] !== STATE.connected) return undefined;
    return readTcpInfo(this.#libc, this.#fds[slot]!, this.#generations[slot]!);
  }

  watch(fd: number, ended: () => void): void {
    this.#watchedEnded = ended;
    this.#poller.add(fd, 0, WATCHED);
  }

  #socket(): number {
    const type = LINUX.SOCK_STREAM | LINUX.SOCK_NONBLOCK | LINUX.SOCK_CLOEXEC;
    return this.#libc.call.socket(this.#address[0]!, type, 0);
  }

  #turnOn(fd: number, level: number, option: number): void {
    this.#numberView.setInt32(0, 1, true);
    this.#libc.call.setsockopt(fd, level, option, this.#number, 4);
  }

  /**
   * Accepts connections into the slots that are free, instead of connecting them.
   *
   * @param sharesPort whether other processes listen there, too; each then gets a part of the connections
   * @returns the port
   * @throws {Error} if the address is not available
   */
  listen(sharesPort: boolean = false): number {
    const { call } = this.#libc;
    const fd = this.#listener = this.#socket();
    this.#turnOn(fd, LINUX.SOL_SOCKET, LINUX.SO_REUSEADDR);
    if (sharesPort) this.#turnOn(fd, LINUX.SOL_SOCKET, LINUX.SO_REUSEPORT);
    if (call.bind(fd, this.#address, this.#address.length) < 0 || call.listen(fd, BACKLOG) < 0) {
      throw new Error(`Cannot listen: ${describeErrno(this.#libc.errno())}`);
    }
    const bound = new Uint8Array(this.#address.length);
    call.getsockname(fd, bound, Uint8Array.of(bound.length, 0, 0, 0));
    for (let slot = this.#states.length - 1; slot >= 0; slot--) this.#vacant.push(slot);
    this.#poller.add(fd, LINUX.EPOLLIN, LISTENER);
    return new DataView(bound.buffer).getUint16(2);
  }

  #accept(): void {
    while (this.#vacant.length > 0) {
      const flags = LINUX.SOCK_NONBLOCK | LINUX.SOCK_CLOEXEC;
      const fd = this.#libc.call.accept4(this.#listener, null, null, flags);
      if (fd < 0) return;
      const slot = this.#vacant.pop()!;
      this.#fds[slot] = fd;
      this.#generations[slot]!++;
      this.#states[slot] = STATE.connected;
      this.#turnOn(fd, LINUX.IPPROTO_TCP, LINUX.TCP_NODELAY);
      this.#poller.add(fd, LINUX.EPOLLIN, slot, this.#generations[slot]!);
      this.#handlers.connected(slot);
    }
  }

  connect(slot: number): void {
    const { call } = this.#libc;
    this.#generations[slot]!++;
    this.#states[slot] = STATE.connecting;
    const fd = this.#fds[slot] = this.#socket();
    if (fd < 0) return this.#failed(slot);
    const refused = this.#sources.bind(fd, slot);
    if (refused !== undefined) return this.#failed(slot, refused);
    this.#turnOn(fd, LINUX.IPPROTO_TCP, LINUX.TCP_NODELAY);
    if (
      call.connect(fd, this.#address, this.#address.length) < 0 &&
      this.#libc.errno() !== ERRNO.inProgress
    ) {
      return this.#failed(slot);
    }
    this.#poller.add(fd, LINUX.EPOLLOUT, slot, this.#generations[slot]!);
  }

  write(slot: number, buffer: Uint8Array, start: number, end: number): boolean {
    const pending = this.#pending[slot]!;
    if (pending.length > 0) {
      this.#pending[slot] = joined(pending, buffer, start, end);
      return false;
    }
    const taken = this.#send(slot, buffer, start, end);
    if (taken === end - start) return true;
    if (taken < 0) return false;
    this.#pending[slot] = buffer.slice(start + taken, end);
    this.#wait(slot);
    return false;
  }

  /** Gives bytes to the system; returns how many it took, -1 after an error. */
  #send(slot: number, buffer: Uint8Array, start: number, end: number): number {
    const part = start === 0 ? buffer : buffer.subarray(start);
    const taken = this.#libc.call.send(
      this.#fds[slot]!,
      part as Uint8Array<ArrayBuffer>,
      end - start,
      LINUX.MSG_NOSIGNAL,
    );
    if (taken >= 0) return taken;
    const errno = this.#libc.errno();
    if (errno === ERRNO.again || errno === ERRNO.interrupted) return 0;
    // The read side reports the end, after what the server may have sent before it.
    this.#sendErrors[slot] = errno;
    return -1;
  }

  /** Waits for the events that a connected slot needs; the system reports its end without being asked. */
  #wait(slot: number): void {
    const events = (this.#isPaused[slot] ? 0 : LINUX.EPOLLIN) |
      (this.#pending[slot]!.length > 0 ? LINUX.EPOLLOUT : 0);
    this.#poller.change(this.#fds[slot]!, events, slot, this.#generations[slot]!);
  }

  pause(slot: number): void {
    this.#setPaused(slot, 1);
  }

  resume(slot: number): void {
    this.#setPaused(slot, 0);
  }

  #setPaused(slot: number, isPaused: 0 | 1): void {
    if (this.#states[slot] !== STATE.connected || this.#isPaused[slot] === isPaused) return;
    this.#isPaused[slot] = isPaused;
    this.#wait(slot);
  }

  close(slot: number): void {
    if (this.#states[slot] === STATE.free) return;
    if (this.#fds[slot]! >= 0) this.#libc.call.close(this.#fds[slot]!);
    this.#fds[slot] = -1;
    this.#states[slot] = STATE.free;
    this.#pending[slot] = NOTHING;
    this.#isPaused[slot] = 0;
    this.#sendErrors[slot] = 0;
    if (this.#listener >= 0) this.#vacant.push(slot);
  }

  finish(slot: number): void {
    const pending = this.#pending[slot]!;
    if (pending.length > 0) this.#send(slot, pending, 0, pending.length);
    this.close(slot);
  }

  #end(slot: number, reason: string): void {
    if (this.#states[slot] === STATE.free) return;
    this.close(slot);
    this.#handlers.ended(slot, reason);
  }

  poll(timeoutMs: number): void {
    // A failure is an event: its owner must not wait for another one.
    const isQuiet = this.#failures.length === 0;
    if (!isQuiet) this.#tellFailures();
    this.#poller.wait(isQuiet ? timeoutMs : 0, this.#handle);
  }

  #tellFailures(): void {
    for (const [slot, generation, reason] of this.#failures.splice(0)) {
      if (generation === this.#generations[slot]) this.#end(slot, reason);
    }
  }

  #failed(slot: number, reason: string = describeErrno(this.#libc.errno())): void {
    this.#failures.push([slot, this.#generations[slot]!, reason]);
  }

  #event(slot: number, generation: number, events: number): void {
    if (slot === WATCHED) return this.#watchedEnded();
    if (slot === LISTENER) return this.#accept();
    if (generation !== this.#generations[slot]) return;
    if (this.#states[slot] === STATE.connecting) return this.#connected(slot);
    if (this.#states[slot] === STATE.connected && (events & LINUX.EPOLLOUT) !== 0) {
      this.#flush(slot);
    }
    if (
      this.#states[slot] === STATE.connected &&
      (events & (LINUX.EPOLLIN | LINUX.EPOLLERR | LINUX.EPOLLHUP)) !== 0
    ) this.#read(slot);
  }

  #connected(slot: number): void {
    const { call } = this.#libc;
    const fd = this.#fds[slot]!;
    call.getsockopt(fd, LINUX.SOL_SOCKET, LINUX.SO_ERROR, this.#number, this.#length);
    const errno = this.#numberView.getInt32(0, true);
    if (errno !== 0) return this.#end(slot, describeErrno(errno));
    this.#states[slot] = STATE.connected;
    this.#wait(slot);
    this.#handlers.connected(slot);
  }

  #flush(slot: number): void {
    const pending = this.#pending[slot]!;
    const taken = this.#send(slot, pending, 0, pending.length);
    if (taken < 0) return;
    if (taken < pending.length) {
      this.#pending[slot] = pending.subarray(taken);
      return;
    }
    this.#pending[slot] = NOTHING;
    this.#wait(slot);
    this.onRoom(slot);
  }

  #read(slot: number): void {
    const count = this.#libc.call.recv(this.#fds[slot]!, this.#buffer, this.#buffer.length, 0);
    if (count > 0) return this.#handlers.received(slot, this.#buffer, 0, count);
    if (count === 0) return this.#end(slot, describeEnd(this.#sendErrors[slot]!));
    const errno = this.#libc.errno();
    if (errno === ERRNO.again || errno === ERRNO.interrupted) return;
    this.#end(slot, describeErrno(errno));
  }

  dispose(): void {
    for (const slot of this.#states.keys()) this.close(slot);
    if (this.#listener >= 0) this.#libc.call.close(this.#listener);
    this.#poller.dispose();
    this.#libc.dispose();
  }
}
