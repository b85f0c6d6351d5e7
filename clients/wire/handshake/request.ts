/** The request that opens a connection (RFC 6455 §4.1): what the client sends. */

import { basicAuthorization } from "./authorization.ts";
import { type Deflate, DEFLATE_OFFERS } from "./deflate_offer.ts";
import { quote } from "./head.ts";
import { fillerFor, hasPlaceholder } from "./placeholders.ts";

/** A field of a request. */
export type HeaderField = readonly [name: string, value: string];

/** What a handshake asks for, in addition to its URL. */
export interface HandshakeOffer {
  /** Offers to compress messages; an answer without it is refused. */
  readonly deflate?: Deflate | undefined;
  /** Fields in addition to those of every handshake; `Host` and `Authorization` replace what the URL says. */
  readonly headers?: readonly HeaderField[] | undefined;
  /** Subprotocols, the best first; an answer with another one is refused. */
  readonly subprotocols?: readonly string[] | undefined;
}

const encoder = new TextEncoder();

/** @throws {SyntaxError} for what is not the URL of a WebSocket */
export function parseUrl(url: URL | string): URL {
  const parsed = typeof url === "string" ? URL.parse(url) : url;
  if (!parsed || (parsed.protocol !== "ws:" && parsed.protocol !== "wss:")) {
    throw new SyntaxError(
      `Cannot open a WebSocket as its URL must begin with ws:// or wss://: received ${
        quote(String(url))
      }`,
    );
  }
  return parsed;
}

/**
 * Prepares the requests of all connections to a URL: what they share is put together once.
 *
 * @returns makes the bytes of a request from its key and the numbers of its connection and its group, which placeholders
 * may stand for
 * @throws {SyntaxError} for a URL that does not begin with `ws:` or `wss:`
 */
export function prepareRequests(
  url: URL | string,
  offer: HandshakeOffer = {},
): (key: string, connection: number, group?: number) => Uint8Array<ArrayBuffer> {
  const parsed = parseUrl(url);
  const { headers = [] } = offer;
  if (!hasPlaceholder(parsed.href) && !headers.some(([, value]) => hasPlaceholder(value))) {
    const [start, rest] = aroundKey(parsed, offer);
    return (key) => encoder.encode(start + key + rest);
  }
  return (key, connection, group) => {
    const fill = fillerFor(connection, group);
    const filled = headers.map(([name, value]): HeaderField => [name, fill(value)]);
    const [start, rest] = aroundKey(new URL(fill(parsed.href)), { ...offer, headers: filled });
    return encoder.encode(start + key + rest);
  };
}

/** What precedes the key in a request, and what follows it. */
function aroundKey(url: URL, offer: HandshakeOffer): [start: string, rest: string] {
  const { deflate, headers = [], subprotocols = [] } = offer;
  const has = (wanted: string): boolean => headers.some(([name]) => name.toLowerCase() === wanted);
  const authorization = has("authorization") ? undefined : basicAuthorization(url);
  const fields: HeaderField[] = [
    ...authorization === undefined ? [] : [["Authorization", authorization] as const],
    ...subprotocols.length === 0
      ? []
      : [["Sec-WebSocket-Protocol", subprotocols.join(", ")] as const],
    ...deflate === undefined
      ? []
      : [["Sec-WebSocket-Extensions", DEFLATE_OFFERS[deflate]] as const],
    ...headers,
  ];
  const host = has("host") ? "" : `Host: ${url.host}\r\n`;
  return [
    `GET ${url.pathname}${url.search} HTTP/1.1\r\n${host}Upgrade: websocket\r\n` +
    "Connection: Upgrade\r\nSec-WebSocket-Key: ",
    `\r\nSec-WebSocket-Version: 13\r\n${
      fields.map(([name, value]) => `${name}: ${value}\r\n`).join("")
    }\r\n`,
  ];
}
