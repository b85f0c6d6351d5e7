/**
 * The proof that a server understood the handshake (RFC 6455 §1.3, §4.2.2).
 *
 * @module
 */

import { hash } from "node:crypto";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** The value of Sec-WebSocket-Accept that answers a value of Sec-WebSocket-Key. */
export function acceptKey(key: string): string {
  return hash("sha1", key + GUID, "base64");
}
