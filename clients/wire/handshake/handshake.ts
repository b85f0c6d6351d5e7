/** The opening handshake of RFC 6455 §4: the client's side. The server's is in `handshake_server.ts`. */

import {
  type AgreedDeflate,
  type Deflate,
  DEFLATE_OFFERS,
  readDeflateAnswer,
} from "./deflate_offer.ts";
import {
  HandshakeError,
  type Head,
  listOf,
  OpeningReader,
  quote,
  shown,
  wrongField,
} from "./head.ts";
import { acceptKey } from "./handshake_server.ts";
import { basicAuthorization } from "./authorization.ts";

export type { AgreedDeflate, Deflate } from "./deflate_offer.ts";
export { HandshakeError, type HandshakeErrorKind, MAX_HEAD_BYTES } from "./head.ts";
export { acceptKey, acceptResponse, HandshakeRequestReader, refusal } from "./handshake_server.ts";

/** A handshake that is ready to be sent. */
export interface Handshake {
  /** The bytes to send first. */
  request: Uint8Array<ArrayBuffer>;
  /** Reads what the server answers. */
  reader: HandshakeReader;
}

const encoder = new TextEncoder();

/**
 * Makes the request that opens a connection (RFC 6455 §4.1), with a fresh random key.
 *
 * @param url with the scheme `ws:` or `wss:`; its user and password go into the field Authorization; a fragment is left
 * out
 * @param deflate offers to compress messages; an answer without it is refused
 * @throws {SyntaxError} for another URL, and for a text that is not a URL
 */
export function createHandshake(url: URL | string, deflate?: Deflate): Handshake {
  const parsed = parseUrl(url);
  const { host, pathname, search } = parsed;
  const key = randomKey();
  let extra = "";
  if (deflate !== undefined) extra += `Sec-WebSocket-Extensions: ${DEFLATE_OFFERS[deflate]}\r\n`;
  const authorization = basicAuthorization(parsed);
  if (authorization !== undefined) extra += `Authorization: ${authorization}\r\n`;
  const request = encoder.encode(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\n` +
      `Connection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n${extra}\r\n`,
  );
  return { request, reader: new HandshakeReader(key, deflate) };
}

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

// One call into the system for many keys: 10,000 connections may be opened at once.
const randomBytes = new Uint8Array(16 * 64);
let randomUsed = randomBytes.length;

function randomKey(): string {
  if (randomUsed === randomBytes.length) {
    crypto.getRandomValues(randomBytes);
    randomUsed = 0;
  }
  return randomBytes.subarray(randomUsed, randomUsed += 16).toBase64();
}

/** Reads and checks the server's answer (RFC 6455 §4.1, §4.2.2). */
export class HandshakeReader extends OpeningReader {
  readonly #key: string;
  readonly #deflate: Deflate | undefined;
  #agreed: AgreedDeflate | undefined;

  /** A reader for the answer to a request with that key, and that offer if it made one. */
  constructor(key: string, deflate?: Deflate) {
    super("server", "HTTP/1.");
    this.#key = key;
    this.#deflate = deflate;
  }

  /** How messages are compressed; undefined if that was not offered. */
  get deflate(): AgreedDeflate | undefined {
    return this.#agreed;
  }

  protected check(head: Head): void {
    checkStatus(head);
    checkUpgrade(head);
    this.#checkAccept(head);
    this.#agreed = this.#agreedDeflate(head);
    refuseSubprotocol(head);
  }

  #checkAccept(head: Head): void {
    const expected = acceptKey(this.#key);
    const values = head.fields.get("sec-websocket-accept");
    if (values?.length === 1 && values[0] === expected) return;
    const received = shown(head, "sec-websocket-accept");
    throw new HandshakeError(
      "accept",
      `The server answered with a wrong accept key: received ${received} instead of "${expected}"`,
    );
  }

  #agreedDeflate(head: Head): AgreedDeflate | undefined {
    const values = head.fields.get("sec-websocket-extensions");
    if (this.#deflate !== undefined) return readDeflateAnswer(values ?? [], this.#deflate);
    if (values === undefined) return undefined;
    const what = "The server chose an extension that was not offered: received";
    throw wrongField("extension", what, head, "sec-websocket-extensions");
  }
}

/** None is offered. */
function refuseSubprotocol(head: Head): void {
  if (!head.fields.has("sec-websocket-protocol")) return;
  const what = "The server chose a subprotocol that was not offered: received";
  throw wrongField("subprotocol", what, head, "sec-websocket-protocol");
}

function checkStatus({ startLine, fields }: Head): void {
  const match = /^HTTP\/1\.(\d) (\d{3})(?: (.*))?$/.exec(startLine);
  if (!match) {
    throw new HandshakeError(
      "not HTTP",
      `The server does not speak HTTP: received status line ${quote(startLine)}`,
    );
  }
  const status = Number(match[2]);
  if (status !== 101) {
    const [location] = fields.get("location") ?? [];
    const reason = quote(match[3] ?? "").slice(1, -1);
    const to = location === undefined ? "" : ` to ${quote(location).slice(1, -1)}`;
    throw new HandshakeError(
      "refused",
      `The server answered ${status}${reason && ` ${reason}`}${to}`,
    );
  }
  if (match[1] === "0") {
    throw new HandshakeError(
      "version",
      `The server answered in an HTTP version without upgrades: received ${quote(startLine)}`,
    );
  }
}

function checkUpgrade(head: Head): void {
  const upgrade = listOf(head, "upgrade");
  if (upgrade.length === 0 || upgrade.some((protocol) => protocol !== "websocket")) {
    const what = "The server did not upgrade to websocket: received upgrade";
    throw wrongField("upgrade", what, head, "upgrade");
  }
  if (!listOf(head, "connection").includes("upgrade")) {
    const what = "The server did not upgrade the connection: received connection";
    throw wrongField("connection", what, head, "connection");
  }
}
