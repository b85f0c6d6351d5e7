/** Sends what the traffic wants to be sent, as far as the system takes it. */

import type { CompressionAccount } from "../../../measure/record/accounts/compression.ts";
import type { PingAccount } from "../../../measure/record/accounts/pings.ts";
import type { Transport } from "../../../clients/wire/transport/transport.ts";
import type { Sending } from "../exchange/sending.ts";
import { type FrameWriter, PING_SIZE, writePing } from "./frames.ts";
import type { LoopInterruptions } from "./loop_interruptions.ts";
import type { Slot } from "./slot.ts";

/** How much is encoded before it is given to the system, in bytes. */
const BATCH_SIZE = 64 * 1024;

/** What is sent, and where to. */
export interface SenderOptions {
  readonly transport: Transport;
  readonly frames: FrameWriter;
  /** Where frames are written, of {@linkcode scratchSize} bytes. */
  readonly scratch: Uint8Array;
  readonly sending: Sending;
  readonly pings: PingAccount;
  /** The account of compressed bytes; undefined if nothing is compressed. */
  readonly compression: CompressionAccount | undefined;
  /** How many connections are measured: those with the numbers below. */
  readonly measured: number;
  /** What the machine takes from the loop; undefined without a loop or a schedule. */
  readonly interruptions: LoopInterruptions | undefined;
  /** Whether there is a loop, which calls {@linkcode FrameSender.flush} in each turn. */
  readonly hasLoop: boolean;
}

/** How many bytes a sender needs to write frames. */
export function scratchSize(frames: FrameWriter): number {
  return Math.max(BATCH_SIZE, frames.most);
}

export class FrameSender {
  readonly #transport: Transport;
  readonly #frames: FrameWriter;
  readonly #scratch: Uint8Array;
  readonly #sending: Sending;
  readonly #pings: PingAccount;
  readonly #compression: CompressionAccount | undefined;
  readonly #measured: number;
  readonly #interruptions: LoopInterruptions | undefined;
  readonly #hasLoop: boolean;
  /** Those that are to send, the one whose message was due first in the first place; kept, so that nothing is made anew. */
  readonly #dirty: Slot[] = [];
  #dirtyCount = 0;
  /** Those that could go on sending, but must let the others have their turn first. */
  #nextTurn: Slot[] = [];
  /** Made once: a function that {@linkcode FrameSender.sendSoon} makes costs an object each time it is called. */
  readonly #flushAll = (): void => this.flush();

  constructor(options: SenderOptions) {
    this.#transport = options.transport;
    this.#frames = options.frames;
    this.#scratch = options.scratch;
    this.#sending = options.sending;
    this.#pings = options.pings;
    this.#compression = options.compression;
    this.#measured = options.measured;
    this.#interruptions = options.interruptions;
    this.#hasLoop = options.hasLoop;
  }

  /** Whether a connection goes on in the next turn. */
  get hasMore(): boolean {
    return this.#nextTurn.length > 0;
  }

  /** Has a connection send when all that is due has been asked for. */
  sendSoon(slot: Slot): void {
    if (slot.isDirty) return;
    slot.isDirty = true;
    this.#dirty[this.#dirtyCount++] = slot;
    if (this.#dirtyCount === 1 && !this.#hasLoop) queueMicrotask(this.#flushAll);
  }

  /** Sends on all connections that are to send. */
  flush(): void {
    const dirty = this.#dirty;
    for (let index = 0; index < this.#dirtyCount; index++) {
      const slot = dirty[index]!;
      slot.isDirty = false;
      if (slot.isWaiting) this.send(slot);
    }
    this.#dirtyCount = 0;
  }

  /** The next turn of those that had to let the others have theirs. */
  goOn(): void {
    const slots = this.#nextTurn;
    this.#nextTurn = [];
    for (const slot of slots) {
      slot.hasNextTurn = false;
      this.send(slot);
    }
  }

  /** Sends what is due on a connection. */
  send(slot: Slot): void {
    if (slot.toPing > 0 && slot.hasRoom) this.#sendPings(slot);
    const scratch = this.#scratch;
    const frames = this.#frames;
    const interruptions = this.#interruptions;
    while (slot.toSend > 0 && slot.hasRoom) {
      const nowMs = this.#transport.now();
      if (interruptions !== undefined && interruptions.nextMs <= nowMs) {
        interruptions.compareClocks(nowMs);
      }
      const { frameBytes } = frames;
      const count = Math.min(slot.toSend, Math.floor(scratch.length / frames.most));
      const first = this.#sending.note(slot.number, count, nowMs);
      slot.toSend -= count;
      const end = frames.write(scratch, 0, slot.number, first, count);
      if (this.#compression !== undefined) {
        this.#compression.send(nowMs, frames.frameBytes - frameBytes);
      }
      slot.hasRoom = this.#transport.write(slot.number, scratch, 0, end);
      // A server that takes all it gets would keep the client from the connections whose latency is measured.
      if (slot.number >= this.#measured) break;
    }
    if (slot.toSend > 0 && slot.hasRoom && !slot.hasNextTurn) {
      slot.hasNextTurn = true;
      this.#nextTurn.push(slot);
    }
  }

  /** Sends the few pings that are due; what does not fit waits for the next time. */
  #sendPings(slot: Slot): void {
    const scratch = this.#scratch;
    let at = 0;
    do {
      slot.toPing--;
      at = writePing(scratch, at, slot.number, this.#pings.send(slot.number));
    } while (slot.toPing > 0 && at + PING_SIZE <= scratch.length);
    slot.hasRoom = this.#transport.write(slot.number, scratch, 0, at);
  }
}
