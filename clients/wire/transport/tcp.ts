/** A transport on `Deno.connect`, for every system, encrypted or not. */

import { describeTlsFailure, type Endpoint, needsNode } from "./endpoint.ts";
import { describeErrno, ERRNO } from "./libc.ts";
import { Outgoing } from "./outgoing.ts";
import type { Transport, TransportHandlers } from "./transport.ts";

/**
 * How much is read at a time, in bytes. A connection that waits for something holds a buffer: it is small at first, and
 * grows when it was filled, up to less if there are many connections.
 */
const READ_SIZES = { first: 256, few: 64 * 1024, many: 4 * 1024 } as const;
/** By how much it grows. */
const GROWTH = 4;
const MANY = 256;

/** What is open: a socket of Deno's, or what reads and writes as one. */
type Connection = Pick<Deno.Conn, "read" | "write" | "close">;

interface Slot {
  /** Set while it is connected. */
  outgoing: Outgoing | undefined;
  /** Resolves when reading goes on, or at the close; undefined while it is read. */
  pause: PromiseWithResolvers<void> | undefined;
  generation: number;
}

export class TcpTransport implements Transport {
  onRoom: (slot: number) => void = () => {};

  readonly #handlers: TransportHandlers;
  readonly #endpoint: Endpoint;
  readonly #slots: readonly Slot[];
  /** The most that is read at a time. */
  readonly #readSize: number;
  /** Of connections that are no longer reported, and not closed yet. */
  readonly #finishing = new Set<Outgoing>();

  /** @param endpoint what every slot connects to; a host name is resolved at each connection */
  constructor(handlers: TransportHandlers, endpoint: Endpoint, slots: number) {
    this.#handlers = handlers;
    this.#endpoint = endpoint;
    this.#readSize = slots > MANY ? READ_SIZES.many : READ_SIZES.few;
    this.#slots = Array.from(
      { length: slots },
      () => ({ outgoing: undefined, pause: undefined, generation: 0 }),
    );
  }

  now(): number {
    return performance.now();
  }

  connect(number: number): void {
    const slot = this.#slots[number]!;
    reset(slot);
    this.#run(number, slot, slot.generation);
  }

  async #run(number: number, slot: Slot, generation: number): Promise<void> {
    let reason = "end of the stream";
    try {
      const connection = await open(this.#endpoint);
      if (slot.generation !== generation) return connection.close();
      slot.outgoing = new Outgoing(connection, () => {
        if (slot.generation === generation) this.onRoom(number);
      });
      if ("handshake" in connection) await connection.handshake();
      if (slot.generation !== generation) return;
      this.#handlers.connected(number);
      let buffer = new Uint8Array(READ_SIZES.first);
      while (slot.generation === generation) {
        const count = await connection.read(buffer);
        if (count === null) break;
        if (slot.generation === generation) this.#handlers.received(number, buffer, 0, count);
        if (count === buffer.length && count < this.#readSize) {
          buffer = new Uint8Array(Math.min(this.#readSize, GROWTH * count));
        }
        while (slot.pause !== undefined && slot.generation === generation) {
          await slot.pause.promise;
        }
      }
    } catch (error) {
      reason = describeFailure(error as Error);
      if (this.#endpoint.tls !== undefined) reason = describeTlsFailure(reason);
    }
    if (slot.generation !== generation) return;
    this.close(number);
    this.#handlers.ended(number, reason);
  }

  write(number: number, buffer: Uint8Array, start: number, end: number): boolean {
    this.#slots[number]!.outgoing?.write(buffer, start, end);
    return false;
  }

  pause(number: number): void {
    const slot = this.#slots[number]!;
    if (slot.outgoing !== undefined) slot.pause ??= Promise.withResolvers();
  }

  resume(number: number): void {
    const slot = this.#slots[number]!;
    slot.pause?.resolve();
    slot.pause = undefined;
  }

  close(number: number): void {
    const slot = this.#slots[number]!;
    this.resume(number);
    slot.outgoing?.close();
    reset(slot);
  }

  finish(number: number): void {
    const slot = this.#slots[number]!;
    const { outgoing } = slot;
    this.resume(number);
    reset(slot);
    if (outgoing === undefined) return;
    this.#finishing.add(outgoing);
    outgoing.finish().then(() => this.#finishing.delete(outgoing));
  }

  dispose(): void {
    for (const number of this.#slots.keys()) this.close(number);
    for (const outgoing of this.#finishing) outgoing.close();
  }
}

/** Frees a slot for its next connection: nothing of an earlier one is reported any more. */
function reset(slot: Slot): void {
  slot.generation++;
  slot.outgoing = undefined;
}

/** What Deno says of a failure, in the words of the other transports where they have some. */
function describeFailure(error: Error): string {
  if (error instanceof Deno.errors.AddrNotAvailable) return describeErrno(ERRNO.noAddress);
  const { message } = error;
  const errno = /\(os error (\d+)\)$/.exec(message)?.[1];
  return errno === undefined || Deno.build.os !== "linux"
    ? message
    : describeErrno(Number(errno), message);
}

/** Connects; the handshake of Deno's TLS is still to be done. */
async function open(endpoint: Endpoint): Promise<Deno.TlsConn | Connection> {
  const { hostname, port, tls } = endpoint;
  if (tls !== undefined && needsNode(tls)) {
    // In a variable: Deno would load a literal, with node:tls, in each generator.
    const file = "./node_tls.ts";
    const { openNodeTls }: typeof import("./node_tls.ts") = await import(file);
    return await openNodeTls(endpoint, tls);
  }
  const connection = await Deno.connect({ hostname, port });
  // Before it is encrypted: afterwards Deno has no way to.
  connection.setNoDelay(true);
  if (tls === undefined) return connection;
  const { ca } = tls;
  return await Deno.startTls(connection, {
    hostname: tls.hostname,
    ...(ca !== undefined && { caCerts: [ca] }),
  });
}
