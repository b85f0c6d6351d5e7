/**
 * The control packets of MQTT 3.1.1 and 5 that a client sends, and what the codes in those of a server mean
 * (https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html; sections below are of version 5).
 */

import { bytesOf } from "../parts/bytes.ts";

/** Types of control packets (2.1.2). */
export const TYPE = {
  connack: 2,
  publish: 3,
  puback: 4,
  suback: 9,
  pingresp: 13,
  disconnect: 14,
} as const;

/** What a connection asks for. */
export interface Connect {
  readonly isVersion5: boolean;
  readonly clientId: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** In seconds; 0 for none. */
  readonly keepAlive: number;
}

/** The most that a packet may have after its first bytes (1.5.5). */
export const MOST_REMAINING = 268_435_455;

/** How many bytes a number takes as a variable byte integer (1.5.5). */
export function variableSize(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : 4;
}

/** The bytes that begin a packet: its type and flags, and how many bytes follow. */
export function fixedHeader(first: number, remaining: number): Uint8Array {
  const bytes = [first];
  let rest = remaining;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>= 7;
  } while (rest > 0);
  return Uint8Array.from(bytes);
}

function packet(first: number, ...parts: readonly (readonly number[] | Uint8Array)[]): Uint8Array {
  const body = parts.flatMap((part) => [...part]);
  return Uint8Array.from([...fixedHeader(first, body.length), ...body]);
}

function uint16(value: number): readonly number[] {
  return [value >> 8, value & 0xff];
}

/** A text with its length before it (1.5.4). */
function text(value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === "string" ? bytesOf(value) : value;
  return Uint8Array.from([...uint16(bytes.length), ...bytes]);
}

/** CONNECT (3.1), with nothing left of earlier connections. */
export function connectPacket(
  { isVersion5, clientId, username, password, keepAlive }: Connect,
): Uint8Array {
  const cleanStart = 0x02;
  const flags = cleanStart | (username === undefined ? 0 : 0x80) |
    (password === undefined ? 0 : 0x40);
  return packet(
    0x10,
    text("MQTT"),
    [isVersion5 ? 5 : 4, flags, ...uint16(keepAlive)],
    isVersion5 ? [0] : [],
    text(clientId),
    username === undefined ? [] : text(username),
    password === undefined ? [] : text(password),
  );
}

/** The identifier of the one SUBSCRIBE of a connection. */
export const SUBSCRIPTION = 1;

/** SUBSCRIBE (3.8) to one topic. */
export function subscribePacket(isVersion5: boolean, topic: Uint8Array, qos: number): Uint8Array {
  return packet(0x82, uint16(SUBSCRIPTION), isVersion5 ? [0] : [], text(topic), [qos]);
}

/** PINGREQ (3.12). */
export const PING: Uint8Array = Uint8Array.of(0xc0, 0);
/** DISCONNECT (3.14). */
export const DISCONNECT: Uint8Array = Uint8Array.of(0xe0, 0);

/** What the codes in CONNACK of version 3.1.1 mean (3.2.2.3 there). */
const CONNECT_CODES: readonly string[] = [
  "accepted",
  "the version of MQTT is not acceptable",
  "the client's identifier is not allowed",
  "the server is unavailable",
  "bad user name or password",
  "not authorized",
];

/** What reason codes mean (2.4). */
const REASONS: Readonly<Record<number, string>> = {
  0x00: "normal disconnection",
  0x80: "unspecified error",
  0x81: "malformed packet",
  0x82: "protocol error",
  0x83: "implementation specific error",
  0x84: "the version of MQTT is not acceptable",
  0x85: "the client's identifier is not valid",
  0x86: "bad user name or password",
  0x87: "not authorized",
  0x88: "the server is unavailable",
  0x89: "the server is busy",
  0x8a: "banned",
  0x8b: "the server is shutting down",
  0x8c: "bad authentication method",
  0x8d: "keep alive timeout",
  0x8e: "another connection took over the session",
  0x8f: "the topic filter is invalid",
  0x90: "the topic name is invalid",
  0x93: "more messages were under way than the server takes: receive maximum exceeded",
  0x94: "the topic alias is invalid",
  0x95: "the packet is too large",
  0x96: "the message rate is too high",
  0x97: "a quota is exceeded",
  0x98: "administrative action",
  0x99: "the payload's format is invalid",
  0x9a: "retain is not supported",
  0x9b: "the quality of service is not supported",
  0x9c: "use another server",
  0x9d: "the server has moved",
  0x9e: "shared subscriptions are not supported",
  0x9f: "the connection rate is exceeded",
  0xa0: "the time of a connection is over",
};

/** A reason code in words. */
export function reasonInWords(code: number): string {
  return REASONS[code] ?? `reason code 0x${code.toString(16).padStart(2, "0")}`;
}

/** The code of a CONNACK in words. */
export function connackInWords(isVersion5: boolean, code: number): string {
  return (isVersion5 ? REASONS[code] : CONNECT_CODES[code]) ??
    `return code 0x${code.toString(16).padStart(2, "0")}`;
}
