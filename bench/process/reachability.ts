/** Whether a server that wsmark does not know accepts connections. */

import { codecFor, protocolOf } from "../../protocols/mod.ts";
import type { OptionValues } from "../../protocols/types.ts";
import {
  describeTlsFailure,
  type Endpoint,
  endpointAt,
  type TlsOptions,
} from "../../clients/wire/transport/endpoint.ts";

export interface Target {
  readonly url: string;
  readonly protocol: string;
  readonly protocolOptions?: OptionValues | undefined;
  /** Path of its WebSocket, or what the protocol has in its place. */
  readonly path: string;
}

/**
 * The URL of a path of a server, one after the other: resolved as a relative URL, a path such as `/ws://host/x` would
 * name another server. {@linkcode pathProblem} says which paths arrive as they are given.
 *
 * @throws {TypeError} if the path does not begin with a slash
 */
export function targetUrl(url: string, path: string): string {
  if (!path.startsWith("/")) {
    throw new TypeError(`Cannot append a path without "/" at its start: received "${path}"`);
  }
  const base = new URL(url);
  base.search = "";
  base.hash = "";
  return base.href.replace(/\/$/, "") + path;
}

/**
 * Why a path cannot be sent as it is given: every WebSocket client rewrites a URL, such as `/a/../b` to `/b`. That
 * letters are written as `%D1%87` is not a change. For a protocol the path may name something that is not in a URL.
 *
 * @returns a phrase that follows its name; undefined if nothing is wrong
 */
export function pathProblem(path: string, protocol: string): string | undefined {
  if (!path.startsWith("/")) return 'must begin with "/"';
  if (/\p{Cc}/u.test(path)) return "must not have control characters";
  if (!path.isWellFormed()) return "must not have halves of characters";
  if (path.includes("#")) return 'must not have a "#", which is never sent: write it as %23';
  const own = protocolOf(protocol).pathProblem;
  if (own !== undefined) return own(path);
  const { pathname, search } = new URL(targetUrl("ws://localhost/", path));
  const sent = pathname + search;
  return unescaped(sent) === unescaped(path)
    ? undefined
    : `cannot be sent as it is, only as ${JSON.stringify(sent)}: give it so`;
}

/** A text with its escapes undone, byte by byte, because they need not be UTF-8. */
function unescaped(text: string): string {
  return encodeURI(text).replaceAll("%25", "%").replace(
    /%([0-9a-f]{2})/gi,
    (_, hex) => String.fromCharCode(parseInt(hex, 16)),
  );
}

/** Tries a WebSocket handshake, and closes it again: undefined if it is accepted, else what was said instead. */
export async function refusalOf(target: Target, signal: AbortSignal): Promise<string | undefined> {
  signal.throwIfAborted();
  const socket = new WebSocket(
    codecFor(target.protocol, targetUrl(target.url, target.path), target.protocolOptions).url,
  );
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

/** How long the other scheme is tried, in milliseconds. */
const OTHER_MS = 2000;

/**
 * What to do if a handshake was refused because the URL says TLS and the server does not speak it, or the other way
 * round, or because its certificate is not trusted.
 *
 * @returns a phrase that begins with a semicolon; empty if nothing is known
 */
export async function remedyFor(target: Target, refusal: string): Promise<string> {
  if (/is not trusted$/.test(refusal)) {
    return "; name its file in DENO_CERT, or set DENO_TLS_CA_STORE=system to trust as the system does";
  }
  const { port, protocol } = new URL(target.url);
  if (port === "" || refusal === "no answer in time") return "";
  const other = protocol === "wss:" ? "ws:" : "wss:";
  const url = target.url.replace(protocol, other);
  const answer = await refusalOf({ ...target, url }, AbortSignal.timeout(OTHER_MS));
  const isThere = answer === undefined || answer.startsWith("the server's certificate");
  return isThere ? `; give its URL as ${other}` : "";
}

/** How long a server may take to answer a close, in milliseconds. */
const CLOSE_MS = 500;

async function closed(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const late = setTimeout(resolve, CLOSE_MS);
  socket.onclose = () => resolve();
  // Without a code some servers log it as an error.
  socket.close(1000);
  await promise;
  clearTimeout(late);
}

/** What Deno says about a handshake, without the name of its error. */
function plain(message: string): string {
  return describeTlsFailure(message.replace(/^NetworkError: failed to connect to WebSocket: /, ""));
}

/**
 * The address that connections to a URL go to; the certificate must be for what the URL says. A name is resolved by
 * connecting once, as the system does it for every program: Deno can ask a name server, but does not read `/etc/hosts`.
 *
 * @throws {Error} if nobody accepts the connection
 */
export async function addressOf(url: string, tls?: TlsOptions): Promise<Endpoint> {
  const endpoint = endpointAt(url, tls);
  const { hostname, port } = endpoint;
  if (/^[\d.]+$|:/.test(hostname)) return endpoint;
  using connection = await Deno.connect({ hostname, port });
  return { ...endpoint, hostname: connection.remoteAddr.hostname };
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" ||
    /^127(\.\d+){3}$/.test(hostname);
}
