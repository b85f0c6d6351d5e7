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
import { largest } from "../../../measure/statistics/statistics.ts";
import { Head } from "../../../protocols/parts/head.ts";
import { fillingOf, headSize, joined } from "../../../protocols/parts/message.ts";
import type { Message } from "../../../protocols/types.ts";
import { type FrameWriter, inTurn, MASK, opcodeOf } from "./frames.ts";

export function deflateFrames(messages: readonly Message[]): FrameWriter {
  const [first, ...others] = messages.map(deflateFrame);
  return others.reduce(inTurn, first!);
}

/** How the messages that have some parts are written: a head, then a rest that was compressed before. */
interface Prepared {
  readonly head: Head;
  readonly headSize: number;
  readonly rests: readonly Uint8Array[];
}

/** The frame of one WebSocket message: its head in a stored block, then its rest. */
function deflateFrame(message: Message): FrameWriter {
  const opcode = opcodeOf(message);
  if (message.parts.some(({ tailHoles = [] }) => tailHoles.length > 0)) {
    throw new Error(
      "Messages with a number behind their payload cannot be compressed in advance: put {payload} last",
    );
  }
  const prepared = message.parts.map((parts): Prepared => ({
    head: new Head(parts),
    headSize: headSize(parts),
    rests: parts.fillings.map((filling) => deflateRest(joined([filling, parts.tail]))),
  }));
  const headBytes = new Uint8Array(largest(prepared.map(({ headSize }) => headSize)));
  let frameBytes = 0;

  function writeOne(target: Uint8Array, at: number, connection: number, sequence: number): number {
    const { head, rests } = prepared[message.partsOf(connection)]!;
    const headLength = head.write(headBytes, 0, connection, sequence);
    const rest = rests[fillingOf(rests.length, connection, sequence)]!;
    const length = (headLength === 0 ? 0 : STORED_HEADER_SIZE + headLength) + rest.length;
    frameBytes += length;
    let next = writeHeader(target, at, opcode, length, MASK);
    target[at]! |= RSV1;
    if (headLength > 0) {
      writeStoredHeader(target, next, headLength);
      next += STORED_HEADER_SIZE;
      copyRange(headBytes, 0, headLength, target, next);
      next += headLength;
    }
    target.set(rest, next);
    return next + rest.length;
  }

  return {
    most: largest(prepared.map(mostBytes)),
    get frameBytes() {
      return frameBytes;
    },
    write(target, at, connection, first, count) {
      let to = at;
      for (let sequence = first; sequence < first + count; sequence++) {
        to = writeOne(target, to, connection, sequence);
      }
      return to;
    },
  };
}

/** The most bytes that a message takes with the header of its frame. */
function mostBytes({ headSize, rests }: Prepared): number {
  const size = STORED_HEADER_SIZE + headSize + largest(rests.map(({ length }) => length));
  return headerSize(size, true) + size;
}
