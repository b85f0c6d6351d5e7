/** A connection over the platform's WebSocket: the same code in Deno and in a page. */

import type { Connection, ConnectOptions, Handlers } from "./types.ts";

/** Opens a connection: see {@linkcode Client.connect}; in a page only subprotocols are heeded. */
export function connect(
  url: string,
  handlers: Handlers,
  _protocol?: string,
  options: ConnectOptions = {},
): Connection {
  const socket = open(url, options);
  socket.binaryType = "arraybuffer";
  let problem = "";
  socket.onopen = () => handlers.opened();
  socket.onmessage = ({ data }) =>
    handlers.received(typeof data === "string" ? data : new Uint8Array(data));
  // A browser hides the reason from its pages.
  socket.onerror = (event) => problem = (event as ErrorEvent).message ?? "";
  // Deno gives code 0 instead of the 1006 of the WebSocket API.
  socket.onclose = ({ code, reason }) => handlers.closed(code || 1006, reason || problem);
  return {
    send: (message) => socket.send(message as string | Uint8Array<ArrayBuffer>),
    close: () => socket.close(1000),
  };
}

function open(url: string, { headers = [], subprotocols = [], tls }: ConnectOptions): WebSocket {
  const protocols = [...subprotocols];
  if (headers.length === 0 && tls === undefined) return new WebSocket(url, protocols);
  return new WebSocket(url, {
    protocols,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    ...(tls !== undefined && { client: httpClientFor(tls) }),
  });
}

/** What carries a WebSocket over TLS with certificates of its own; it is made once for all connections. */
const httpClients = new WeakMap<NonNullable<ConnectOptions["tls"]>, Deno.HttpClient>();

function httpClientFor(tls: NonNullable<ConnectOptions["tls"]>): Deno.HttpClient {
  const { ca, cert, key } = tls;
  const made = httpClients.get(tls) ?? Deno.createHttpClient({
    ...(ca !== undefined && { caCerts: [ca] }),
    ...(cert !== undefined && key !== undefined && { cert, key }),
  });
  httpClients.set(tls, made);
  return made;
}
