/** A connection over socket.io-client: the same code in Deno and in a page. */

import { Manager } from "socket.io-client";
import { byName, nodeTls } from "./node_options.ts";
import type { Connection, ConnectOptions, Handlers, Message } from "./types.ts";
import { basicAuthorization } from "./wire/handshake/authorization.ts";

/**
 * Opens a connection: see {@linkcode Client.connect}. Socket.IO gives reasons, not close codes: a disconnect that either
 * side asked for is reported as 1000, everything else as 1006.
 */
export function connect(
  url: string,
  handlers: Handlers,
  _protocol?: string,
  { headers = [], subprotocols = [], tls }: ConnectOptions = {},
): Connection {
  // A Manager would take anything for a host.
  const parsed = URL.parse(url);
  if (parsed === null) {
    throw new SyntaxError(`Cannot connect as the URL is invalid: received '${url}'`);
  }
  // io() looks for the host in the whole URL, and finds a wrong one if its path or its query has brackets.
  const [, origin = url, namespace = ""] = /^(\w+:\/\/[^/?#]*)([^?#]*)/.exec(url) ?? [];
  // It leaves user and password out of its request; a page cannot send this field.
  const authorization = basicAuthorization(parsed);
  const manager = new Manager(origin, {
    transports: ["websocket"],
    reconnection: false,
    query: Object.fromEntries(parsed.searchParams),
    extraHeaders: {
      ...(authorization !== undefined && { Authorization: authorization }),
      ...Object.fromEntries(
        Object.entries(byName(headers)).map(([name, value]) => [name, String(value)]),
      ),
    },
    protocols: [...subprotocols],
    ...nodeTls(tls),
  });
  const socket = manager.socket(namespace || "/");
  let ended = false;

  function end(code: number, reason: string): void {
    if (ended) return;
    ended = true;
    socket.disconnect();
    // disconnect() reports itself before it returns; the other clients report a close afterwards.
    queueMicrotask(() => handlers.closed(code, reason));
  }

  socket.on("connect", () => handlers.opened());
  socket.on("message", (message) => handlers.received(plain(message)));
  socket.on("connect_error", (error) => end(1006, causeOf(error)));
  socket.on(
    "disconnect",
    (reason) => end(reason === "io server disconnect" ? 1000 : 1006, reason),
  );
  return {
    send: (message) => socket.send(message),
    close: () => end(socket.connected ? 1000 : 1006, "io client disconnect"),
  };
}

/** A message as the other clients give it: an event of Socket.IO may hold anything that JSON can say, or nothing. */
function plain(message: unknown): Message {
  if (typeof message === "string" || message instanceof Uint8Array) return message;
  // In a page bytes come as an ArrayBuffer.
  return message instanceof ArrayBuffer ? new Uint8Array(message) : "<neither text nor bytes>";
}

/** The cause of the "websocket error" that the transport makes of everything. */
function causeOf(error: Error & { description?: unknown }): string {
  const { message } = (error.description ?? error) as { message?: string };
  return message || error.message;
}
