/** The frames of the wire client: messages as a protocol says them, and pings. */

import { headerSize, OPCODE, writeHeader } from "../../../clients/wire/frame/frame.ts";
import type { Message } from "../../../protocols/types.ts";
import { Bytes, readUint32, writeUint32 } from "../../../protocols/bytes.ts";

export interface FrameWriter {
  /** The most bytes that the frames of a message take. */
  readonly most: number;
  /** Payload of the frames written so far, in bytes; counted only where they are compressed, else 0. */
  readonly frameBytes: number;
  /** Writes the frames of a message, and returns the place after them. */
  write(target: Uint8Array, at: number, connection: number, sequence: number): number;
}

/**
 * The masking key. RFC 6455 §5.3 wants a fresh one for each frame to protect proxies; there is none here, and with
 * zero the payload is written where it is sent from. Servers unmask it like any other.
 */
export const MASK = 0;

export function opcodeOf({ isText }: Message): number {
  return isText ? OPCODE.text : OPCODE.binary;
}

/** Frames that are not compressed, of the WebSocket messages that make up a message. */
export function plainFrames(messages: readonly Message[]): FrameWriter {
  const [first, ...others] = messages.map(plainFrame);
  return others.reduce(inTurn, first!);
}

function plainFrame(message: Message): FrameWriter {
  const opcode = opcodeOf(message);
  const expected = headerSize(message.size, true);
  // Most messages are of one size: their header is written once.
  const header = new Uint8Array(expected);
  const prepared = new Bytes(header);
  writeHeader(header, 0, opcode, message.size, MASK);
  return {
    most: message.size + expected,
    frameBytes: 0,
    write(target, at, connection, sequence) {
      const start = at + expected;
      const end = message.write(target, start, connection, sequence);
      if (end - start === message.size) {
        prepared.copy(target, at);
        return end;
      }
      const size = headerSize(end - start, true);
      // The payload is moved if the header is shorter than expected.
      if (size < expected) target.copyWithin(at + size, start, end);
      writeHeader(target, at, opcode, end - start, MASK);
      return at + size + end - start;
    },
  };
}

export function inTurn(first: FrameWriter, second: FrameWriter): FrameWriter {
  return {
    most: first.most + second.most,
    get frameBytes() {
      return first.frameBytes + second.frameBytes;
    },
    write(target, at, connection, sequence) {
      const next = first.write(target, at, connection, sequence);
      return second.write(target, next, connection, sequence);
    },
  };
}

const PING_PAYLOAD = 8;

export const PING_SIZE = headerSize(PING_PAYLOAD, true) + PING_PAYLOAD;

/** Writes a ping (RFC 6455 §5.5.2) with its connection and number, which the pong must repeat; returns its end. */
export function writePing(
  target: Uint8Array,
  at: number,
  connection: number,
  sequence: number,
): number {
  const start = writeHeader(target, at, OPCODE.ping, PING_PAYLOAD, MASK);
  writeUint32(target, start, connection);
  writeUint32(target, start + 4, sequence);
  return start + PING_PAYLOAD;
}

/** The number of the ping that a pong answers; -1 if it answers none of its connection. */
export function readPong(
  source: Uint8Array,
  start: number,
  end: number,
  connection: number,
): number {
  return end - start === PING_PAYLOAD && readUint32(source, start) === connection
    ? readUint32(source, start + 4)
    : -1;
}
