/**
 * What the server of the suite can send that no server should: in place of the answer to a handshake, or on an open
 * connection.
 */

import { Buffer } from "node:buffer";
import { OPCODE, writeClose, writeFrame, writeHeader } from "../../clients/wire/frame/frame.ts";
import { acceptResponse } from "../../clients/wire/handshake/handshake.ts";

/** Writes bytes; rejects when the connection is gone. */
export type Write = (bytes: Uint8Array) => Promise<void>;

const encoder = new TextEncoder();
const CHUNK = 64 * 1024;
const PINGS = 5000;

const answer = (status: string, more = ""): Uint8Array =>
  encoder.encode(`HTTP/1.1 ${status}\r\n${more}Content-Length: 0\r\n\r\n`);

/** Answers a handshake with a key in a way that no client accepts; nothing follows when it returns. */
export type Answer = (write: Write, key: string) => Promise<void>;

/** Bytes without end: the promise rejects when the connection is gone. */
async function withoutEnd(write: Write, bytes: Uint8Array): Promise<void> {
  for (let writes = 1;; writes++) {
    await write(bytes);
    // Other connections are to be accepted meanwhile.
    if (writes % 16 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** By the ids of the faults. */
export const answers: Readonly<Record<string, Answer>> = {
  "handshake-silent": () => Promise.resolve(),
  "handshake-200": (write) => write(answer("200 OK")),
  "handshake-301": (write) => write(answer("301 Moved", "Location: /elsewhere\r\n")),
  "handshake-400": (write) => write(answer("400 Bad Request")),
  "handshake-500": (write) => write(answer("500 Internal Server Error")),
  "wrong-accept-key": (write) => write(acceptResponse("AAAAAAAAAAAAAAAAAAAAAA==")),
  "half-response": (write, key) => write(acceptResponse(key).subarray(0, 40)),
  async "endless-header"(write) {
    await write(encoder.encode("HTTP/1.1 101 Switching Protocols\r\n"));
    await withoutEnd(write, encoder.encode("X-More: ".padEnd(1022, "x") + "\r\n"));
  },
  "handshake-garbage": (write) => write(new Uint8Array(512).fill(0xff)),
};

export type Violation = (write: Write) => Promise<void>;

function frame(opcode: number, text: string | Uint8Array, fin = true, mask?: number): Uint8Array {
  const payload = typeof text === "string" ? encoder.encode(text) : text;
  const bytes = new Uint8Array(payload.length + 14);
  const end = writeFrame(bytes, 0, opcode, payload, 0, payload.length, mask, fin);
  return bytes.subarray(0, end);
}

function closeFrame(code: number, reason: string): Uint8Array {
  const bytes = new Uint8Array(140);
  return bytes.subarray(0, writeClose(bytes, 0, code, reason, undefined));
}

function header(length: number): Uint8Array {
  const bytes = new Uint8Array(14);
  return bytes.subarray(0, writeHeader(bytes, 0, OPCODE.binary, length, undefined));
}

function pings(count: number): Uint8Array {
  const payload = encoder.encode("are you there?".padEnd(125, "."));
  const bytes = new Uint8Array(count * (payload.length + 2));
  let at = 0;
  for (let sent = 0; sent < count; sent++) {
    at = writeFrame(bytes, at, OPCODE.ping, payload, 0, payload.length, undefined);
  }
  return bytes;
}

const nobody = frame(OPCODE.text, "a reply to nobody");

/** By the ids of the faults. */
export const violations: Readonly<Record<string, Violation>> = {
  garbage: (write) => write(new Uint8Array(512).fill(0xff)),
  masked: (write) => write(frame(OPCODE.text, "masked", true, 0x01020304)),
  oversized: (write) => write(header(2 ** 40)),
  async "endless-fragments"(write) {
    await write(frame(OPCODE.text, "x", false));
    await withoutEnd(write, frame(OPCODE.continuation, "x".repeat(CHUNK), false));
  },
  close: (write) => write(closeFrame(4001, "enough")),
  pings: (write) => write(pings(PINGS)),
  "pings-unread": (write) => withoutEnd(write, pings(500)),
  "reply-to-nobody": (write) => write(nobody),
  "replies-after-close": (write) =>
    write(Buffer.concat([closeFrame(4002, "closed"), nobody, nobody])),
  "not-utf8": (write) => write(frame(OPCODE.text, Uint8Array.of(0x66, 0xff, 0xfe))),
  "endless-replies": (write) => withoutEnd(write, frame(OPCODE.text, "x".repeat(CHUNK - 10))),
};

/** Faults after which the server reads no more. */
export const unread: readonly string[] = ["pings-unread", "endless-replies", "endless-fragments"];
