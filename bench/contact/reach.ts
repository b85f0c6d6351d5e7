/** Whether a server of the user's own accepts connections, and where they go in the end. */

import type { ConnectOptions } from "../../clients/types.ts";
import { CA_ITSELF } from "../../clients/wire/transport/endpoint.ts";
import { isSecretField } from "../../measure/text/secrets.ts";
import { shown } from "../../measure/text/shown.ts";
import { protocolOf } from "../../protocols/mod.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { unsealed } from "../plan/own_servers/secrets.ts";
import { readPem } from "./pem.ts";
import { type Answer, type Refusal, type Target, tryHandshake } from "./handshake.ts";
import { targetUrl } from "../process/reachability.ts";

/** Redirects that are followed one after another; a browser follows 20. */
const MOST_REDIRECTS = 5;

/**
 * Where connections to a server of the user's own are opened, and how: with its secrets, what the environment says, and
 * what its files hold.
 *
 * @param url base URL of one that is started here
 * @throws {UsageError} if the environment lacks a variable, or a file cannot be used
 */
export function targetOf(entry: ServerEntry, url?: string): Target {
  const { url: own, path, headers, protocolOptions } = unsealed(entry);
  const { subprotocols, tls } = entry.handshake ?? {};
  const connect: ConnectOptions = {
    ...(Object.keys(protocolOptions).length > 0 && { protocolOptions }),
    ...(headers.length > 0 && { headers }),
    ...(subprotocols !== undefined && { subprotocols }),
    ...(tls !== undefined && { tls: readPem(entry.id, tls) }),
  };
  return { url: url ?? own, path, protocol: entry.protocol, connect };
}

/** A server that was asked for a handshake: the target is that which redirects have led to. */
export interface Reached<Said extends Answer = Answer> {
  readonly target: Target;
  readonly answer: Said;
  /** Whether it was redirected there. */
  readonly isRedirected: boolean;
}

/** Makes a handshake, after redirects if they are to be followed. */
export async function reach(
  first: Target,
  follows: boolean,
  signal: AbortSignal,
): Promise<Reached> {
  let target = first;
  let isRedirected = false;
  for (let redirects = 0;; redirects++) {
    const answer = await tryHandshake(target, signal);
    if (answer.isAccepted) return { target, answer, isRedirected };
    if (isCaItself(answer, target)) {
      target = { ...target, connect: withCaItself(target.connect!) };
    } else if (answer.location === undefined || !follows) {
      return { target, answer, isRedirected };
    } else if (redirects === MOST_REDIRECTS) {
      const reason = `more than ${MOST_REDIRECTS} redirects, the last one to ${answer.location}`;
      return { target, answer: refusal(reason), isRedirected };
    } else {
      const next = redirected(target, answer.location);
      if (typeof next === "string") return { target, answer: refusal(next), isRedirected };
      target = next;
      isRedirected = true;
    }
  }
}

function refusal(reason: string): Refusal {
  return { isAccepted: false, reason: shown(reason), isThere: true };
}

/** Whether a certificate was refused that is among those that the user trusts. */
function isCaItself({ reason }: Refusal, { connect: { tls } = {} }: Target): boolean {
  return reason.startsWith(CA_ITSELF) && tls?.ca !== undefined && tls.isCaItself !== true;
}

function withCaItself(connect: ConnectOptions): ConnectOptions {
  return { ...connect, tls: { ...connect.tls, isCaItself: true } };
}

/** Where a redirect leads to; a phrase if it cannot be followed. Credentials stay with the server that they are for. */
function redirected(target: Target, location: string): Target | string {
  if (protocolOf(target.protocol).pathNames !== undefined) {
    return `it redirects to ${location}, which is followed only where the URL has the path of the WebSocket`;
  }
  const from = new URL(targetUrl(target.url, target.path));
  const to = URL.parse(location.replace(/^http/i, "ws"), from);
  if (to === null || !/^wss?:$/.test(to.protocol)) return `it redirects to ${location}`;
  if (to.protocol !== from.protocol) {
    // TLS decides how all connections of a run are carried.
    return `it redirects to ${to.protocol}//${to.host}: give its URL as ${to.protocol}`;
  }
  const isSame = to.host === from.host;
  const { headers = [] } = target.connect ?? {};
  const hasCredentials = from.username !== "" || from.password !== "" ||
    headers.some(([name]) => isSecretField(name));
  if (!isSame && hasCredentials) {
    return `it redirects to another server, at ${to.origin}, and the credentials are for this one`;
  }
  if (isSame) [to.username, to.password] = [from.username, from.password];
  const path = to.pathname + to.search;
  [to.pathname, to.search, to.hash] = ["/", "", ""];
  return { ...target, url: to.href, path };
}
