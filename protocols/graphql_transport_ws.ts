/**
 * GraphQL over WebSocket, by its subprotocol graphql-transport-ws (
 * https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md): one query or mutation a message, answered by its
 * first result.
 */

import { Bytes, bytesOf } from "./parts/bytes.ts";
import { JsonFields, pointerProblem } from "./json/fields.ts";
import { IN_MESSAGES, Template, templateProblem, templateText } from "./messages/template.ts";
import type {
  Conversation,
  ConversationHandlers,
  Message,
  OptionValue,
  OptionValues,
  Protocol,
} from "./types.ts";
import { shown } from "../measure/text/shown.ts";

/** GraphQL's queries. */
export const graphqlTransportWs: Protocol = {
  id: "graphql-transport-ws",
  title: "GraphQL over WebSocket",
  isTextOnly: true,
  options: {
    query: {
      about: "The query or mutation that is sent each time",
      type: "text",
      default: "{ __typename }",
    },
    variables: {
      about: "Its variables: JSON with {payload}, {sequence}, {connection}, {random}",
      type: "json",
      problem: variablesProblem,
    },
    result: {
      about: 'Where its data have the payload, which is then checked: "/echo" …',
      type: "text",
      problem: pointerProblem,
    },
    init: {
      about: "The payload of connection_init: JSON, such as a token",
      type: "json",
      isSecret: true,
    },
    subscription: {
      about:
        "A subscription that each connection has beside: its results are streams of push, elsewhere unasked",
      type: "text",
    },
  },
  problem: ({ variables, result }) =>
    result === undefined || templateText(variables ?? "").includes("{payload}")
      ? undefined
      : "The variables must have {payload}, as the result is to have it",
  codec(url, { options, run }) {
    const { result } = options;
    const reader = new Reader(result as string | undefined);
    const opening = openingOf(options);
    const template = new Template(operation(options), run);
    return {
      url: new URL(url),
      subprotocols: ["graphql-transport-ws"],
      mayOvertake: true,
      messages: (content: Message) => [template.message(content)],
      conversation: (handlers) => new GraphqlConversation(reader, opening, handlers),
    };
  },
};

function variablesProblem(variables: OptionValue): string | undefined {
  if (typeof variables !== "object" || variables === null || Array.isArray(variables)) {
    return "must be an object";
  }
  return templateProblem(variables, IN_MESSAGES);
}

/** The template of an operation. */
function operation({ query, variables }: OptionValues): string {
  // Its braces are no placeholders.
  const text = JSON.stringify(query).replace(/\{([a-z]+)\}/g, "{{$1}}");
  const given = variables === undefined ? "" : `,"variables":${templateText(variables)}`;
  return `{"id":"{sequence}","type":"subscribe","payload":{"query":${text}${given}}}`;
}

/** The id of the subscription: no operation has it. */
const SUBSCRIPTION_ID = "subscription";

interface Opening {
  readonly init: Uint8Array;
  /** What begins the subscription. */
  readonly subscribe: Uint8Array | undefined;
}

function openingOf({ init, subscription }: OptionValues): Opening {
  const payload = init === undefined ? {} : { payload: init };
  return {
    init: bytesOf(JSON.stringify({ type: "connection_init", ...payload })),
    subscribe: subscription === undefined ? undefined : bytesOf(JSON.stringify({
      id: SUBSCRIPTION_ID,
      type: "subscribe",
      payload: { query: subscription },
    })),
  };
}

const SUBSCRIPTION = new Bytes(bytesOf(SUBSCRIPTION_ID));
const PONG = bytesOf('{"type":"pong"}');
const [TYPE, ID, ERRORS, DATA, PAYLOAD] = [0, 1, 2, 3, 4];
const [ACK, NEXT_TYPE, ERROR, COMPLETE, PING, PONG_TYPE] = [
  "connection_ack",
  "next",
  "error",
  "complete",
  "ping",
  "pong",
].map((type) => new Bytes(bytesOf(type))) as [Bytes, Bytes, Bytes, Bytes, Bytes, Bytes];

/** What all connections read their messages with. */
class Reader {
  readonly fields: JsonFields;
  /** Whether the payload has to come back. */
  readonly isChecked: boolean;

  constructor(result: string | undefined) {
    this.isChecked = result !== undefined;
    this.fields = new JsonFields([
      "/type",
      "/id",
      "/payload/errors",
      "/payload/data",
      `/payload/data${result ?? ""}`,
    ]);
  }
}

class GraphqlConversation implements Conversation {
  readonly #reader: Reader;
  readonly #opening: Opening;
  readonly #handlers: ConversationHandlers;
  #isReady = false;

  constructor(reader: Reader, opening: Opening, handlers: ConversationHandlers) {
    this.#reader = reader;
    this.#opening = opening;
    this.#handlers = handlers;
  }

  get awaited(): string | undefined {
    return this.#isReady ? undefined : "connection_ack";
  }

  open(): void {
    this.#handlers.send(true, this.#opening.init);
  }

  receive(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    const { fields } = this.#reader;
    const handlers = this.#handlers;
    if (!fields.read(buffer, start, end)) handlers.unreadable(isText, buffer, start, end);
    else if (fields.says(TYPE, NEXT_TYPE)) this.#takeResult(isText, buffer, start, end);
    else if (fields.says(TYPE, COMPLETE)) this.#complete();
    else if (fields.says(TYPE, ERROR)) this.#takeError(isText, buffer, start, end);
    else if (fields.says(TYPE, PING)) handlers.keepAlive(true, PONG);
    else if (fields.says(TYPE, ACK)) this.#begin();
    else if (fields.says(TYPE, PONG_TYPE)) return;
    else handlers.unreadable(isText, buffer, start, end);
  }

  #begin(): void {
    if (this.#isReady) throw new Error("The server acknowledged the connection twice");
    this.#isReady = true;
    const { subscribe } = this.#opening;
    if (subscribe !== undefined) this.#handlers.send(true, subscribe);
    this.#handlers.ready();
  }

  #takeResult(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    const { fields, isChecked } = this.#reader;
    const handlers = this.#handlers;
    const number = fields.number(ID);
    if (number < 1) return handlers.pushed(isText, buffer, start, end);
    const sequence = number - 1;
    if (fields.isSet(ERRORS) || !fields.isSet(DATA)) {
      handlers.wrong(sequence, isText, buffer, start, end);
    } else if (!isChecked) handlers.answered(sequence, isText, buffer, start, end);
    else if (fields.readContent(PAYLOAD)) {
      handlers.reply(true, fields.content, fields.contentStart, fields.contentEnd, sequence);
    } else handlers.wrong(sequence, isText, buffer, start, end);
  }

  /** Passes over what completes an operation with its result; a subscription sends no more. */
  #complete(): void {
    if (!this.#reader.fields.says(ID, SUBSCRIPTION)) return;
    this.#handlers.exhausted("the server completed the subscription");
  }

  #takeError(isText: boolean, buffer: Uint8Array, start: number, end: number): void {
    const number = this.#reader.fields.number(ID);
    if (number >= 1) return this.#handlers.wrong(number - 1, isText, buffer, start, end);
    const said = new TextDecoder().decode(buffer.subarray(start, end));
    throw new Error(`The server refused the subscription: ${shown(said, 200)}`);
  }

  close(): void {}
}
