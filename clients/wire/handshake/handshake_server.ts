/** The opening handshake of RFC 6455 §4.2: the server's side, for reference servers and tests. */

import { HandshakeError, type Head, listOf, OpeningReader, quote, wrongField } from "./head.ts";
import { sha1 } from "./sha1.ts";

const encoder = new TextEncoder();
const REQUEST = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e]+) HTTP\/1\.(\d)$/;
/** Base64 of 16 bytes. */
const KEY = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** Reads and checks a client's request (RFC 6455 §4.2.1). */
export class HandshakeRequestReader extends OpeningReader {
  /** The path and query that the client asks for; empty before {@linkcode push} has found the end. */
  path = "";
  /** The value of Sec-WebSocket-Key; empty before {@linkcode push} has found the end. */
  key = "";

  constructor() {
    super("client", "");
  }

  protected check(head: Head): void {
    this.path = checkRequestLine(head.startLine);
    if (head.fields.get("host")?.length !== 1) {
      throw wrongField("host", "The client must send one host: received", head, "host");
    }
    if (!listOf(head, "upgrade").includes("websocket")) {
      const what = "The client does not ask for websocket: received upgrade";
      throw wrongField("upgrade", what, head, "upgrade");
    }
    if (!listOf(head, "connection").includes("upgrade")) {
      const what = "The client does not ask for an upgrade: received connection";
      throw wrongField("connection", what, head, "connection");
    }
    this.key = checkKey(head);
  }
}

function checkRequestLine(line: string): string {
  const [, method, target = "", minor] = REQUEST.exec(line) ?? [];
  if (!method) {
    throw new HandshakeError(
      "not HTTP",
      `The client does not speak HTTP: received request line ${quote(line)}`,
    );
  }
  if (minor === "0") {
    throw new HandshakeError(
      "version",
      `The client asks in an HTTP version without upgrades: received ${quote(line)}`,
    );
  }
  if (method !== "GET") {
    throw new HandshakeError("method", `The client must use GET: received ${quote(line)}`);
  }
  if (target.startsWith("/")) return target;
  const url = /^(?:https?|wss?):\/\//i.test(target) ? URL.parse(target) : null;
  if (!url) {
    throw new HandshakeError(
      "not HTTP",
      `The client asks for what is no path: received request line ${quote(line)}`,
    );
  }
  return url.pathname + url.search;
}

function checkKey(head: Head): string {
  const versions = head.fields.get("sec-websocket-version");
  if (versions?.length !== 1 || versions[0] !== "13") {
    const what = "The client must speak WebSocket version 13: received";
    throw wrongField("version", what, head, "sec-websocket-version");
  }
  const keys = head.fields.get("sec-websocket-key");
  const [key = ""] = keys ?? [];
  if (keys?.length !== 1 || !KEY.test(key)) {
    const what = "The client must send one key of 16 bytes in base64: received";
    throw wrongField("key", what, head, "sec-websocket-key");
  }
  return key;
}

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** The value of Sec-WebSocket-Accept that proves that a server understood the handshake (RFC 6455 §1.3, §4.2.2). */
export function acceptKey(key: string): string {
  return sha1(key + GUID).toBase64();
}

/** The answer that accepts a handshake with that key (RFC 6455 §4.2.2), without extension or subprotocol. */
export function acceptResponse(key: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      `Sec-WebSocket-Accept: ${acceptKey(key)}\r\n\r\n`,
  );
}

/** An answer that refuses a handshake and ends the connection; the text must be visible ASCII and spaces. */
export function refusal(status: number, text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(
    `HTTP/1.1 ${status} ${text}\r\nConnection: close\r\n` +
      `Content-Type: text/plain\r\nContent-Length: ${text.length + 1}\r\n\r\n${text}\n`,
  );
}
