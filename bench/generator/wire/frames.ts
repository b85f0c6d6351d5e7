/** The frames of the wire client: messages as a protocol says them, and pings. */

import { headerSize, OPCODE, writeHeader } from "../../../clients/wire/frame/frame.ts";
import { writerOf } from "../../../protocols/parts/composer.ts";
import type { Message } from "../../../protocols/types.ts";
import { readUint32, writeUint32 } from "../../../protocols/parts/bytes.ts";
import { Series } from "./series.ts";
import type { SeriesMemory } from "./series_memory.ts";

export interface FrameWriter {
  /** The most bytes that the frames of a message take. */
  readonly most: number;
  /** Payload of the frames written so far, in bytes; counted only where they are compressed, else 0. */
  readonly frameBytes: number;
  /**
   * Writes the frames of messages whose numbers follow one another, and returns the place after them.
   *
   * @param target is part of the memory that the writer was made with, if it was
   * @param first number of the first message
   * @param count how many they are, at least one
   */
  write(target: Uint8Array, at: number, connection: number, first: number, count: number): number;
}

/**
 * The masking key. RFC 6455 §5.3 wants a fresh one for each frame to protect proxies; there is none here, and with
 * zero the payload is written where it is sent from. Servers unmask it like any other.
 */
export const MASK = 0;

export function opcodeOf({ isText }: Message): number {
  return isText ? OPCODE.text : OPCODE.binary;
}

/** From this size on a message takes so long on its way that writing it does not matter, in bytes. */
const LARGE = 1024 * 1024;

/** Whether the frames of messages are made of parts that are kept in memory: those of large ones would fill it. */
export function areInSeries({ size }: Message): boolean {
  return size < LARGE;
}

/** Frames that are not compressed, of the WebSocket messages that make up a message. */
export function plainFrames(memory: SeriesMemory, messages: readonly Message[]): FrameWriter {
  const [first, ...others] = messages.map((message) =>
    areInSeries(message) ? seriesOfFrames(memory, message) : singleFrames(message)
  );
  return others.reduce(inTurn, first!);
}

function seriesOfFrames(memory: SeriesMemory, message: Message): FrameWriter {
  const opcode = opcodeOf(message);
  const all = message.parts.map((parts) => new Series(memory, parts, opcode, MASK));
  return {
    most: message.size + headerSize(message.size, true),
    frameBytes: 0,
    write(target, at, connection, first, count) {
      const series = all[message.partsOf(connection)]!;
      const start = target.byteOffset;
      let to = start + at;
      for (let done = 0; done < count;) {
        const length = Math.min(count - done, series.begin(connection, first + done));
        to = series.write(to, length);
        done += length;
      }
      return to - start;
    },
  };
}

/** Frames of messages that are written one by one. */
function singleFrames(message: Message): FrameWriter {
  const opcode = opcodeOf(message);
  const expected = headerSize(message.size, true);
  const writeMessage = writerOf(message);
  return {
    most: message.size + expected,
    frameBytes: 0,
    write(target, at, connection, first, count) {
      let to = at;
      for (let sequence = first; sequence < first + count; sequence++) {
        const start = to + expected;
        const length = writeMessage(target, start, connection, sequence) - start;
        const size = headerSize(length, true);
        // The payload is moved if the header is shorter than expected.
        if (size < expected) target.copyWithin(to + size, start, start + length);
        to = writeHeader(target, to, opcode, length, MASK) + length;
      }
      return to;
    },
  };
}

/** Of each message the frames of one writer, then those of another. */
export function inTurn(one: FrameWriter, other: FrameWriter): FrameWriter {
  return {
    most: one.most + other.most,
    get frameBytes() {
      return one.frameBytes + other.frameBytes;
    },
    write(target, at, connection, first, count) {
      let to = at;
      for (let sequence = first; sequence < first + count; sequence++) {
        to = one.write(target, to, connection, sequence, 1);
        to = other.write(target, to, connection, sequence, 1);
      }
      return to;
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
