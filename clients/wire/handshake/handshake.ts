/** The opening handshake of RFC 6455 §4: the client's side. The server's is in `handshake_server.ts`. */

import {
  type AgreedDeflate,
  type Deflate,
  deflateOffer,
  readDeflateAnswer,
} from "./deflate_offer.ts";
import { HandshakeError, type Head, listOf, OpeningReader, quote, shown } from "./head.ts";
import { acceptKey } from "./handshake_server.ts";
import { basicAuthorization } from "./authorization.ts";

export type { AgreedDeflate, Deflate } from "./deflate_offer.ts";
export { HandshakeError, type HandshakeErrorKind, MAX_HEAD_BYTES } from "./head.ts";
export { acceptKey, acceptResponse, HandshakeRequestReader, refusal } from "./handshake_server.ts";

/** What a handshake may carry beside what it must. */
export interface HandshakeOptions {
  /** More header fields: Origin, Cookie, Authorization, Sec-WebSocket-Protocol, … */
  headers?: Readonly<Record<string, string>>;
  /** Offers to compress messages; an answer without it is refused. */
  deflate?: Deflate | undefined;
}

/** A handshake that is ready to be sent. */
export interface Handshake {
  /** The bytes to send first. */
  request: Uint8Array<ArrayBuffer>;
  /** Reads what the server answers. */
  reader: HandshakeReader;
}

const encoder = new TextEncoder();
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Visible ASCII, spaces and tabs inside. */
const VALUE = /^[\t\x20-\x7e]*$/;
/** Fields that the handshake itself decides. */
const OWN_FIELDS: readonly string[] = [
  "host",
  "upgrade",
  "connection",
  "sec-websocket-key",
  "sec-websocket-version",
  "sec-websocket-extensions",
];

/**
 * Makes the request that opens a connection (RFC 6455 §4.1), with a fresh random key.
 *
 * @param url with the scheme `ws:` or `wss:`; its user and password go into the field Authorization; a fragment is left
 * out
 * @throws {SyntaxError} for a text that is no such URL
 * @throws {TypeError} for a header that cannot be sent, or that the handshake itself decides
 */
export function createHandshake(url: URL | string, options: HandshakeOptions = {}): Handshake {
  const parsed = parseUrl(url);
  const { host, pathname, search } = parsed;
  const key = randomKey();
  const { deflate } = options;
  let extra = deflate === undefined ? "" : `Sec-WebSocket-Extensions: ${deflateOffer(deflate)}\r\n`;
  let offered = "";
  const authorization = basicAuthorization(parsed);
  if (authorization !== undefined) extra += `Authorization: ${authorization}\r\n`;
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    checkField(name, value);
    extra += `${name}: ${value}\r\n`;
    if (name.toLowerCase() === "sec-websocket-protocol") offered = value;
  }
  const request = encoder.encode(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\n` +
      `Connection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n${extra}\r\n`,
  );
  return { request, reader: new HandshakeReader(key, offered, deflate) };
}

/**
 * The URL of a WebSocket.
 *
 * @throws {SyntaxError} for what is none
 */
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

function checkField(name: string, value: string): void {
  if (!TOKEN.test(name) || !VALUE.test(value)) {
    throw new TypeError(
      `Cannot send a header with characters that HTTP forbids: received ${quote(name)}: ${
        quote(value)
      }`,
    );
  }
  if (OWN_FIELDS.includes(name.toLowerCase())) {
    throw new TypeError(
      `Cannot set a header that the handshake itself decides: received ${quote(name)}`,
    );
  }
}

// One call into the system for many keys: 10,000 connections may be opened at once.
const randomBytes = new Uint8Array(16 * 64);
let randomUsed = randomBytes.length;

function randomKey(): string {
  if (randomUsed === randomBytes.length) {
    crypto.getRandomValues(randomBytes);
    randomUsed = 0;
  }
  const bytes = randomBytes.subarray(randomUsed, randomUsed += 16);
  // deno-lint-ignore wsmark/no-spread-arguments -- 16 bytes
  return btoa(String.fromCharCode(...bytes));
}

/** Reads and checks the server's answer (RFC 6455 §4.1, §4.2.2). */
export class HandshakeReader extends OpeningReader {
  readonly #key: string;
  readonly #offered: string;
  readonly #deflate: Deflate | undefined;
  #subprotocol = "";
  #agreed: AgreedDeflate | undefined;

  /**
   * Makes one for the answer to one request.
   *
   * @param key the value of Sec-WebSocket-Key in the request
   * @param offered the value of Sec-WebSocket-Protocol in the request, if it had one
   * @param deflate the compression that the request offered, if it did
   */
  constructor(key: string, offered = "", deflate?: Deflate) {
    super("server", "HTTP/1.");
    this.#key = key;
    this.#offered = offered;
    this.#deflate = deflate;
  }

  /** How messages are compressed; undefined where that was not offered. */
  get deflate(): AgreedDeflate | undefined {
    return this.#agreed;
  }

  /** The subprotocol that the server chose, or an empty string. */
  get subprotocol(): string {
    return this.#subprotocol;
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
    throw new HandshakeError(
      "accept",
      `The server answered with a wrong accept key: received ${
        shown(head, "sec-websocket-accept")
      } instead of ${quote(expected)}`,
    );
  }

  #agreedDeflate(head: Head): AgreedDeflate | undefined {
    const values = head.fields.get("sec-websocket-extensions");
    if (this.#deflate !== undefined) return readDeflateAnswer(values ?? [], this.#deflate);
    if (values === undefined) return undefined;
    throw new HandshakeError(
      "extension",
      `The server chose an extension that was not offered: received ${
        shown(head, "sec-websocket-extensions")
      }`,
    );
  }

  #chosenSubprotocol(head: Head): string {
    const values = head.fields.get("sec-websocket-protocol");
    if (!values) return "";
    const [chosen = ""] = values;
    const offered = this.#offered.split(",").map((name) => name.trim());
    if (values.length === 1 && chosen !== "" && offered.includes(chosen)) return chosen;
    throw new HandshakeError(
      "subprotocol",
      `The server chose a subprotocol that was not offered: received ${
        shown(head, "sec-websocket-protocol")
      }`,
    );
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
      status,
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
    throw new HandshakeError(
      "upgrade",
      `The server did not upgrade to websocket: received upgrade ${shown(head, "upgrade")}`,
    );
  }
  if (!listOf(head, "connection").includes("upgrade")) {
    throw new HandshakeError(
      "connection",
      `The server did not upgrade the connection: received connection ${shown(head, "connection")}`,
    );
  }
}
