/**
 * What help says of the protocols: it loads nothing else of them. In the order of the list in `mod.ts`; a test compares
 * both.
 */

import type { ProtocolOption } from "./types.ts";

/** The names of a protocol. */
export interface ProtocolNames {
  /** Id of the protocol. */
  readonly id: string;
  /** What the path of a server's URL names, if not the path at which the WebSocket is opened. */
  readonly pathNames?: string;
}

/** The names of all protocols; the first is the default. */
export const PROTOCOL_NAMES: readonly [ProtocolNames, ...ProtocolNames[]] = [
  { id: "websocket" },
  { id: "action-cable" },
  { id: "graphql-transport-ws" },
  { id: "json-rpc" },
  { id: "messages" },
  { id: "mqtt" },
  { id: "nats" },
  { id: "phoenix" },
  { id: "socket.io", pathNames: "Socket.IO the namespace" },
  { id: "stomp" },
];

/** Options of protocols that the command line has, too. */
export const PROTOCOL_FLAGS = {
  open: {
    value: "'SEND => EXPECT'",
    help: "What is said first on a connection, and waited for",
  },
  ignore: {
    value: "RULE",
    help: 'What nobody asked for: TEXT, contains:TEXT, pattern:REGEX, {"/POINTER":VALUE}',
  },
  answer: { value: "'RULE => SEND'", help: "What is answered at once, such as a keep-alive" },
  close: { value: "TEXT", help: "What is said before the connection is closed" },
  message: {
    value: "TEXT",
    help: "What is sent, with {sequence}, {connection}, {payload}, {random}",
  },
  reply: {
    value: "RULE",
    help:
      "Its reply: echo, 'in order', id:/POINTER, payload:/POINTER, pattern:REGEX, contains:TEXT",
  },
} as const satisfies Readonly<Record<string, ProtocolOption["flag"]>>;
