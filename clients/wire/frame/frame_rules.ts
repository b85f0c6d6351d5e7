/**
 * What the bytes of a frame header and of a text may be (RFC 6455 §5.2 to §5.5, §8.1); each check throws a
 * {@linkcode ProtocolError}.
 */

import { MAX_CONTROL_BYTES, OPCODE, ProtocolError } from "./protocol.ts";
import { findInvalidUtf8, isCutUtf8 } from "./utf8.ts";

const hex = (value: number): string => `0x${value.toString(16).padStart(2, "0")}`;

/** The bit of the first byte that marks a compressed message (RFC 7692 §6). */
export const RSV1 = 0x40;

/**
 * Checks the first byte: FIN, reserved bits, opcode.
 *
 * @param inMessage whether a fragmented message is open
 * @param mayCompress whether the peer agreed to compress: then the first frame of a message may be marked
 */
export function checkFirstByte(byte: number, inMessage: boolean, mayCompress: boolean): void {
  const opcode = byte & 0x0f;
  const reserved = byte & 0x70;
  const beginsData = opcode === OPCODE.text || opcode === OPCODE.binary;
  if (reserved !== 0 && !(mayCompress && reserved === RSV1 && beginsData)) {
    throw new ProtocolError(
      "reserved bits",
      `Cannot decode a frame with reserved bits as ${
        mayCompress ? "it begins no compressed message" : "no extension is in use"
      }: received first byte ${hex(byte)}`,
    );
  }
  if ((opcode & 0x07) > OPCODE.binary) {
    throw new ProtocolError(
      "reserved opcode",
      `Cannot decode a frame with a reserved opcode: received ${hex(opcode)}`,
    );
  }
  if (opcode >= OPCODE.close) {
    if (byte >= 0x80) return;
    throw new ProtocolError(
      "fragmented control frame",
      `Cannot decode a control frame in fragments: received opcode ${hex(opcode)} without FIN`,
    );
  }
  if (opcode === OPCODE.continuation && !inMessage) {
    throw new ProtocolError(
      "continuation without start",
      `Cannot continue a message as none was begun: received first byte ${hex(byte)}`,
    );
  }
  if (opcode !== OPCODE.continuation && inMessage) {
    throw new ProtocolError(
      "new message inside a fragmented one",
      `Cannot begin a message before the fragmented one has ended: received opcode ${hex(opcode)}`,
    );
  }
}

/** Checks the second byte, mask bit and short length, of a frame with that first byte. */
export function checkSecondByte(byte: number, first: number, masked: boolean): void {
  if (byte >= 0x80 && !masked) {
    throw new ProtocolError(
      "masked frame from server",
      `Cannot decode a masked frame as a server must not mask: received second byte ${hex(byte)}`,
    );
  }
  if (byte < 0x80 && masked) {
    throw new ProtocolError(
      "unmasked frame from client",
      `Cannot decode an unmasked frame as a client must mask: received second byte ${hex(byte)}`,
    );
  }
  if ((first & 0x0f) >= OPCODE.close && (byte & 0x7f) > MAX_CONTROL_BYTES) {
    throw new ProtocolError(
      "control frame too long",
      `Cannot decode a control frame above ${MAX_CONTROL_BYTES} bytes: received length field ${
        byte & 0x7f
      }`,
    );
  }
}

/** Checks the first byte of a 64-bit length. */
export function checkHighestLengthByte(byte: number): void {
  if (byte < 0x80) return;
  throw new ProtocolError(
    "length above 2^63",
    `Cannot decode a length whose highest bit is set: received first length byte ${hex(byte)}`,
  );
}

/** Checks that a length is in the shortest field: `field` is the 7-bit length, 126 or 127 for a longer field. */
export function checkMinimal(length: number, field: number): void {
  if ((field === 126 && length < 126) || (field === 127 && length < 65536)) {
    throw new ProtocolError(
      "non-minimal length",
      `Cannot decode a length in ${
        field === 126 ? 16 : 64
      } bits that fits into fewer: received ${length}`,
    );
  }
}

/** Checks that a data frame, after `held` bytes of the same message, does not exceed the receiver's limit. */
export function checkSize(length: number, held: number, most: number): void {
  if (length > most - held) {
    throw new ProtocolError(
      "message too big",
      `Cannot take a message above ${most} bytes: received a frame of ${length}${
        held > 0 ? ` after ${held}` : ""
      }`,
    );
  }
}

/** Checks that a text is UTF-8. */
export function checkUtf8(bytes: Uint8Array, start: number, end: number): void {
  const invalid = findInvalidUtf8(bytes, start, end);
  if (invalid >= 0) throw notUtf8(invalid - start, bytes[invalid]!);
}

/**
 * Checks that a text may go on to be UTF-8 that begins at 0, and of which `known` bytes are known to be; returns how
 * many are now: the last character may not have come as a whole.
 */
export function checkBeginningUtf8(bytes: Uint8Array, known: number, end: number): number {
  const invalid = findInvalidUtf8(bytes, known, end);
  if (invalid < 0) return end;
  if (!isCutUtf8(bytes, invalid, end)) throw notUtf8(invalid, bytes[invalid]!);
  return invalid;
}

/** The error for a text whose byte at a place begins no character. */
export function notUtf8(at: number, byte: number): ProtocolError {
  return new ProtocolError(
    "invalid UTF-8",
    `Cannot take a text message that is not UTF-8 from byte ${at} on: received 0x${
      byte.toString(16)
    }`,
  );
}
