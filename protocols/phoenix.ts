/**
 * Phoenix's channels, version 2 of their protocol (Phoenix.Socket.V2.JSONSerializer): each connection joins the topic of
 * its group. A message is pushed there, and answered by Phoenix's reply to it or by a broadcast to the topic.
 */

import { enveloped } from "./common/envelope.ts";
import { groupProblem, GroupText } from "./common/groups.ts";
import { escapedText, inJson, memberOf, parsedJson } from "./json/content.ts";
import { ProtocolError, refusal } from "./common/protocol_error.ts";
import { digitsIn } from "./common/scan.ts";
import type { Conversation, ConversationHandlers, Hole, OptionValue, Protocol } from "./types.ts";
import { bytesOf } from "./parts/bytes.ts";
import { joined, NOTHING } from "./parts/message.ts";

/** How often a client says that it is there, as Phoenix's own does. */
const HEARTBEAT_MS = 30_000;
/** Digits of a message's reference: its number. */
const REFERENCE_DIGITS = 9;
const NO_REFERENCE = "0".repeat(REFERENCE_DIGITS);
/** The references of the join, which all messages name, of the heartbeat and of the leave. */
const JOIN = "join";
const HEARTBEAT = "heartbeat";
const LEAVE = "leave";

/** What answers a message. */
type Answer = "acknowledged" | "echoed" | "broadcast";

/** Phoenix's channels. */
export const phoenix: Protocol = {
  id: "phoenix",
  title: "Phoenix",
  hasGroups: ({ answer }) => answer === "broadcast",
  options: {
    topic: {
      about: "Topic of the channel; {group} stands for a name that each connection has for itself",
      type: "text",
      default: "room:{group}",
      problem: nameProblem,
    },
    event: { about: "Event", type: "text", default: "new_msg", problem: nameProblem },
    member: {
      about: "The member of an event's payload that has the text",
      type: "text",
      default: "body",
      problem: groupProblem,
    },
    join: { about: "What is said with the join, such as a token", type: "json", isSecret: true },
    answer: {
      about: "A reply with the status ok, a reply with the same payload, or a broadcast of it",
      type: "text",
      default: "acknowledged",
      oneOf: ["acknowledged", "echoed", "broadcast"] satisfies Answer[],
    },
  },
  codec(url, settings) {
    const { topic: template, event, member, join = {}, answer } = settings.options as {
      readonly topic: string;
      readonly event: string;
      readonly member: string;
      readonly join?: OptionValue;
      readonly answer: Answer;
    };
    const topic = new GroupText(template, settings);
    const handshake = new URL(url);
    if (!handshake.searchParams.has("vsn")) handshake.searchParams.set("vsn", "2.0.0");
    const shared = { topic, event, member, join, answer };
    return {
      url: handshake,
      keepAliveMs: HEARTBEAT_MS,
      ...(answer === "acknowledged" && { mayOvertake: true as const }),
      messages(given) {
        const numberAt = (at: number): Hole => ({
          ...{ at, holds: "sequence", as: "padded", width: REFERENCE_DIGITS },
        });
        if (given.isText) {
          const escapedTopic = new GroupText(inJson(template), settings);
          const before = `["${JOIN}","${NO_REFERENCE}","`;
          const after = `","${inJson(event)}",{"${inJson(member)}":"`;
          return [enveloped(true, escapedText(given), {
            head: bytesOf(before + escapedTopic.text + after),
            holes: [numberAt(before.indexOf(NO_REFERENCE)), ...escapedTopic.holes(before.length)],
            tail: bytesOf('"}]'),
          })];
        }
        const sizes = [JOIN.length, REFERENCE_DIGITS, topic.length, bytesOf(event).length];
        const start = Uint8Array.from([PUSH, ...sizes, ...bytesOf(JOIN + NO_REFERENCE)]);
        return [enveloped(false, given, {
          head: joined([start, bytesOf(topic.text + event)]),
          holes: [numberAt(start.length - REFERENCE_DIGITS), ...topic.holes(start.length)],
          tail: NOTHING,
        })];
      },
      conversation: (handlers, connection) => new PhoenixConversation(shared, handlers, connection),
    };
  },
};

/** In a binary message its length has one byte. */
function nameProblem(value: OptionValue): string | undefined {
  return groupProblem(value) ??
    (bytesOf(String(value)).length > 200 ? "must have at most 200 bytes" : undefined);
}

/** What all connections of a codec share. */
interface PhoenixShared {
  readonly topic: GroupText;
  readonly event: string;
  readonly member: string;
  readonly join: OptionValue;
  readonly answer: Answer;
}

/** Kinds of binary messages. */
const PUSH = 0;
const REPLY = 1;
const BROADCAST = 2;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** What came: an event, or a reply if it names a message. */
interface Came {
  readonly reference: string | undefined;
  readonly topic: string;
  readonly event: string;
  /** Of a reply. */
  readonly status: unknown;
  /** The payload of an event, or what a reply says. */
  readonly payload: unknown;
}

class PhoenixConversation implements Conversation {
  readonly #shared: PhoenixShared;
  readonly #handlers: ConversationHandlers;
  readonly #connection: number;
  #isJoined = false;

