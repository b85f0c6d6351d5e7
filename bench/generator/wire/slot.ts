/**
 * One connection of the wire client: told of its frames, and of the packets of Socket.IO in them.
 *
 * @module
 */

import { type FrameDecoder, type FrameSink, OPCODE } from "../../../clients/wire/frame/frame.ts";
import type { HandshakeReader } from "../../../clients/wire/handshake/handshake.ts";
import type { SocketIoDecoder } from "../../../clients/wire/socket_io/decoder.ts";
import type { SocketIoSink } from "../../../clients/wire/socket_io/sink.ts";
import type { WireExchange } from "./exchange.ts";

/** One connection; told of its frames. */
export class Slot implements FrameSink {
  /** Reads the handshake; undefined once it is done. */
  reader: HandshakeReader | undefined;
  decoder: FrameDecoder | undefined;
  /** Told of the packets of Socket.IO. */
  readonly packets: SocketIoSink;
  socketIo: SocketIoDecoder | undefined;
  /** Compressed payload received so far that was noted, in bytes. */
  notedBytes = 0;
  /** Messages that the traffic wants to be sent. */
  toSend = 0;
  /** Pings that it wants to be sent. */
  toPing = 0;
  /** Whether the transport takes more. */
  hasRoom = true;
  isDirty = false;
  /** Whether it goes on to send in the next turn. */
  hasNextTurn = false;
  /** The answer to the last ping that found no room. */
  owedPong: Uint8Array | undefined;
  /** Whether a ping of Socket.IO found no room. */
  owesPacket = false;
  closeSent = false;
  /** What the server gave as its reason to close. */
  ending = "";

  constructor(readonly owner: WireExchange, readonly number: number) {
    this.packets = new Packets(this);
  }

  message(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    if (this.socketIo !== undefined) {
      this.socketIo.receive(isText, buffer, start, end, this.packets);
    } else this.owner.takeReply(this.number, isText, buffer, start, end);
  }

  ping(buffer: Uint8Array, start: number, end: number): void {
    if (this.hasRoom) this.owner.sendFrame(this, OPCODE.pong, buffer, start, end);
    // Who pings and does not read is answered once (RFC 6455 §5.5.3): all the answers would fill the memory.
    else this.owedPong = buffer.slice(start, end);
  }

  pong(buffer: Uint8Array, start: number, end: number): void {
    this.owner.takePong(this.number, buffer, start, end);
  }

  /** Whether something waits to be sent. */
  get isWaiting(): boolean {
    return this.toSend > 0 || this.toPing > 0;
  }

  /** Sends the answers for which there was no room. */
  settle(): void {
    const pong = this.owedPong;
    const owesPacket = this.owesPacket;
    this.owedPong = undefined;
    this.owesPacket = false;
    if (this.closeSent) return;
    if (pong !== undefined) this.owner.sendFrame(this, OPCODE.pong, pong, 0, pong.length);
    if (owesPacket) this.owner.sendPacket(this, "pong");
  }

  close(code: number, reason: string): void {
    this.ending ||= `code ${code}${reason && `, ${reason}`}`;
    if (!this.closeSent) this.owner.sendClose(this, code);
  }
}

/** What Socket.IO says on a connection. */
class Packets implements SocketIoSink {
  constructor(readonly slot: Slot) {}

  sendConnect(): void {
    this.slot.owner.sendPacket(this.slot, "connectPacket");
  }

  opened(): void {
    this.slot.owner.joined(this.slot);
  }

  message(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    this.slot.owner.takeReply(this.slot.number, isText, buffer, start, end);
  }

  ping(): void {
    if (this.slot.hasRoom) this.slot.owner.sendPacket(this.slot, "pong");
    else this.slot.owesPacket = true;
  }

  disconnected(reason: string): void {
    this.slot.ending = reason;
    if (!this.slot.closeSent) this.slot.owner.sendClose(this.slot, 1000);
  }

  connectError(message: string): void {
    throw new Error(`The server refused the namespace: ${message}`);
  }
}
