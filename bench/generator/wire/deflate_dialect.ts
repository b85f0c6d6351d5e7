/**
 * How a payload becomes compressed frames. All that can be compressed is so before the traffic begins: writing a message
 * compresses nothing. See `clients/wire/handshake/deflated.ts`.
 *
 * @module
 */

import type { Parts, Payload } from "../../../scenarios/payload/payload.ts";
import { copyRange } from "../../../clients/wire/frame/carry.ts";
import {
  deflateRest,
  STORED_HEADER_SIZE,
  writeStoredHeader,
} from "../../../clients/wire/handshake/deflated.ts";
import { SocketIoCodec, socketIoTarget } from "../../../clients/wire/socket_io/engine_io.ts";
import { headerSize, OPCODE, writeHeader } from "../../../clients/wire/frame/frame.ts";
import { RSV1 } from "../../../clients/wire/frame/frame_rules.ts";
import { escape, escapedSize } from "../../../clients/wire/socket_io/text.ts";
import { type Dialect, MASK } from "./dialect.ts";

/** What follows the text in an event of Socket.IO. */
const EVENT_END = new TextEncoder().encode('"]');
const NOTHING = new Uint8Array();

/** Messages that stand for themselves. */
export function plainDeflateDialect(url: string, payload: Payload): Dialect {
  const { parts, isText } = payload;
  const rests = compressedRests(parts, (rest) => rest);
  const opcode = isText ? OPCODE.text : OPCODE.binary;
  const head = new Uint8Array(parts.headSize);
  let frameBytes = 0;
  return {
    url: new URL(url),
    most: mostBytes(parts.headSize, rests),
    mostMessage: payload.size,
    socketIo: undefined,
    get frameBytes() {
      return frameBytes;
    },
    write(target, at, connection, sequence) {
      const length = parts.writeHead(head, 0, connection, sequence);
      const rest = rests[parts.restOf(connection, sequence)]!;
      frameBytes += payloadSize(length, rest);
      return writeCompressed(target, at, opcode, head, length, rest);
    },
  };
}

/** Events of Socket.IO; the path of the URL is the namespace. */
export function socketIoDeflateDialect(url: string, payload: Payload): Dialect {
  const { handshake, namespace } = socketIoTarget(url);
  const socketIo = new SocketIoCodec(namespace);
  const writer = (payload.isText ? textEvents : binaryEvents)(socketIo, payload);
  return {
    ...writer,
    url: handshake,
    mostMessage: socketIo.maxTextEventSize(payload.size),
    socketIo,
    get frameBytes() {
      return writer.frameBytes;
    },
  };
}

type Writer = Pick<Dialect, "most" | "write" | "frameBytes">;

/** What stands before the text of an event belongs to the head, what stands behind it to the rest. */
function textEvents({ textEventStart }: SocketIoCodec, { parts }: Payload): Writer {
  const rests = compressedRests(parts, (rest) => {
    const escaped = new Uint8Array(escapedSize(rest, 0, rest.length) + EVENT_END.length);
    escaped.set(EVENT_END, escape(escaped, 0, rest, 0, rest.length));
    return escaped;
  });
  const plain = new Uint8Array(parts.headSize);
  const { length: start } = textEventStart;
  const head = new Uint8Array(start + LONGEST_ESCAPE * parts.headSize);
  head.set(textEventStart);
  let frameBytes = 0;
  return {
    most: mostBytes(head.length, rests),
    get frameBytes() {
      return frameBytes;
    },
    write(target, at, connection, sequence) {
      const plainLength = parts.writeHead(plain, 0, connection, sequence);
      const length = escape(head, start, plain, 0, plainLength);
      const rest = rests[parts.restOf(connection, sequence)]!;
      frameBytes += payloadSize(length, rest);
      return writeCompressed(target, at, OPCODE.text, head, length, rest);
    },
  };
}

/** The longest that one byte becomes in JSON: `\u0000`. */
const LONGEST_ESCAPE = 6;

/** A message that announces the bytes, always the same, and the bytes. */
function binaryEvents({ binaryEventHeader }: SocketIoCodec, payload: Payload): Writer {
  const bytes = plainDeflateDialect("ws://bytes/", payload);
  const header = deflateRest(binaryEventHeader);
  let headerBytes = 0;
  return {
    most: headerSize(header.length, true) + header.length + bytes.most,
    get frameBytes() {
      return headerBytes + bytes.frameBytes;
    },
    write(target, at, connection, sequence) {
      headerBytes += header.length;
      const next = writeCompressed(target, at, OPCODE.text, NOTHING, 0, header);
      return bytes.write(target, next, connection, sequence);
    },
  };
}

/** The rests of all messages, compressed. */
function compressedRests(
  { count, rest }: Parts,
  asSent: (rest: Uint8Array) => Uint8Array,
): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, index) => deflateRest(asSent(rest(index))));
}

/** The most bytes that a message takes with the header of its frame. */
function mostBytes(headSize: number, rests: readonly Uint8Array[]): number {
  const longest = rests.reduce((most, { length }) => Math.max(most, length), 0);
  const size = STORED_HEADER_SIZE + headSize + longest;
  return headerSize(size, true) + size;
}

function payloadSize(headLength: number, rest: Uint8Array): number {
  return (headLength === 0 ? 0 : STORED_HEADER_SIZE + headLength) + rest.length;
}

/** Writes a frame whose payload is compressed: a head in a stored block, then a rest that was compressed before. */
function writeCompressed(
  target: Uint8Array,
  at: number,
  opcode: number,
  head: Uint8Array,
  headLength: number,
  rest: Uint8Array,
): number {
  const length = payloadSize(headLength, rest);
  let next = writeHeader(target, at, opcode, length, MASK);
  target[at]! |= RSV1;
  if (headLength > 0) {
    writeStoredHeader(target, next, headLength);
    next += STORED_HEADER_SIZE;
    copyRange(head, 0, headLength, target, next);
    next += headLength;
  }
  target.set(rest, next);
  return next + rest.length;
}
