/** One connection of the wire client: it gets its frames, and from its protocol what they say. */

import {
  type FrameDecoder,
  type FrameSink,
  OPCODE,
  OwedPongs,
} from "../../../clients/wire/frame/frame.ts";
import type { HandshakeReader } from "../../../clients/wire/handshake/handshake.ts";
import { type Conversation, type ConversationHandlers, NEXT } from "../../../protocols/types.ts";

export interface SlotOwner {
  /** Messages may be sent on a connection. */
  ready(slot: Slot): void;
  /** Takes a reply; `sequence` is the message that it names beside its content, or {@linkcode NEXT}. */
  takeReply(
    number: number,
    isText: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
    sequence: number,
  ): void;
  /** Takes a reply of which only its number was to be seen, or that was wrong. */
  takeAnswer(number: number, sequence: number, isRight: boolean, bytes: number): void;
  takeUnreadable(number: number): void;
  takeUnasked(): void;
  /** Takes what the server sent by itself, where that is what the traffic is about. */
  takePush(number: number, buffer: Uint8Array, start: number, end: number): void;
  takePong(number: number, buffer: Uint8Array, start: number, end: number): void;
  /** Sends a frame that is not a message of the traffic. */
  sendFrame(slot: Slot, opcode: number, bytes: Uint8Array, start: number, end: number): void;
  /** Sends a close frame; the code for "no code" (1005) is answered like a normal end. */
  sendClose(slot: Slot, code: number): void;
}

export class Slot implements FrameSink, ConversationHandlers {
  /** Reads the handshake; undefined once it is done. */
  reader: HandshakeReader | undefined;
  decoder: FrameDecoder | undefined;
  /** Set once the handshake is done, if the protocol has a conversation. */
  conversation: Conversation | undefined;
  /** Whether the opening of the protocol is over. */
  isReady = false;
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
  /** The answers to pings that found no room. */
  readonly owedPongs = new OwedPongs();
  /** The answer to the last keep-alive of the protocol that found no room. */
  owedKeepAlive: { readonly isText: boolean; readonly answer: Uint8Array } | undefined;
  closeSent = false;
  /** What the server gave as its reason to close. */
  ending = "";

  constructor(readonly owner: SlotOwner, readonly number: number) {}

  message(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    const { conversation } = this;
    if (conversation === undefined) this.reply(isText, buffer, start, end);
    else conversation.receive(isText, buffer, start, end);
  }

  ping(buffer: Uint8Array, start: number, end: number): void {
    if (this.hasRoom) this.owner.sendFrame(this, OPCODE.pong, buffer, start, end);
    else this.owedPongs.add(buffer, start, end);
  }

  pong(buffer: Uint8Array, start: number, end: number): void {
    this.owner.takePong(this.number, buffer, start, end);
  }

  close(code: number, reason: string): void {
    this.ending ||= `code ${code}${reason && `, ${reason}`}`;
    if (this.closeSent) return;
    // The pings came before.
    this.#sendPongs();
    this.owner.sendClose(this, code);
  }

  send(isText: boolean, bytes: Uint8Array): void {
    const opcode = isText ? OPCODE.text : OPCODE.binary;
    this.owner.sendFrame(this, opcode, bytes, 0, bytes.length);
  }

  ready(): void {
    this.owner.ready(this);
  }

  reply(
    isText: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
    sequence: number = NEXT,
  ): void {
    this.owner.takeReply(this.number, isText, buffer, start, end, sequence);
  }

  answered(
    sequence: number,
    _isText: boolean,
    _buffer: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.owner.takeAnswer(this.number, sequence, true, end - start);
  }

  wrong(
    sequence: number,
    _isText: boolean,
    _buffer: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.owner.takeAnswer(this.number, sequence, false, end - start);
  }

  unreadable(_isText: boolean, _buffer: Uint8Array, _start: number, _end: number): void {
    this.owner.takeUnreadable(this.number);
  }

  unasked(): void {
    this.owner.takeUnasked();
  }

  pushed(_isText: boolean, _buffer: Uint8Array, _start: number, _end: number): void {
    this.owner.takeUnasked();
  }

  exhausted(_reason: string): void {}

  keepAlive(isText: boolean, answer: Uint8Array): void {
    if (this.hasRoom) this.send(isText, answer);
    else this.owedKeepAlive = { isText, answer };
  }

  ended(reason: string): void {
    this.ending = reason;
    if (!this.closeSent) this.owner.sendClose(this, 1000);
  }

  /** Whether something waits to be sent. */
  get isWaiting(): boolean {
    return this.toSend > 0 || this.toPing > 0;
  }

  /** Sends the answers for which there was no room. */
  settle(): void {
    const keepAlive = this.owedKeepAlive;
    this.owedKeepAlive = undefined;
    if (this.closeSent) return this.owedPongs.clear();
    this.#sendPongs();
    if (keepAlive !== undefined) this.send(keepAlive.isText, keepAlive.answer);
  }

  #sendPongs(): void {
    this.owedPongs.settle((payload) =>
      this.owner.sendFrame(this, OPCODE.pong, payload, 0, payload.length)
    );
  }
}
