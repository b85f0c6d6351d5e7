/** A connection of MQTT: reads what the server sends, and decides on the answers. */

import type { GroupText } from "../common/groups.ts";
import { ProtocolError, refusal } from "../common/protocol_error.ts";
import { type PacketReader, PacketStream } from "../common/stream.ts";
import { type Conversation, type ConversationHandlers, NEXT } from "../types.ts";
import {
  connackInWords,
  DISCONNECT,
  MOST_REMAINING,
  PING,
  reasonInWords,
  SUBSCRIPTION,
  TYPE,
} from "./packets.ts";

/** What all connections of a codec share. */
export interface MqttShared {
  readonly isVersion5: boolean;
  readonly topic: GroupText;
  /** The CONNECT packet of a connection. */
  connect(connection: number): Uint8Array;
  /** The SUBSCRIBE packet of a connection. */
  subscribe(connection: number): Uint8Array;
  /** Whether content is text: MQTT does not say. */
  readonly isText: boolean;
  /** How long a packet may be, in bytes. */
  readonly longest: number;
}

const FRESH = 0;
const CONNECTING = 1;
const SUBSCRIBING = 2;
const READY = 3;
const CLOSED = 4;

/** So many identifiers of packets there are; 0 is none. */
const IDENTIFIERS = 0xffff;

/** The identifier of a message that is sent with quality of service 1. */
export function identifierOf(sequence: number): number {
  return sequence % IDENTIFIERS + 1;
}

function malformed(why: string): ProtocolError {
  return new ProtocolError("malformed", `The server sent a packet that is not MQTT: ${why}`);
}

export class MqttConversation implements Conversation, PacketReader {
  readonly #shared: MqttShared;
  readonly #handlers: ConversationHandlers;
  readonly #connection: number;
  readonly #stream: PacketStream;
  #state = FRESH;
  /** The identifier that is acknowledged next; 0 until one was. */
  #acknowledgedNext = 0;
  /** Identifiers that were passed over. */
  #unacknowledged: Set<number> | undefined;
  /** The answers to what a WebSocket message has, which go out together. */
  #answers: Uint8Array | undefined;
  #answersEnd = 0;

  constructor(shared: MqttShared, handlers: ConversationHandlers, connection: number) {
    this.#shared = shared;
    this.#handlers = handlers;
    this.#connection = connection;
    this.#stream = new PacketStream(shared.longest);
  }

  open(): void {
    this.#state = CONNECTING;
    this.#handlers.send(false, this.#shared.connect(this.#connection));
  }

  keepAlive(): void {
    this.#handlers.keepAlive(false, PING);
  }

  close(): void {
    this.#state = CLOSED;
    this.#handlers.send(false, DISCONNECT);
  }

