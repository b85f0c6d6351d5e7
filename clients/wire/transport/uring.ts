/**
 * A transport on Linux's sockets and io_uring: all that a turn sends is handed over by the one system call that waits
 * for what arrives, and no call is made per read or write.
 */

import { Clocks } from "./clocks.ts";
import type { Endpoint } from "./endpoint.ts";
import { copyRange } from "../frame/buffer_pool.ts";
import {
  describeEnd,
  describeErrno,
  ERRNO,
  type Libc,
  LINUX,
  openLibc,
  socketAddress,
} from "./libc.ts";
import { MappedMemory } from "./mapped_memory.ts";
import { joined } from "./pending.ts";
import { BUFFERS_SIZE, ReceiveBuffers } from "./receive_buffers.ts";
import { Ring } from "./ring.ts";
import { Sources } from "./sources.ts";
import { readTcpInfo, type TcpInfo } from "./tcp_info.ts";
import type { LoopTransport, TransportHandlers } from "./transport.ts";

const STATE = { free: 0, connecting: 1, connected: 2 } as const;
const NOTHING = new Uint8Array();

/** Kinds of operations with their flags, as their first word has them. */
const OPERATION = {
  /** Polls once: for events, or with none for the end. */
  poll: 6,
  cancel: 14,
  connect: 16,
  /** Without a result if it succeeds as a whole. */
  send: 26 | 1 << 6 << 8,
  /** Again and again, into buffers that the system chooses. */
  receive: 27 | 1 << 5 << 8 | 1 << 1 << 16,
} as const;
/** Sends what the system takes at once; that it was not all is an error, which has a result. */
const SEND_FLAGS = LINUX.MSG_NOSIGNAL | LINUX.MSG_DONTWAIT | LINUX.MSG_WAITALL;
/** A receive goes on. */
const MORE = 1 << 1;

/** What a result is of. */
const RESULT = {
  receive: 0,
  send: 1,
  connect: 2,
  room: 3,
  cancel: 4,
  watch: 5,
  hangUp: 6,
} as const;
const RESULT_BITS = 3;
/** Generations are counted up to this, as they share a word with a result's kind. */
const GENERATIONS = 2 ** 28;

/** What may be sent in a turn before the rest has to wait for the next one, in bytes. */
const SEND_SIZE = 4 * 1024 * 1024;
/** In front of what is sent: the address that connections go to. */
const ADDRESS_SIZE = 64;

export class UringTransport implements LoopTransport {
  /** How much can be read at the same time, in bytes. */
  static readonly READ_SIZE: number = BUFFERS_SIZE;

  onRoom: (slot: number) => void = () => {};

  readonly #handlers: TransportHandlers;
  readonly #libc: Libc;
  readonly #ring: Ring;
  readonly #buffers: ReceiveBuffers;
  readonly #memory: MappedMemory;
  readonly #resources: DisposableStack;
  readonly #addressSize: number;
  readonly #family: number;
  readonly #sources: Sources;
  readonly #states: Uint8Array;
  readonly #fds: Int32Array;
  /** Grows each time a slot is used, so that a result of an earlier connection is recognized. */
  readonly #generations: Int32Array;
  readonly #isReceiving: Uint8Array;
  readonly #isPaused: Uint8Array;
  /** Whether the system is asked to say when the connection breaks, as nobody reads it. */
  readonly #isGuarded: Uint8Array;
  /**
   * Sends are done when a turn is over, and only those that failed have a result: until then the bytes stay where they
   * are. So turns use two halves of the memory alternately, and a slot sends once a turn.
   */
  #turn = 1;
  #used = 0;
  /** Of the last send of each slot: its turn, where its bytes are, and how many. */
  readonly #sentTurns: Int32Array;
  readonly #sentAts: Int32Array;
  readonly #sentSizes: Int32Array;
  /** What was not sent yet, by slot. */
  readonly #pending: Uint8Array[];
  /** How many bytes of it are being sent. */
  readonly #flushing: Int32Array;
  /** Whether it waits until the system says that there is room. */
  readonly #isWaiting: Uint8Array;
  /** The error that a send met; 0 for none. */
  readonly #sendErrors: Int32Array;
  /** Slots that send what is pending in the next turn. */
  #toFlush: number[] = [];
  readonly #isToFlush: Uint8Array;
  readonly #on = Uint8Array.of(1, 0, 0, 0);
  readonly clocks: Clocks;
  /** Connections that failed at once; reported in a turn, so never before {@linkcode connect} has returned. */
  readonly #failures: [slot: number, generation: number, reason: string][] = [];
  readonly #handle = (slot: number, tag: number, result: number, flags: number): void =>
    this.#result(slot, tag, result, flags);
  #watchedEnded: () => void = () => {};

