/**
 * Rails' Action Cable (https://docs.anycable.io/misc/action_cable_protocol): each connection subscribes to a channel with
 * the parameters of its group. A message performs an action, and is answered by what the channel transmits.
 */

import { enveloped } from "./common/envelope.ts";
import { GROUP, groupProblem, GroupText } from "./common/groups.ts";
import { escapedText, inJson, memberOf, parsedJson } from "./json/content.ts";
import { ProtocolError, refusal } from "./common/protocol_error.ts";
import type { Conversation, ConversationHandlers, OptionValue, Protocol } from "./types.ts";
import { bytesOf } from "./parts/bytes.ts";

/** Action Cable's channels. */
export const actionCable: Protocol = {
  id: "action-cable",
  title: "Action Cable",
  isTextOnly: true,
  hasGroups: true,
  options: {
    channel: {
      about: "Class of the channel",
      type: "text",
      default: "RoomChannel",
      problem: groupProblem,
    },
    params: {
      about:
        "What else identifies the subscription; {group} stands for a name that each connection has for itself",
      type: "json",
      default: { room: GROUP },
      problem: paramsProblem,
    },
    action: {
      about: "Action of the channel that takes a message",
      type: "text",
      default: "speak",
      problem: groupProblem,
    },
    member: {
      about: "The member that has the text, in what is sent and in what is transmitted",
      type: "text",
      default: "message",
      problem: groupProblem,
    },
  },
  codec(url, settings) {
    const { channel, params, action, member } = settings.options as {
      readonly channel: string;
      readonly params: { readonly [name: string]: OptionValue };
      readonly action: string;
      readonly member: string;
    };
    const template = JSON.stringify({ channel, ...params });
    const shared: CableShared = { identifier: new GroupText(template, settings), member };
    return {
      url: new URL(url),
      subprotocols: ["actioncable-v1-json", "actioncable-unsupported"],
      // Rails takes the messages of a connection with several threads.
      mayOvertake: true,
      messages(content) {
        if (!content.isText) {
          throw new TypeError("Action Cable carries texts only: choose a payload that is text");
        }
        // The data are JSON in a text of JSON: what is in a text of theirs is escaped twice.
        const data = JSON.stringify({ action, [member]: "" }).slice(0, -2);
        const before = '{"command":"message","identifier":"';
        const identifier = new GroupText(inJson(template), settings);
        return [enveloped(true, escapedText(escapedText(content)), {
          head: bytesOf(`${before}${identifier.text}","data":"${inJson(data)}`),
          holes: identifier.holes(before.length),
          tail: bytesOf(`${inJson('"}')}"}`),
        })];
      },
      conversation: (handlers, connection) => new CableConversation(shared, handlers, connection),
    };
  },
};

function paramsProblem(value: OptionValue): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return "must be an object";
  }
  return groupProblem(JSON.stringify(value));
}

/** What all connections of a codec share. */
interface CableShared {
  readonly identifier: GroupText;
  readonly member: string;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const FRESH = 0;
const SUBSCRIBING = 1;
const READY = 2;

class CableConversation implements Conversation {
  readonly #shared: CableShared;
  readonly #handlers: ConversationHandlers;
  readonly #connection: number;
  #state = FRESH;

  constructor(shared: CableShared, handlers: ConversationHandlers, connection: number) {
    this.#shared = shared;
    this.#handlers = handlers;
    this.#connection = connection;
  }

  get #identifier(): string {
    return decoder.decode(this.#shared.identifier.of(this.#connection));
  }

  #command(command: string): void {
    const said = { command, identifier: this.#identifier };
    this.#handlers.send(true, bytesOf(JSON.stringify(said)));
  }

  /** Nothing: the server begins. */
  open(): void {}

  close(): void {
    this.#command("unsubscribe");
  }

  /** @throws {ProtocolError} for what is not of Action Cable, and if the server refuses */
  receive(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    if (!isText) throw new ProtocolError("malformed", "The server of Action Cable sent bytes");
    const came = parsedJson(buffer, start, end);
    if (typeof came !== "object" || came === null || Array.isArray(came)) {
      throw new ProtocolError("malformed", "The server sent JSON that is not an object");
    }
    const isOwn = memberOf(came, "identifier") === this.#identifier;
    switch (memberOf(came, "type")) {
      case "welcome":
        if (this.#state !== FRESH) break;
        this.#state = SUBSCRIBING;
        return this.#command("subscribe");
      case "confirm_subscription":
        if (this.#state !== SUBSCRIBING || !isOwn) break;
        this.#state = READY;
        return this.#handlers.ready();
      case "reject_subscription":
        if (isOwn) throw refusal("the subscription", this.#identifier);
        break;
      case "disconnect":
        return this.#disconnected(memberOf(came, "reason"));
      case undefined:
        if (!isOwn || this.#state !== READY) break;
        if (this.#content(memberOf(came, "message"))) return;
        return this.#handlers.pushed(true, buffer, start, end);
    }
    this.#handlers.unasked(true, buffer, start, end);
  }

  #disconnected(reason: unknown): void {
    const why = typeof reason === "string" ? reason : "";
    if (this.#state !== READY) throw refusal("the connection", why);
    this.#handlers.ended(`the server disconnected${why && `: ${why}`}`);
  }

  /** Takes the content in what was transmitted; false if it has none. */
  #content(message: unknown): boolean {
    const content = typeof message === "string" ? message : memberOf(message, this.#shared.member);
    if (typeof content !== "string") return false;
    const bytes = bytesOf(content);
    this.#handlers.reply(true, bytes, 0, bytes.length);
    return true;
  }
}
