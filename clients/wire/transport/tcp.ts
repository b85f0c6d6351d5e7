/** A transport on `Deno.connect`, for every system, encrypted or not. */

import { copyRange, giveBack, makeRoom } from "../frame/buffer_pool.ts";
import { describeTlsFailure, type Endpoint, needsNode } from "./endpoint.ts";
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
  connection: Connection | undefined;
  /** What is to be written after what is being written now. */
  gathered: Uint8Array<ArrayBuffer> | undefined;
  /** How many bytes of it are in use. */
  length: number;
  isWriting: boolean;
  /** Resolves when reading goes on, or at the close; undefined while it is read. */
  pause: PromiseWithResolvers<void> | undefined;
  generation: number;
}

const FREE = { connection: undefined, gathered: undefined, length: 0, isWriting: false } as const;

export class TcpTransport implements Transport {
  onRoom: (slot: number) => void = () => {};

  readonly #handlers: TransportHandlers;
  readonly #endpoint: Endpoint;
  readonly #slots: readonly Slot[];
  /** The most that is read at a time. */
  readonly #readSize: number;

  /** @param endpoint what every slot connects to; a host name is resolved at each connection */
  constructor(handlers: TransportHandlers, endpoint: Endpoint, slots: number) {
    this.#handlers = handlers;
    this.#endpoint = endpoint;
    this.#readSize = slots > MANY ? READ_SIZES.many : READ_SIZES.few;
    this.#slots = Array.from(
      { length: slots },
      () => ({ ...FREE, pause: undefined, generation: 0 }),
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
      slot.connection = connection;
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
      reason = (error as Error).message;
      if (this.#endpoint.tls !== undefined) reason = describeTlsFailure(reason);
    }
    if (slot.generation !== generation) return;
    this.close(number);
    this.#handlers.ended(number, reason);
  }

  write(number: number, buffer: Uint8Array, start: number, end: number): boolean {
    const slot = this.#slots[number]!;
    const used = slot.length;
    const needed = used + end - start;
    // What grows is at least doubled.
    slot.gathered = makeRoom(slot.gathered, used, needed, used === 0 ? needed : 2 * needed);
    copyRange(buffer, start, end, slot.gathered, used);
    slot.length = needed;
    if (!slot.isWriting) this.#writeAll(number, slot, slot.generation);
    return false;
  }

  async #writeAll(number: number, slot: Slot, generation: number): Promise<void> {
    slot.isWriting = true;
    while (slot.gathered !== undefined) {
      const { gathered, length } = slot;
      slot.gathered = undefined;
      slot.length = 0;
      try {
        for (let at = 0; at < length && slot.generation === generation;) {
          at += await slot.connection!.write(gathered.subarray(at, length));
        }
      } catch {
        // The read side reports the end.
        return;
      } finally {
        giveBack(gathered);
      }
      if (slot.generation !== generation) return;
    }
    slot.isWriting = false;
    this.onRoom(number);
  }

  pause(number: number): void {
    const slot = this.#slots[number]!;
    if (slot.connection !== undefined) slot.pause ??= Promise.withResolvers();
  }

  resume(number: number): void {
    const slot = this.#slots[number]!;
    slot.pause?.resolve();
    slot.pause = undefined;
  }

  close(number: number): void {
    const slot = this.#slots[number]!;
    this.resume(number);
    slot.connection?.close();
    reset(slot);
  }

  dispose(): void {
    for (const number of this.#slots.keys()) this.close(number);
  }
}

/** Frees a slot for its next connection: nothing of an earlier one is reported any more. */
function reset(slot: Slot): void {
  slot.generation++;
  Object.assign(slot, FREE);
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
