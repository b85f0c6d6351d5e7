/**
 * A transport on `Deno.connect`, for every system.
 *
 * @module
 */

import type { Transport, TransportHandlers } from "./transport.ts";

/** How much is read at a time, in bytes: less where there are many connections. */
const READ_SIZES = { few: 64 * 1024, many: 4 * 1024 } as const;
const MANY = 256;

interface Slot {
  connection: Deno.TcpConn | undefined;
  /** What is still to be written; undefined while nothing is being written. */
  pending: Uint8Array<ArrayBuffer> | undefined;
  /** Resolves when it is read on, or closed; undefined while it is read. */
  pause: PromiseWithResolvers<void> | undefined;
  generation: number;
}

/** A transport on `Deno.connect`. */
export class TcpTransport implements Transport {
  /** Called when a slot that could take no more can again. */
  onRoom: (slot: number) => void = () => {};

  readonly #handlers: TransportHandlers;
  readonly #address: Deno.ConnectOptions;
  readonly #slots: readonly Slot[];
  readonly #readSize: number;

  /**
   * @param address host and port that every slot connects to
   * @param slots how many slots there are
   */
  constructor(handlers: TransportHandlers, address: Deno.ConnectOptions, slots: number) {
    this.#handlers = handlers;
    this.#address = address;
    this.#readSize = slots > MANY ? READ_SIZES.many : READ_SIZES.few;
    this.#slots = Array.from({ length: slots }, () => ({
      connection: undefined,
      pending: undefined,
      pause: undefined,
      generation: 0,
    }));
  }

  now(): number {
    return performance.now();
  }

  connect(number: number): void {
    const slot = this.#slots[number]!;
    this.#run(number, slot, ++slot.generation);
  }

  async #run(number: number, slot: Slot, generation: number): Promise<void> {
    let reason = "end of the stream";
    try {
      const connection = await Deno.connect(this.#address);
      if (slot.generation !== generation) return connection.close();
      connection.setNoDelay(true);
      slot.connection = connection;
      this.#handlers.connected(number);
      const buffer = new Uint8Array(this.#readSize);
      while (slot.generation === generation) {
        const count = await connection.read(buffer);
        if (count === null) break;
        if (slot.generation === generation) this.#handlers.received(number, buffer, 0, count);
        while (slot.pause !== undefined && slot.generation === generation) {
          await slot.pause.promise;
        }
      }
    } catch (error) {
      reason = (error as Error).message;
    }
    if (slot.generation !== generation) return;
    this.close(number);
    this.#handlers.ended(number, reason);
  }

  write(number: number, buffer: Uint8Array, start: number, end: number): boolean {
    const slot = this.#slots[number]!;
    const part = buffer.slice(start, end);
    if (slot.pending === undefined) {
      slot.pending = part;
      this.#writeAll(number, slot, slot.generation);
    } else {
      const whole = new Uint8Array(slot.pending.length + part.length);
      whole.set(slot.pending);
      whole.set(part, slot.pending.length);
      slot.pending = whole;
    }
    return false;
  }

  async #writeAll(number: number, slot: Slot, generation: number): Promise<void> {
    try {
      while (slot.generation === generation && slot.pending!.length > 0) {
        const part = slot.pending!;
        const count = await slot.connection!.write(part);
        // More may have been added meanwhile.
        if (slot.generation === generation) slot.pending = slot.pending!.subarray(count);
      }
    } catch {
      // The read side tells of the end.
      return;
    }
    if (slot.generation !== generation) return;
    slot.pending = undefined;
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
    slot.generation++;
    slot.pending = undefined;
    slot.connection?.close();
    slot.connection = undefined;
  }

  dispose(): void {
    for (const number of this.#slots.keys()) this.close(number);
  }
}
