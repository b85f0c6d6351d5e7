/** What the user can do about a handshake that was refused. */

import { protocolOf, protocols } from "../../protocols/mod.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { NO_ANSWER, type Refusal, type Target, tryHandshake } from "./handshake.ts";

/** How long something else is tried, in milliseconds. */
const OTHER_MS = 2000;

/** Remedies by what a failed handshake of TLS is described as. */
const TLS_REMEDIES: readonly (readonly [described: RegExp, remedy: (id: string) => string])[] = [
  [
    /certificate is not trusted/,
    (id) =>
      `name the certificate of its issuer, or its own, with --ca ${id}=FILE, or take any with --insecure ${id}; ` +
      "DENO_TLS_CA_STORE=system trusts as the system does",
  ],
  [
    /certificate is a CA's own/,
    (id) => `name it with --ca ${id}=FILE, or take any with --insecure ${id}`,
  ],
  [
    /certificate is for another name|no certificate for this name/,
    (id) => `name one that it has with --server-name ${id}=NAME, or take any with --insecure ${id}`,
  ],
  [
    /certificate (?:has expired|is not valid yet)/,
    (id) => `renew it, or take any with --insecure ${id}`,
  ],
  [
    /demands (?:a|another) client certificate/,
    (id) => `name it with --cert ${id}=FILE and --key ${id}=FILE`,
  ],
];

/** Remedies by what a server answers. */
const ANSWER_REMEDIES: readonly (readonly [answer: RegExp, remedy: (id: string) => string])[] = [
  [/chose a subprotocol that was not offered/, (id) => `offer it with --subprotocol ${id}=NAME`],
  [
    /answered 40[137]\b/,
    (id) =>
      `give what it asks for with --header ${id}='FIELD: VALUE' (Authorization, Cookie, Origin), or in the query of its URL`,
  ],
  [
    /answered (?:400|426)\b/,
    (id) =>
      `it may want a subprotocol (--subprotocol ${id}=NAME) or a header (--header ${id}='FIELD: VALUE')`,
  ],
];

/**
 * What to do if a handshake was refused: because of TLS, a redirect, what the request lacks, the path, or because the
 * server speaks TLS or another protocol than was said.
 *
 * @param path how its path is named
 * @returns a phrase that begins with a semicolon; empty if nothing is known
 */
export async function remedyFor(
  { id }: ServerEntry,
  target: Target,
  refusal: Refusal,
  path: string,
): Promise<string> {
  const { reason, location } = refusal;
  const known = TLS_REMEDIES.find(([described]) => described.test(reason)) ??
    ANSWER_REMEDIES.find(([answer]) => answer.test(reason));
  if (location !== undefined) return `; follow it with --follow ${id}`;
  if (TLS_REMEDIES.includes(known!)) return `; ${known![1](id)}`;
  if (reason === NO_ANSWER || !refusal.isThere) return "";
  const other = await otherScheme(target) ?? remedyOfProtocol(id, target.protocol, reason) ??
    await otherProtocol(id, target);
  if (other !== undefined) return `; ${other}`;
  if (/answered (?:404|200)\b/.test(reason)) return `; its echo may be at another path: ${path}`;
  return known === undefined ? "" : `; ${known[1](id)}`;
}

/** What is peculiar to a protocol that opens its WebSocket at a path of its own. */
function remedyOfProtocol(id: string, protocol: string, reason: string): string | undefined {
  const { title, pathNames, options = {} } = protocolOf(protocol);
  if (pathNames === undefined) return undefined;
  if (/answered 400\b/.test(reason)) {
    return `it may allow no WebSocket, only polling: wsmark speaks ${title} over WebSocket alone`;
  }
  const isElsewhere = "path" in options && /answered 404\b|amid the handshake/.test(reason);
  return isElsewhere ? `its ${title} may be at another path: --set ${id}=path=/…/` : undefined;
}

/** Tries the same with TLS instead of without it, or the other way round. */
async function otherScheme(target: Target): Promise<string | undefined> {
  const { port, protocol } = new URL(target.url);
  if (port === "") return undefined;
  const other = protocol === "wss:" ? "ws:" : "wss:";
  const url = target.url.replace(protocol, other);
  const answer = await tryHandshake({ ...target, url }, AbortSignal.timeout(OTHER_MS));
  const speaks = answer.isAccepted || /\bcertificate\b/.test(answer.reason);
  return speaks ? `give its URL as ${other}` : undefined;
}

/** Tries the protocols that open the WebSocket at another path than that of the URL. */
async function otherProtocol(id: string, target: Target): Promise<string | undefined> {
  if (protocolOf(target.protocol).pathNames !== undefined) return undefined;
  for (const { id: protocol, title, pathNames } of protocols) {
    if (pathNames === undefined) continue;
    const other = { ...target, path: "/", protocol };
    const { isAccepted } = await tryHandshake(other, AbortSignal.timeout(OTHER_MS));
    if (isAccepted) return `it speaks ${title}: add --protocol ${id}=${protocol}`;
  }
  return undefined;
}