  constructor(shared: PhoenixShared, handlers: ConversationHandlers, connection: number) {
    this.#shared = shared;
    this.#handlers = handlers;
    this.#connection = connection;
  }

  get #topic(): string {
    return decoder.decode(this.#shared.topic.of(this.#connection));
  }

  #push(reference: string, event: string, payload: OptionValue): Uint8Array {
    return bytesOf(JSON.stringify([JOIN, reference, this.#topic, event, payload]));
  }

  open(): void {
    this.#handlers.send(true, this.#push(JOIN, "phx_join", this.#shared.join));
  }

  keepAlive(): void {
    const heartbeat = [null, HEARTBEAT, "phoenix", "heartbeat", {}];
    this.#handlers.keepAlive(true, bytesOf(JSON.stringify(heartbeat)));
  }

  close(): void {
    this.#handlers.send(true, this.#push(LEAVE, "phx_leave", {}));
  }

  /** @throws {ProtocolError} for what is no message of a channel, and if the server refuses */
  receive(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    const came = isText ? readText(buffer, start, end) : readBytes(buffer, start, end);
    const { reference, topic, event, status, payload } = came;
    if (reference === HEARTBEAT) return;
    if (topic === this.#topic) {
      if (event === "phx_error") throw refusal("to go on", "the channel failed: phx_error");
      if (event === "phx_close") return this.#handlers.ended("the server closed the channel");
      if (reference === JOIN && event === "phx_reply") return this.#joined(status, payload);
      if (this.#isJoined && this.#answer(came, isText, buffer, start, end)) return;
      if (this.#isJoined && event !== "phx_reply") {
        return this.#handlers.pushed(isText, buffer, start, end);
      }
    }
    this.#handlers.unasked(isText, buffer, start, end);
  }

  #joined(status: unknown, payload: unknown): void {
    if (this.#isJoined) throw new ProtocolError("unexpected", "The server joined a channel twice");
    if (status !== "ok") {
      const reason = memberOf(payload, "reason");
      const why = typeof reason === "string" ? reason : JSON.stringify(payload) ?? "";
      throw refusal(`to join ${this.#topic}`, why);
    }
    this.#isJoined = true;
    this.#handlers.ready();
  }

  /** Takes what belongs to a message; false if it does not. */
  #answer(
    { reference, event, status, payload }: Came,
    isText: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    const { answer, event: own } = this.#shared;
    if (event !== "phx_reply") {
      return event === own && answer === "broadcast" && this.#content(payload);
    }
    const digits = bytesOf(reference ?? "");
    const sequence = digits.length === REFERENCE_DIGITS ? digitsIn(digits, 0, digits.length) : -1;
    if (sequence < 0) return false;
    if (status !== "ok") this.#handlers.wrong(sequence, isText, buffer, start, end);
    else if (answer === "acknowledged") {
      this.#handlers.answered(sequence, isText, buffer, start, end);
    } else if (answer === "echoed" && !this.#content(payload)) {
      this.#handlers.wrong(sequence, isText, buffer, start, end);
    }
    return true;
  }

  /** Takes the content in a payload; false if it has none. */
  #content(payload: unknown): boolean {
    const content = payload instanceof Uint8Array
      ? payload
      : memberOf(payload, this.#shared.member);
    if (content instanceof Uint8Array) {
      this.#handlers.reply(false, content, 0, content.length);
    } else if (typeof content === "string") {
      const bytes = bytesOf(content);
      this.#handlers.reply(true, bytes, 0, bytes.length);
    } else return false;
    return true;
  }
}

function readText(buffer: Uint8Array, start: number, end: number): Came {
  const message = parsedJson(buffer, start, end);
  const [, reference, topic, event, payload] = Array.isArray(message) ? message as unknown[] : [];
  if (typeof topic !== "string" || typeof event !== "string") {
    throw new ProtocolError(
      "malformed",
      "The server sent JSON that is no message of a channel, as it is no list with a topic and an event",
    );
  }
  const isReply = event === "phx_reply";
  return {
    ...{ topic, event, status: memberOf(payload, "status") },
    reference: typeof reference === "string" ? reference : undefined,
    payload: isReply ? memberOf(payload, "response") : payload,
  };
}

/** Reads a binary message: a kind, the sizes of its texts, the texts, and the payload. */
function readBytes(buffer: Uint8Array, start: number, end: number): Came {
  const kind = end > start ? buffer[start]! : -1;
  const count = kind === PUSH ? 3 : kind === REPLY ? 4 : kind === BROADCAST ? 2 : 0;
  const texts: string[] = [];
  let at = start + 1 + count;
  for (let index = 1; index <= count && at <= end; index++) {
    const next = at + buffer[start + index]!;
    texts.push(decoder.decode(buffer.subarray(at, Math.min(next, end))));
    at = next;
  }
  if (count === 0 || at > end) {
    throw new ProtocolError("malformed", "The server sent bytes that are no message of a channel");
  }
  const payload = buffer.slice(at, end);
  if (kind === REPLY) {
    const [, reference, topic, status] = texts;
    return { reference, topic: topic!, event: "phx_reply", status, payload };
  }
  const [topic, event] = texts.slice(-2);
  return { reference: undefined, topic: topic!, event: event!, status: undefined, payload };
}
