/** The opening handshake of RFC 6455 §4: the client's side. The server's is in `handshake_server.ts`. */

import { type AgreedDeflate, readDeflateAnswer } from "./deflate_offer.ts";
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
import { type HandshakeOffer, prepareRequests } from "./request.ts";

export type { AgreedDeflate, Deflate } from "./deflate_offer.ts";
export { type HandshakeOffer, type HeaderField, parseUrl } from "./request.ts";
export { HandshakeError, type HandshakeErrorKind, MAX_HEAD_BYTES } from "./head.ts";
export { acceptKey, acceptResponse, HandshakeRequestReader, refusal } from "./handshake_server.ts";

/** A handshake that is ready to be sent. */
export interface Handshake {
  /** The bytes to send first. */
  request: Uint8Array<ArrayBuffer>;
  /** Reads what the server answers. */
  reader: HandshakeReader;
}

/**
 * Prepares the handshakes of all connections to a URL.
 *
 * @param url with the scheme `ws:` or `wss:`; its user and password go into the field Authorization; a fragment is left
 * out
 * @returns makes the handshake of a connection, with a fresh random key; placeholders may stand for its number and that
 * of its group
 * @throws {SyntaxError} for another URL, and for a text that is not a URL
 */
export function prepareHandshakes(
  url: URL | string,
  offer: HandshakeOffer = {},
): (connection: number, group?: number) => Handshake {
  const requestOf = prepareRequests(url, offer);
  return (connection, group) => {
    const key = randomKey();
    return { request: requestOf(key, connection, group), reader: new HandshakeReader(key, offer) };
  };
}

/** Makes the handshake of one connection: see {@linkcode prepareHandshakes}. */
export function createHandshake(url: URL | string, offer?: HandshakeOffer): Handshake {
  return prepareHandshakes(url, offer)(0);
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
  readonly #offer: HandshakeOffer;
  #agreed: AgreedDeflate | undefined;
  #subprotocol: string | undefined;

  /** A reader for the answer to a request with that key and that offer. */
  constructor(key: string, offer: HandshakeOffer = {}) {
    super("server", "HTTP/1.");
    this.#key = key;
    this.#offer = offer;
  }

  /** How messages are compressed; undefined if that was not offered. */
  get deflate(): AgreedDeflate | undefined {
    return this.#agreed;
  }

  /** The subprotocol that the server chose; undefined if it chose none. */
  get subprotocol(): string | undefined {
    return this.#subprotocol;
  }

  /** 1xx, except the 101 that is waited for: a client must be able to read any number of them (RFC 9110 §15.2). */
  protected override isInterim({ startLine }: Head): boolean {
    return /^HTTP\/1\.1 1(?!01)\d\d(?: |$)/.test(startLine);
  }

  protected check(head: Head): void {
    checkStatus(head);
    checkUpgrade(head);
    this.#checkAccept(head);
    this.#agreed = this.#agreedDeflate(head);
    this.#subprotocol = this.#chosenSubprotocol(head);
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
    const { deflate } = this.#offer;
    if (deflate !== undefined) return readDeflateAnswer(values ?? [], deflate);
    if (values === undefined) return undefined;
    const what = "The server chose an extension that was not offered: received";
    throw wrongField("extension", what, head, "sec-websocket-extensions");
  }

  /** One of those that were offered, in the same letters, or none. */
  #chosenSubprotocol(head: Head): string | undefined {
    const values = head.fields.get("sec-websocket-protocol");
    if (values === undefined) return undefined;
    const [chosen = ""] = values;
    if (values.length === 1 && this.#offer.subprotocols?.includes(chosen)) return chosen;
    const what = "The server chose a subprotocol that was not offered: received";
    throw wrongField("subprotocol", what, head, "sec-websocket-protocol");
  }
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
      status >= 300 && status < 400 ? location : undefined,
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
