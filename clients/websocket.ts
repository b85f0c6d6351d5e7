/** The platform's WebSocket, as in a browser. On its own: `deno run -A clients/websocket.ts ws://localhost:8765/echo` */

import { repl } from "./repl.ts";
import type { Client, ConnectOptions, TlsOptions } from "./types.ts";
import { connect } from "./websocket_connect.ts";

/** The client over the platform's WebSocket. */
export const client: Client = {
  id: "websocket",
  title: "WebSocket API",
  library: `Deno WebSocket ${Deno.version.deno}`,
  notes: [
    "TCP_NODELAY is off: Deno offers no way to set it (denoland/deno#35581), so a message may wait for the acknowledgement of the one before.",
    "Over TLS it resumes sessions: the handshakes after the first are shorter.",
  ],
  connect: (url, handlers, protocol, options) => connect(url, handlers, protocol, options, open),
};

/** What Deno's WebSocket takes beside a URL; where the types of pages are checked, too, they hide it. */
type Options = {
  protocols: string[];
  headers: [string, string][];
  client?: Deno.HttpClient;
};
const DenoWebSocket = WebSocket as unknown as new (url: string, options: Options) => WebSocket;

function open(url: string, { headers = [], subprotocols = [], tls }: ConnectOptions): WebSocket {
  return new DenoWebSocket(url, {
    protocols: [...subprotocols],
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    ...(tls !== undefined && { client: httpClientFor(tls) }),
  });
}

/** What carries WebSockets over TLS with certificates of their own; it is made once for all connections. */
const httpClients = new WeakMap<TlsOptions, Deno.HttpClient>();

function httpClientFor(tls: TlsOptions): Deno.HttpClient {
  const { ca, cert, key } = tls;
  const made = httpClients.get(tls) ?? Deno.createHttpClient({
    ...(ca !== undefined && { caCerts: [ca] }),
    ...(cert !== undefined && key !== undefined && { cert, key }),
  });
  httpClients.set(tls, made);
  return made;
}

if (import.meta.main) await repl(client);