  /** @throws {ProtocolError} for what is not MQTT, cannot come now, and if the server refuses */
  receive(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    if (isText) throw malformed("it came as text");
    this.#stream.push(buffer, start, end, this);
    if (this.#answersEnd === 0) return;
    const answers = this.#answers!.subarray(0, this.#answersEnd);
    this.#answersEnd = 0;
    if (this.#state === READY) this.#handlers.send(false, answers);
  }

  read(buffer: Uint8Array, start: number, end: number): number {
    let at = start;
    while (end - at >= 2) {
      let from = at + 1;
      let remaining = buffer[from]!;
      if (remaining > 0x7f) {
        remaining &= 0x7f;
        let more = true;
        for (let shift = 7; more; shift += 7) {
          if (shift > 21) throw malformed("its length is no number");
          if (++from === end) return at;
          const byte = buffer[from]!;
          remaining |= (byte & 0x7f) << shift;
          more = byte > 0x7f;
        }
      }
      from++;
      if (remaining > MOST_REMAINING || remaining > this.#shared.longest) {
        throw malformed(`it has ${remaining} bytes, more than any message can have`);
      }
      if (from + remaining > end) return at;
      this.#take(buffer[at]!, buffer, from, from + remaining);
      at = from + remaining;
    }
    return at;
  }

  /** Takes one packet, which has what follows its length in a range. */
  #take(first: number, buffer: Uint8Array, start: number, end: number): void {
    const type = first >> 4;
    if (this.#state === CLOSED) return;
    if (type === TYPE.publish) return this.#publication(first & 0x0f, buffer, start, end);
    if ((first & 0x0f) !== 0) throw malformed("its flags are not zero");
    if (this.#state === CONNECTING && type !== TYPE.connack) {
      throw new ProtocolError(
        "unexpected",
        `The server sent a packet of type ${type} before it accepted the connection`,
      );
    }
    switch (type) {
      case TYPE.connack:
        return this.#accepted(buffer, start, end);
      case TYPE.suback:
        return this.#subscribed(buffer, start, end);
      case TYPE.puback:
        return this.#acknowledged(buffer, start, end);
      case TYPE.pingresp:
        if (start !== end) throw malformed("a PINGRESP is empty");
        return;
      case TYPE.disconnect:
        return this.#disconnected(buffer, start, end);
      default:
        throw new ProtocolError(
          "unexpected",
          `The server sent a packet of type ${type}, which nothing asks for`,
        );
    }
  }

  #accepted(buffer: Uint8Array, start: number, end: number): void {
    if (this.#state !== CONNECTING) {
      throw new ProtocolError("unexpected", "The server accepted the connection twice");
    }
    const { isVersion5 } = this.#shared;
    if (end - start < 2) throw malformed("a CONNACK has at least 2 bytes");
    const code = buffer[start + 1]!;
    if (code !== 0) throw refusal("the connection", connackInWords(isVersion5, code));
    this.#state = SUBSCRIBING;
    this.#handlers.send(false, this.#shared.subscribe(this.#connection));
  }

  #subscribed(buffer: Uint8Array, start: number, end: number): void {
    if (this.#state !== SUBSCRIBING || uint16(buffer, start, end) !== SUBSCRIPTION) {
      throw new ProtocolError("unexpected", "The server confirmed a subscription that nobody made");
    }
    const codeAt = this.#shared.isVersion5 ? propertiesEnd(buffer, start + 2, end) : start + 2;
    if (codeAt + 1 !== end) throw malformed("a SUBACK has one code for each topic");
    const code = buffer[codeAt]!;
    if (code > 2) {
      const topic = new TextDecoder().decode(this.#shared.topic.of(this.#connection));
      const why = this.#shared.isVersion5 ? reasonInWords(code) : "";
      throw refusal(`the subscription to ${topic}`, why);
    }
    this.#state = READY;
    this.#handlers.ready();
  }

  #publication(flags: number, buffer: Uint8Array, start: number, end: number): void {
    const { topic, isVersion5, isText } = this.#shared;
    const qos = flags >> 1 & 3;
    if (qos > 1) throw malformed("a publication has a quality of service that nobody asked for");
    const topicEnd = start + 2 + uint16(buffer, start, end);
    let at = topicEnd + (qos === 0 ? 0 : 2);
    if (at > end) throw malformed("a publication is shorter than its topic");
    if (qos === 1) this.#answer(uint16(buffer, topicEnd, end));
    if (isVersion5) at = propertiesEnd(buffer, at, end);
    const isRetained = (flags & 1) !== 0;
    const isOwn = topic.fills(buffer, start + 2, topicEnd, this.#connection);
    if (this.#state === READY && isOwn && !isRetained) {
      this.#handlers.reply(isText, buffer, at, end);
    } else this.#handlers.unasked(isText, buffer, at, end);
  }

  /** Keeps a PUBACK (3.4) to be sent. */
  #answer(identifier: number): void {
    if (identifier === 0) throw malformed("a publication has no identifier");
    const at = this.#answersEnd;
    const room = this.#answers?.length ?? 0;
    if (at + 4 > room) {
      const answers = new Uint8Array(Math.max(64, 2 * room));
      if (this.#answers !== undefined) answers.set(this.#answers);
      this.#answers = answers;
    }
    const answers = this.#answers!;
    answers[at] = 0x40;
    answers[at + 1] = 2;
    answers[at + 2] = identifier >> 8;
    answers[at + 3] = identifier & 0xff;
    this.#answersEnd = at + 4;
  }

  /** Takes the PUBACK of an own message: they come in the order of the messages (4.6). */
  #acknowledged(buffer: Uint8Array, start: number, end: number): void {
    const identifier = uint16(buffer, start, end);
    if (identifier === 0) throw malformed("a PUBACK has no identifier");
    const code = end - start > 2 ? buffer[start + 2]! : 0;
    if (!this.#isDue(identifier)) this.#handlers.unasked(false, buffer, start, end);
    else if (code >= 0x80) this.#handlers.wrong(NEXT, false, buffer, start, end);
  }

  /** Whether the message with an identifier is not acknowledged yet, as far as can be known; it is from now on. */
  #isDue(identifier: number): boolean {
    const next = this.#acknowledgedNext || identifier;
    const ahead = (identifier - next + IDENTIFIERS) % IDENTIFIERS;
    if (ahead > IDENTIFIERS / 2) return this.#unacknowledged?.delete(identifier) ?? false;
    for (let passed = 0; passed < ahead; passed++) {
      (this.#unacknowledged ??= new Set()).add((next - 1 + passed) % IDENTIFIERS + 1);
    }
    this.#acknowledgedNext = identifier % IDENTIFIERS + 1;
    return true;
  }

  #disconnected(buffer: Uint8Array, start: number, end: number): void {
    this.#state = CLOSED;
    if (!this.#shared.isVersion5) throw malformed("only a client sends DISCONNECT");
    this.#handlers.ended(
      `the server disconnected: ${reasonInWords(end > start ? buffer[start]! : 0)}`,
    );
  }
}

function uint16(buffer: Uint8Array, at: number, end: number): number {
  if (at + 2 > end) throw malformed("it ends too early");
  return buffer[at]! << 8 | buffer[at + 1]!;
}

/** The place after properties (2.2.2), whatever they say. */
function propertiesEnd(buffer: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let at = start, shift = 0; at < end && shift <= 21; at++, shift += 7) {
    const byte = buffer[at]!;
    length |= (byte & 0x7f) << shift;
    if (byte > 0x7f) continue;
    if (at + 1 + length > end) break;
    return at + 1 + length;
  }
  throw malformed("its properties do not end");
}
