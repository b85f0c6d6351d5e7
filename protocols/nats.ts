/**
 * NATS's protocol for clients over its WebSocket (https://docs.nats.io/reference/reference-protocols/nats-protocol):
 * each connection subscribes to the subject of its group. A message is published to it, and answered when it comes back.
 */

import { contentLength, enveloped } from "./common/envelope.ts";
import { groupProblem, GroupText } from "./common/groups.ts";
import { excerptOf, ProtocolError, refusal } from "./common/protocol_error.ts";
import { beginsWith, digitsIn } from "./common/scan.ts";
import { type PacketReader, PacketStream } from "./common/stream.ts";
import type {
  Conversation,
  ConversationHandlers,
  Message,
  OptionValue,
  Protocol,
} from "./types.ts";
import { bytesOf } from "./parts/bytes.ts";

/** By how much a packet may be longer than the content of a message: INFO may name many servers. */
const LONGER = 1024 * 1024;
const LINE_END = bytesOf("\r\n");
const PONG = bytesOf("PONG\r\n");
/** The number of the one subscription of a connection. */
const SUBSCRIPTION = "1";

/** NATS's core messages. */
export const nats: Protocol = {
  id: "nats",
  title: "NATS",
  hasGroups: true,
  options: {
    subject: {
      about: "Subject; {group} stands for a name that each connection has for itself",
      type: "text",
      default: "wsmark.{group}",
      problem: subjectProblem,
    },
    user: { about: "User", type: "text" },
    password: { about: "Password of the user", type: "text", isSecret: true },
    token: { about: "Token, in the place of a user", type: "text", isSecret: true },
  },
  codec(url, settings) {
    const { subject: template, user, password: pass, token } = settings.options;
    const subject = new GroupText(template as string, settings);
    const login = JSON.stringify({
      ...{ verbose: false, pedantic: false, lang: "wsmark", version: "1", protocol: 1 },
      ...{ user, pass, auth_token: token },
    });
    let content: Pick<Message, "isText" | "size"> = { isText: true, size: 0 };
    const shared: NatsShared = {
      subject,
      opening: (connection) => {
        const name = decoder.decode(subject.of(connection));
        return bytesOf(`CONNECT ${login}\r\nSUB ${name} ${SUBSCRIPTION}\r\nPING\r\n`);
      },
      get isText() {
        return content.isText;
      },
      get longest() {
        return content.size + LONGER;
      },
    };
    const carrying = (given: Message, before: string, after: string): Message => {
      const head = bytesOf(`${before}${subject.text}${after}\r\n`);
      const length = contentLength(head.length - LINE_END.length, head, LINE_END);
      const holes = [...subject.holes(before.length), length];
      return enveloped(false, given, { head, holes, tail: LINE_END });
    };
    return {
      url: new URL(url),
      messages(given) {
        content = given;
        return [carrying(given, "PUB ", " ")];
      },
      reply: (given) => carrying(given, "MSG ", ` ${SUBSCRIPTION} `),
      conversation: (handlers, connection) => new NatsConversation(shared, handlers, connection),
    };
  },
};

function subjectProblem(value: OptionValue): string | undefined {
  const problem = groupProblem(value);
  if (problem !== undefined) return problem;
  return /[\s*>]|^\.|\.\.|\.$/.test(String(value))
    ? "must be one subject, without spaces, * and >, and without empty words"
    : undefined;
}

/** What all connections of a codec share. */
interface NatsShared {
  readonly subject: GroupText;
  /** What a connection says first. */
  opening(connection: number): Uint8Array;
  /** Whether content is text: NATS does not say. */
  readonly isText: boolean;
  /** How long a packet may be, in bytes. */
  readonly longest: number;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const FRESH = 0;
const SUBSCRIBING = 1;
const READY = 2;

const CR = 13;
const LF = 10;
const SPACE = 32;
const MSG = bytesOf("MSG ");
const OWN = bytesOf(` ${SUBSCRIPTION} `);

function malformed(what: string, buffer: Uint8Array, start: number, end: number): ProtocolError {
  const received = excerptOf(buffer, start, end);
  return new ProtocolError(
    "malformed",
    `The server sent what is not NATS, as ${what}: received "${received}"`,
  );
}

class NatsConversation implements Conversation, PacketReader {
  readonly #shared: NatsShared;
  readonly #handlers: ConversationHandlers;
  readonly #connection: number;
  readonly #stream: PacketStream;
  #state = FRESH;

