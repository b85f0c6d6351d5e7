/**
 * Compressed frames. All that can be compressed is compressed before the traffic begins: writing a message compresses
 * nothing. See `clients/wire/handshake/deflated.ts`.
 */

import { copyRange } from "../../../clients/wire/frame/buffer_pool.ts";
import { headerSize, writeHeader } from "../../../clients/wire/frame/frame.ts";
import { RSV1 } from "../../../clients/wire/frame/frame_rules.ts";
import {
  deflateRest,
  STORED_HEADER_SIZE,
  writeStoredHeader,
} from "../../../clients/wire/handshake/deflated.ts";
import type { Message } from "../../../protocols/types.ts";
import { type FrameWriter, inTurn, MASK, opcodeOf } from "./frames.ts";

export function deflateFrames(messages: readonly Message[]): FrameWriter {
  const [first, ...others] = messages.map(deflateFrame);
  return others.reduce(inTurn, first!);
}

/** The frame of one WebSocket message: its head in a stored block, then a rest that was compressed before. */
function deflateFrame(message: Message): FrameWriter {
  const { parts } = message;
  const opcode = opcodeOf(message);
  const rests = Array.from({ length: parts.count }, (_, index) => deflateRest(parts.rest(index)));
  const head = new Uint8Array(parts.headSize);
  let frameBytes = 0;
  return {
    most: mostBytes(parts.headSize, rests),
    get frameBytes() {
      return frameBytes;
    },
    write(target, at, connection, sequence) {
      const headLength = parts.writeHead(head, 0, connection, sequence);
      const rest = rests[parts.restOf(connection, sequence)]!;
      const length = (headLength === 0 ? 0 : STORED_HEADER_SIZE + headLength) + rest.length;
      frameBytes += length;
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
    },
  };
}

/** The most bytes that a message takes with the header of its frame. */
function mostBytes(headSize: number, rests: readonly Uint8Array[]): number {
  const longest = rests.reduce((most, { length }) => Math.max(most, length), 0);
  const size = STORED_HEADER_SIZE + headSize + longest;
  return headerSize(size, true) + size;
}
