/**
 * How a payload becomes frames: as a message of its own, or as an event of Socket.IO.
 *
 * @module
 */

import type { Payload } from "../../../scenarios/payload/payload.ts";
import { SocketIoCodec, socketIoTarget } from "../../../clients/wire/socket_io/engine_io.ts";
import { headerSize, OPCODE, writeFrame, writeHeader } from "../../../clients/wire/frame/frame.ts";

/** How a payload becomes frames. */
export interface Dialect {
  /** What the connection is opened at. */
  readonly url: URL;
  /** The most bytes that the frames of a message take. */
  readonly most: number;
  /** The most bytes of a message itself; of a compressed one, inflated. */
  readonly mostMessage: number;
  /** Payload of the frames written so far, in bytes; counted only where they are compressed, else 0. */
  readonly frameBytes: number;
  /** The codec of Socket.IO; undefined where messages stand for themselves. */
  readonly socketIo: SocketIoCodec | undefined;
  /**
   * Writes the frames of a message.
   *
   * @returns the place after them
   */
  write(target: Uint8Array, at: number, connection: number, sequence: number): number;
}

/**
 * The masking key. RFC 6455 §5.3 wants a fresh one for each frame to protect proxies; there is none here, and with
 * zero the payload is written where it is sent from. Servers unmask it like any other.
 */
export const MASK = 0;

/** Messages that stand for themselves. */
export function plainDialect(url: string, payload: Payload): Dialect {
  const opcode = payload.isText ? OPCODE.text : OPCODE.binary;
  const expected = headerSize(payload.size, true);
  return {
    url: new URL(url),
    most: payload.size + expected,
    mostMessage: payload.size,
    frameBytes: 0,
    socketIo: undefined,
    write(target, at, connection, sequence) {
      const end = payload.write(target, at + expected, connection, sequence);
      return frameInPlace(target, at, at + expected, end, opcode);
    },
  };
}

/** Writes the header of a frame before its payload, which is moved where the header is shorter than expected. */
function frameInPlace(
  target: Uint8Array,
  at: number,
  start: number,
  end: number,
  opcode: number,
): number {
  const size = headerSize(end - start, true);
  if (at + size < start) target.copyWithin(at + size, start, end);
  writeHeader(target, at, opcode, end - start, MASK);
  return at + size + end - start;
}

/** Events of Socket.IO; the path of the URL is the namespace. */
export function socketIoDialect(url: string, payload: Payload): Dialect {
  const { handshake, namespace } = socketIoTarget(url);
  const socketIo = new SocketIoCodec(namespace);
  const bytes = new Uint8Array(payload.size);
  const header = socketIo.binaryEventHeader;
  const mostText = socketIo.maxTextEventSize(payload.size);
  const expected = headerSize(mostText, true);
  return {
    url: handshake,
    most: payload.isText
      ? mostText + expected
      : header.length + headerSize(header.length, true) + payload.size + expected,
    mostMessage: mostText,
    frameBytes: 0,
    socketIo,
    write(target, at, connection, sequence) {
      const length = payload.write(bytes, 0, connection, sequence);
      if (payload.isText) {
        const end = socketIo.writeTextEvent(target, at + expected, bytes, 0, length);
        return frameInPlace(target, at, at + expected, end, OPCODE.text);
      }
      const next = writeFrame(target, at, OPCODE.text, header, 0, header.length, MASK);
      return writeFrame(target, next, OPCODE.binary, bytes, 0, length, MASK);
    },
  };
}