  constructor(shared: NatsShared, handlers: ConversationHandlers, connection: number) {
    this.#shared = shared;
    this.#handlers = handlers;
    this.#connection = connection;
    this.#stream = new PacketStream(shared.longest);
  }

  /** Nothing: the server begins. */
  open(): void {}

  /** Nothing: the server notices that the WebSocket is closed. */
  close(): void {}

  /** @throws {ProtocolError} for what is not NATS, and if the server refuses */
  receive(_isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    this.#stream.push(buffer, start, end, this);
  }

  read(buffer: Uint8Array, start: number, end: number): number {
    let at = start;
    while (at < end) {
      const lineEnd = buffer.indexOf(LF, at);
      if (lineEnd < 0 || lineEnd >= end) return at;
      if (buffer[lineEnd - 1] !== CR || lineEnd === at) {
        throw malformed("its line does not end well", buffer, at, lineEnd);
      }
      if (!beginsWith(MSG, buffer, at, lineEnd)) {
        this.#line(buffer, at, lineEnd - 1);
        at = lineEnd + 1;
        continue;
      }
      const own = this.#ownSize(buffer, at + MSG.length, lineEnd - 1);
      const size = own >= 0 ? own : sizeOf(buffer, at, lineEnd - 1);
      if (size > this.#shared.longest) {
        throw malformed("no message is so long", buffer, at, lineEnd);
      }
      const contentAt = lineEnd + 1;
      const contentEnd = contentAt + size;
      if (contentEnd + 2 > end) return at;
      if (buffer[contentEnd] !== CR || buffer[contentEnd + 1] !== LF) {
        throw malformed("a message is not as long as it says", buffer, at, lineEnd);
      }
      const { isText } = this.#shared;
      if (own >= 0 && this.#state === READY) {
        this.#handlers.reply(isText, buffer, contentAt, contentEnd);
      } else this.#handlers.unasked(isText, buffer, contentAt, contentEnd);
      at = contentEnd + 2;
    }
    return at;
  }

  /** The size of a message of the own subscription, from its subject on; -1 if it is of another. */
  #ownSize(buffer: Uint8Array, start: number, end: number): number {
    const { subject } = this.#shared;
    const subjectEnd = start + subject.length;
    const sizeAt = subjectEnd + OWN.length;
    return sizeAt < end && subject.fills(buffer, start, subjectEnd, this.#connection) &&
        beginsWith(OWN, buffer, subjectEnd, end)
      ? digitsIn(buffer, sizeAt, end)
      : -1;
  }

  /** Takes a line that announces no message. */
  #line(buffer: Uint8Array, start: number, end: number): void {
    const line = decoder.decode(buffer.subarray(start, end));
    const [operation = ""] = line.split(/[ \t]/, 1);
    const what = operation.toUpperCase();
    if (what === "PING") return this.#handlers.keepAlive(false, PONG);
    if (what === "-ERR") {
      const reason = line.slice(operation.length).trim().replace(/^'(.*)'$/, "$1");
      throw refusal(this.#state === READY ? "to go on" : "the connection", reason);
    }
    if (what === "INFO" && this.#state === FRESH) {
      this.#state = SUBSCRIBING;
      return this.#handlers.send(false, this.#shared.opening(this.#connection));
    }
    if (what === "PONG" && this.#state === SUBSCRIBING) {
      this.#state = READY;
      return this.#handlers.ready();
    }
    if (!["INFO", "PONG", "+OK"].includes(what)) {
      throw malformed("it knows no such operation", buffer, start, end);
    }
    this.#handlers.unasked(true, buffer, start, end);
  }
}

/** The size at the end of a line that announces any message. */
function sizeOf(buffer: Uint8Array, start: number, end: number): number {
  const size = digitsIn(buffer, buffer.lastIndexOf(SPACE, end - 1) + 1, end);
  if (size < 0) throw malformed("a message has no size", buffer, start, end);
  return size;
}
