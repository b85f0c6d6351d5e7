/** The rules by which the strict peer reads the head of a frame, and answers a close frame: each can be left out as a fault. */

import { isCloseCode } from "../../clients/wire/frame/protocol.ts";
import { findInvalidUtf8 } from "../../clients/wire/frame/utf8.ts";
import type { Role } from "../types.ts";
import type { FaultId } from "./faults.ts";

/** Whether the peer has a fault; asked only where that makes a difference, so behind all other conditions. */
export type Has = (fault: FaultId) => boolean;

/** What a rule found: the connection is failed with this code. */
export class Failure {
  constructor(readonly code: number) {}
}

/** The head of a frame. */
export interface Header {
  readonly fin: boolean;
  readonly rsv: number;
  readonly opcode: number;
  readonly length: number;
  readonly key: number | undefined;
  /** Where the payload begins. */
  readonly start: number;
}

/** What is known of a connection when a frame comes. */
export interface FrameState {
  readonly role: Role;
  /** The type of the message that is open; 0 for none. */
  readonly opcode: number;
  readonly isDeflating: boolean;
  /** How many bytes and frames of that message are held. */
  readonly heldBytes: number;
  readonly heldFrames: number;
}

/** The most that a message may have, in bytes. */
export const MOST_BYTES = 2 ** 25;
/** The same for the faulty one that takes little. */
const LITTLE = 2 ** 17;

/**
 * Reads the head of a frame in the order in which it comes; undefined if it is not all there.
 *
 * @throws {Failure} at the first byte that is wrong
 */
export function readHeader(
  input: Uint8Array<ArrayBuffer>,
  state: FrameState,
  has: Has,
): Header | undefined {
  const first = input[0]!;
  const [fin, rsv, opcode] = [first >= 0x80, first >> 4 & 7, first & 15];
  checkFirst(fin, rsv, opcode, state, has);
  const second = input[1];
  if (second === undefined) return undefined;
  const isMasked = second >= 0x80;
  const isRight = isMasked === (state.role === "server");
  const isTaken = isMasked ? "takes masked frames" : "takes unmasked frames";
  if (!isRight && !has(isTaken)) throw new Failure(1002);
  const short = second & 127;
  if ((opcode & 8) !== 0 && short > 125 && !has("takes long control frames")) {
    throw new Failure(1002);
  }
  const bytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const start = 2 + bytes + (isMasked ? 4 : 0);
  if (bytes === 8 && input.length > 2 && input[2]! >= 0x80 && !has("takes any length")) {
    throw new Failure(1002);
  }
  if (input.length < start) return undefined;
  const view = new DataView(input.buffer, input.byteOffset);
  const length = bytes === 0
    ? short
    : bytes === 2
    ? view.getUint16(2)
    : Number(view.getBigUint64(2));
  const isMinimal = bytes === 0 || length >= (bytes === 2 ? 126 : 65_536);
  if (!isMinimal && !has("takes long forms of a length")) throw new Failure(1002);
  checkSize(length, state, has);
  return {
    ...{ fin, rsv, opcode, length, start },
    key: isMasked ? view.getUint32(start - 4) : undefined,
  };
}

function checkFirst(
  fin: boolean,
  rsv: number,
  opcode: number,
  state: FrameState,
  has: Has,
): void {
  const isControl = (opcode & 8) !== 0;
  const isCompressed = rsv === 4 && state.isDeflating && (opcode === 1 || opcode === 2);
  const isIgnored = (): boolean =>
    has("ignores reserved bits") ||
    rsv === 2 && has("ignores RSV2") ||
    rsv === 4 && has("ignores RSV1") ||
    rsv === 1 && has("ignores RSV3") ||
    isControl && has("ignores reserved bits of control frames") ||
    opcode === 0 && has("ignores reserved bits of continuations");
  if (rsv !== 0 && !isCompressed && !isIgnored()) throw new Failure(1002);
  if ((opcode & 7) > 2) {
    const taken = isControl
      ? has("takes reserved opcodes of control frames")
      : has("takes reserved opcodes of messages");
    if (!taken) throw new Failure(1002);
  }
  if (isControl) {
    if (!fin && !has("takes control frames in fragments")) throw new Failure(1002);
  } else if (opcode === 0) {
    if (state.opcode === 0 && !has("takes continuations without a start")) throw new Failure(1002);
  } else if (state.opcode !== 0 && !has("takes a message inside another")) {
    throw new Failure(1002);
  }
}

function checkSize(length: number, { heldBytes, heldFrames }: FrameState, has: Has): void {
  const all = heldBytes + length;
  if (all > MOST_BYTES && !has("takes any length")) throw new Failure(1009);
  if (all > LITTLE && has("takes little")) throw new Failure(1009);
  if (heldFrames > 50 && has("takes few fragments")) throw new Failure(1009);
}

/**
 * The payload of the close frame that answers one.
 *
 * @throws {Failure} for one that must not be sent
 */
export function closeAnswer(
  payload: Uint8Array<ArrayBuffer>,
  has: Has,
): Uint8Array<ArrayBuffer> {
  const [high, low] = payload;
  const code = payload.length < 2 ? 1005 : high! << 8 | low!;
  if (payload.length === 1 && !has("takes a close frame of one byte")) throw new Failure(1002);
  const isTaken = (): boolean =>
    has("echoes any close code") || has("answers every close with 1000") ||
    code > 1014 && code < 3000 && has("takes undefined close codes");
  if (payload.length > 1 && !isCloseCode(code) && !isTaken()) throw new Failure(1002);
  const reason = payload.slice(2);
  if (findInvalidUtf8(reason, 0, reason.length) >= 0 && !has("does not check close reasons")) {
    throw new Failure(1007);
  }
  if (has("answers every close with 1000")) return Uint8Array.of(3, 232);
  if (has("answers every close with 1011")) return Uint8Array.of(3, 243);
  return payload.length < 2 ? new Uint8Array(0) : payload.slice(0, 2);
}
