/**
 * The pings of the wire client: each names its connection and its number, which the pong must repeat.
 *
 * @module
 */

import { readUint32, writeUint32 } from "../../../scenarios/payload/bytes.ts";
import { headerSize, OPCODE, writeHeader } from "../../../clients/wire/frame/frame.ts";
import { MASK } from "./dialect.ts";

const PAYLOAD = 8;

/** The bytes that a ping takes. */
export const PING_SIZE = headerSize(PAYLOAD, true) + PAYLOAD;

/**
 * Writes a ping (RFC 6455 §5.5.2).
 *
 * @returns the place after it
 */
export function writePing(
  target: Uint8Array,
  at: number,
  connection: number,
  sequence: number,
): number {
  const start = writeHeader(target, at, OPCODE.ping, PAYLOAD, MASK);
  writeUint32(target, start, connection);
  writeUint32(target, start + 4, sequence);
  return start + PAYLOAD;
}

/** The number of the ping that a pong answers; -1 where it answers none of its connection. */
export function readPong(
  source: Uint8Array,
  start: number,
  end: number,
  connection: number,
): number {
  return end - start === PAYLOAD && readUint32(source, start) === connection
    ? readUint32(source, start + 4)
    : -1;
}
