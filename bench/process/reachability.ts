/** The URLs at which a server is reached. */

import { protocolOf } from "../../protocols/mod.ts";
import {
  type Endpoint,
  endpointAt,
  type TlsOptions,
} from "../../clients/wire/transport/endpoint.ts";

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

/** Whether an address, of IPv4 or IPv6, is one of this machine. */
export function isOfThisMachine(address: string): boolean {
  return isLoopback(`ws://${address.includes(":") ? `[${address}]` : address}`) ||
    Deno.networkInterfaces().some((one) => one.address === address);
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" ||
    /^127(\.\d+){3}$/.test(hostname);
}