  /**
   * @param address address of IPv4 or IPv6 and port: what every slot connects to; and where connections come from
   * @param reads what is read into, of {@linkcode UringTransport.READ_SIZE}
   * @throws {Error} if io_uring cannot be used, with the reason as a phrase
   */
  constructor(
    handlers: TransportHandlers,
    address: Pick<Endpoint, "hostname" | "port" | "sources">,
    slots: number,
    reads: Uint8Array<ArrayBuffer> = new Uint8Array(UringTransport.READ_SIZE),
  ) {
    this.#handlers = handlers;
    using resources = new DisposableStack();
    this.#libc = openLibc();
    this.clocks = new Clocks(this.#libc);
    resources.defer(() => this.#libc.dispose());
    const bytes = socketAddress(address.hostname, address.port);
    this.#family = bytes[0]!;
    this.#sources = new Sources(this.#libc, address.sources ?? [], this.#family);
    const size = ADDRESS_SIZE + 2 * SEND_SIZE;
    this.#memory = resources.use(new MappedMemory(this.#libc, size));
    const ring = this.#ring = new Ring(this.#libc);
    const buffers = resources.use(new ReceiveBuffers(this.#libc, ring, reads));
    // The ring lets go first: until then the system may use the buffers.
    resources.use(ring);
    this.#buffers = buffers;
    this.#resources = resources.move();
    this.#memory.bytes.set(bytes);
    this.#addressSize = bytes.length;
    this.#states = new Uint8Array(slots);
    this.#fds = new Int32Array(slots).fill(-1);
    this.#generations = new Int32Array(slots);
    this.#isReceiving = new Uint8Array(slots);
    this.#isPaused = new Uint8Array(slots);
    this.#isGuarded = new Uint8Array(slots);
    this.#sentTurns = new Int32Array(slots);
    this.#sentAts = new Int32Array(slots);
    this.#sentSizes = new Int32Array(slots);
    this.#pending = new Array(slots).fill(NOTHING);
    this.#flushing = new Int32Array(slots);
    this.#isWaiting = new Uint8Array(slots);
    this.#isToFlush = new Uint8Array(slots);
    this.#sendErrors = new Int32Array(slots);
  }

  now(): number {
    this.clocks.look();
    return this.clocks.ms[0]!;
  }

  /** What a result of a slot's connection is marked with. */
  #tag(slot: number, kind: number): number {
    return this.#generations[slot]! << RESULT_BITS | kind;
  }

  tcpInfo(slot: number): TcpInfo | undefined {
    if (this.#states[slot] !== STATE.connected) return undefined;
    return readTcpInfo(this.#libc, this.#fds[slot]!, this.#generations[slot]!);
  }

  watch(fd: number, ended: () => void): void {
    this.#watchedEnded = ended;
    this.#ring.prepare(OPERATION.poll, fd, 0, RESULT.watch);
  }

  connect(slot: number): void {
    const { call } = this.#libc;
    this.#generations[slot] = (this.#generations[slot]! + 1) % GENERATIONS;
    this.#states[slot] = STATE.connecting;
    // Not SOCK_NONBLOCK: an operation would fail where it should wait.
    const type = LINUX.SOCK_STREAM | LINUX.SOCK_CLOEXEC;
    const fd = this.#fds[slot] = call.socket(this.#family, type, 0);
    const refused = fd < 0 ? describeErrno(this.#libc.errno()) : this.#sources.bind(fd, slot);
    if (refused !== undefined) {
      this.#failures.push([slot, this.#generations[slot]!, refused]);
      return;
    }
    call.setsockopt(fd, LINUX.IPPROTO_TCP, LINUX.TCP_NODELAY, this.#on, this.#on.length);
    const ring = this.#ring;
    const at = ring.prepare(OPERATION.connect, fd, slot, this.#tag(slot, RESULT.connect));
    ring.words[at + 2] = this.#addressSize;
    this.#memory.writeAddress(ring.words, at + 4, 0);
  }

  write(slot: number, buffer: Uint8Array, start: number, end: number): boolean {
    if (this.#states[slot] !== STATE.connected) return false;
    const pending = this.#pending[slot]!;
    if (pending.length === 0 && this.#send(slot, buffer, start, end)) return true;
    this.#pending[slot] = joined(pending, buffer, start, end);
    if (!this.#isWaiting[slot]) this.#flushSoon(slot);
    return false;
  }

  /** Sends bytes in this turn, unless there is no room for them; returns whether it does. */
  #send(slot: number, buffer: Uint8Array, start: number, end: number): boolean {
    const size = end - start;
    if (this.#sentTurns[slot] === this.#turn || size > this.#room) return false;
    const memory = this.#memory;
    const from = ADDRESS_SIZE + (this.#turn & 1) * SEND_SIZE + this.#used;
    copyRange(buffer, start, end, memory.bytes, from);
    this.#used += size;
    this.#sentTurns[slot] = this.#turn;
    this.#sentAts[slot] = from;
    this.#sentSizes[slot] = size;
    const ring = this.#ring;
    const fd = this.#fds[slot]!;
    const at = ring.prepare(OPERATION.send, fd, slot, this.#tag(slot, RESULT.send));
    memory.writeAddress(ring.words, at + 4, from);
    ring.words[at + 6] = size;
    ring.words[at + 7] = SEND_FLAGS;
    return true;
  }

  /** How many bytes may still be sent in this turn. */
  get #room(): number {
    return SEND_SIZE - this.#used;
  }

  #flushSoon(slot: number): void {
    if (this.#isToFlush[slot]) return;
    this.#isToFlush[slot] = 1;
    this.#toFlush.push(slot);
  }

  pause(slot: number): void {
    if (this.#states[slot] !== STATE.connected || this.#isPaused[slot]) return;
    this.#isPaused[slot] = 1;
    const ring = this.#ring;
    if (!this.#isGuarded[slot]) {
      this.#isGuarded[slot] = 1;
      ring.prepare(OPERATION.poll, this.#fds[slot]!, slot, this.#tag(slot, RESULT.hangUp));
    }
    if (!this.#isReceiving[slot]) return;
    const at = ring.prepare(OPERATION.cancel, -1, slot, this.#tag(slot, RESULT.cancel));
    ring.words[at + 4] = slot;
    ring.words[at + 5] = this.#tag(slot, RESULT.receive);
  }

  resume(slot: number): void {
    if (this.#states[slot] !== STATE.connected || !this.#isPaused[slot]) return;
    this.#isPaused[slot] = 0;
    this.#receive(slot);
  }

  /** Reads a slot from now on, unless it is read already. */
  #receive(slot: number): void {
    if (this.#isReceiving[slot]) return;
    this.#isReceiving[slot] = 1;
    this.#ring.prepare(
      OPERATION.receive,
      this.#fds[slot]!,
      slot,
      this.#tag(slot, RESULT.receive),
    );
  }

  close(slot: number): void {
    if (this.#states[slot] === STATE.free) return;
    const { call } = this.#libc;
    const fd = this.#fds[slot]!;
    if (fd >= 0) {
      // What is prepared names the descriptor, which may soon be that of another connection.
      this.#ring.submit();
      // What is under way holds the socket open until it ends.
      call.shutdown(fd, LINUX.SHUT_RDWR);
      call.close(fd);
    }
    this.#fds[slot] = -1;
    this.#states[slot] = STATE.free;
    this.#pending[slot] = NOTHING;
    this.#isReceiving[slot] = this.#isPaused[slot] = this.#isGuarded[slot] = 0;
    this.#flushing[slot] = this.#isWaiting[slot] = 0;
    this.#sentTurns[slot] = this.#sendErrors[slot] = 0;
  }

  finish(slot: number): void {
    const pending = this.#pending[slot]!.subarray(this.#flushing[slot]!);
    if (this.#states[slot] === STATE.connected && pending.length > 0 && !this.#isWaiting[slot]) {
      // After what this turn sends already.
      this.#ring.submit();
      const flags = LINUX.MSG_NOSIGNAL | LINUX.MSG_DONTWAIT;
      this.#libc.call.send(
        this.#fds[slot]!,
        pending as Uint8Array<ArrayBuffer>,
        pending.length,
        flags,
      );
    }
    this.close(slot);
  }

  #end(slot: number, reason: string): void {
    this.close(slot);
    this.#handlers.ended(slot, reason);
  }

  poll(timeoutMs: number): void {
    const mustWait = this.#failures.length === 0 && this.#toFlush.length === 0;
    if (this.#failures.length > 0) this.#tellFailures();
    const flushed = this.#toFlush.length === 0 ? this.#toFlush : this.#flush();
    this.#ring.wait(mustWait ? timeoutMs : 0);
    this.#turn = this.#turn + 1 | 0;
    this.#used = 0;
    this.#ring.handle(this.#handle);
    for (const slot of flushed) this.#flushed(slot);
  }

  #tellFailures(): void {
    for (const [slot, generation, reason] of this.#failures.splice(0)) {
      if (generation === this.#generations[slot]) this.#end(slot, reason);
    }
  }

  /** Sends what is pending, as much as there is room for; returns the slots that do. */
  #flush(): number[] {
    const slots = this.#toFlush;
    this.#toFlush = [];
    for (const slot of slots) {
      this.#isToFlush[slot] = 0;
      if (this.#isWaiting[slot]) continue;
      const size = Math.min(this.#pending[slot]!.length, this.#room);
      if (size > 0 && this.#send(slot, this.#pending[slot]!, 0, size)) this.#flushing[slot] = size;
    }
    return slots;
  }

  /** What was being sent is sent, unless a result said otherwise. */
  #flushed(slot: number): void {
    if (this.#states[slot] !== STATE.connected || this.#isWaiting[slot]) return;
    const wasPending = this.#pending[slot]!.length > 0;
    const pending = this.#pending[slot] = this.#pending[slot]!.subarray(this.#flushing[slot]!);
    this.#flushing[slot] = 0;
    if (pending.length > 0) this.#flushSoon(slot);
    else if (wasPending) this.onRoom(slot);
  }

  #result(slot: number, tag: number, result: number, flags: number): void {
    const kind = tag & (1 << RESULT_BITS) - 1;
    if (kind === RESULT.watch) return this.#watchedEnded();
    const isCurrent = tag >> RESULT_BITS === this.#generations[slot] &&
      this.#states[slot] !== STATE.free;
    if (kind === RESULT.receive) return this.#received(slot, result, flags, isCurrent);
    if (!isCurrent) return;
    if (kind === RESULT.send) this.#sentPart(slot, result);
    else if (kind === RESULT.connect) this.#connected(slot, result);
    else if (kind === RESULT.room) this.#hasRoom(slot);
    // What can be read, and at last the reason, are reported even if it is paused.
    else if (kind === RESULT.hangUp) this.#receive(slot);
  }

  #connected(slot: number, result: number): void {
    if (result < 0) return this.#end(slot, describeErrno(-result));
    this.#states[slot] = STATE.connected;
    this.#receive(slot);
    this.#handlers.connected(slot);
  }

  #received(slot: number, result: number, flags: number, isCurrent: boolean): void {
    const generation = this.#generations[slot]!;
    if (result > 0) {
      const number = flags >>> 16;
      const start = this.#buffers.start(number);
      if (isCurrent) this.#handlers.received(slot, this.#buffers.bytes, start, start + result);
      this.#buffers.giveBack(number);
    }
    if (!isCurrent || (flags & MORE) !== 0) return;
    if (generation !== this.#generations[slot] || this.#states[slot] === STATE.free) return;
    this.#isReceiving[slot] = 0;
    if (result === 0) return this.#end(slot, describeEnd(this.#sendErrors[slot]!));
    if (result > 0 || mayGoOn(-result)) {
      if (!this.#isPaused[slot]) this.#receive(slot);
    } else this.#end(slot, describeErrno(-result));
  }

  /** The system did not take all that was sent, or nothing: `result` bytes, or an error's number below 0. */
  #sentPart(slot: number, result: number): void {
    const isOver = result < 0 && result !== -ERRNO.again && result !== -ERRNO.interrupted;
    const taken = result < 0 ? 0 : result;
    const pending = this.#pending[slot]!;
    if (this.#flushing[slot]! > 0) {
      this.#pending[slot] = pending.subarray(taken);
    } else {
      const at = this.#sentAts[slot]!;
      const rest = this.#memory.bytes.slice(at + taken, at + this.#sentSizes[slot]!);
      this.#pending[slot] = joined(rest, pending, 0, pending.length);
    }
    this.#flushing[slot] = 0;
    this.#isWaiting[slot] = 1;
    // The read side reports the end, after what the server may have sent before it.
    if (isOver) return void (this.#sendErrors[slot] = -result);
    const ring = this.#ring;
    const at = ring.prepare(
      OPERATION.poll,
      this.#fds[slot]!,
      slot,
      this.#tag(slot, RESULT.room),
    );
    ring.words[at + 7] = LINUX.EPOLLOUT;
  }

  #hasRoom(slot: number): void {
    this.#isWaiting[slot] = 0;
    this.#flushSoon(slot);
  }

  dispose(): void {
    for (const slot of this.#states.keys()) this.close(slot);
    this.#resources.dispose();
  }
}

/** Whether a receive that ended with an error is begun anew. */
function mayGoOn(errno: number): boolean {
  return errno === ERRNO.noBuffers || errno === ERRNO.cancelled || errno === ERRNO.again ||
    errno === ERRNO.interrupted;
}

/** Why io_uring cannot be used here, as a phrase; undefined if it can. */
export function whyNoUring(): string | undefined {
  const nothing = { connected() {}, received() {}, ended() {} };
  try {
    new UringTransport(nothing, { hostname: "127.0.0.1", port: 0 }, 0).dispose();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
