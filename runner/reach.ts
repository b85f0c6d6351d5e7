/**
 * Whether a server that wsmark knows nothing of accepts connections.
 *
 * @module
 */

import type { Protocol } from "../servers/types.ts";

/** Where a handshake is tried. */
export interface Target {
  /** Base URL of the server. */
  readonly url: string;
  /** What it speaks. */
  readonly protocol: Protocol;
  /** Path of its WebSocket; under Socket.IO the namespace, which the handshake does not name. */
  readonly path: string;
}

/** Where Socket.IO's handshake goes, whatever the namespace. */
const SOCKET_IO = "socket.io/?EIO=4&transport=websocket";

/** The URL that is connected to: the base URL with a path behind it. */
export function handshakeUrl({ url, protocol, path }: Target): string {
  return new URL(protocol === "socket.io" ? SOCKET_IO : path.replace(/^\//, ""), url).href;
}

/**
 * Tries a WebSocket handshake, and closes the connection if there is one.
 *
 * @param signal gives it up
 * @returns undefined where it is accepted, else what was said instead
 */
export async function refusalOf(target: Target, signal: AbortSignal): Promise<string | undefined> {
  signal.throwIfAborted();
  const socket = new WebSocket(handshakeUrl(target));
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const giveUp = (): void => resolve("no answer in time");
  signal.addEventListener("abort", giveUp);
  socket.onopen = () => resolve(undefined);
  socket.onerror = (event) => resolve(plain((event as ErrorEvent).message));
  socket.onclose = ({ code, reason }) => resolve(reason || `closed with code ${code}`);
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", giveUp);
    await closed(socket);
  }
}

/** How long a server may take to answer a close, in milliseconds. */
const CLOSE_MS = 500;

async function closed(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const late = setTimeout(resolve, CLOSE_MS);
  socket.onclose = () => resolve();
  socket.close();
  await promise;
  clearTimeout(late);
}

/** What Deno says of a handshake, without the name of its error. */
function plain(message: string): string {
  return message.replace(/^NetworkError: failed to connect to WebSocket: /, "");
}

/** Whether a URL is one of this machine's own loopback addresses. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" ||
    /^127(\.\d+){3}$/.test(hostname);
}
