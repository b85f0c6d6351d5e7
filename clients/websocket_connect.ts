/** A connection over the platform's WebSocket: the same code in Deno and in a page. */

import type { Connection, ConnectOptions, Handlers } from "./types.ts";

/**
 * Opens a connection: see {@linkcode Client.connect}.
 *
 * @param open makes the WebSocket; in a page it can be given subprotocols alone
 */
export function connect(
  url: string,
  handlers: Handlers,
  _protocol?: string,
  options: ConnectOptions = {},
  open: (url: string, options: ConnectOptions) => WebSocket = openInPage,
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

function openInPage(url: string, { subprotocols = [] }: ConnectOptions): WebSocket {
  return new WebSocket(url, [...subprotocols]);
}
