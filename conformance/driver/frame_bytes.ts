/** The bytes of a frame of a case: right ones and wrong ones, so nothing is checked. */

import { applyMask } from "../../clients/wire/frame/mask.ts";
import type { Frame, Role, Sent } from "../types.ts";
import { bytesOf } from "./bytes.ts";

/** The masking key of frames that name none. */
export const MASKING_KEY = 0x9a3c51e7;

/**
 * The bytes of what a case sends.
 *
 * @param sender the side that sends it: a client masks its frames
 */
export function sentBytes(sent: Sent, sender: Role): Uint8Array<ArrayBuffer> {
  return "raw" in sent ? sent.raw : frameBytes(sent, sender);
}

function frameBytes(frame: Frame, sender: Role): Uint8Array<ArrayBuffer> {
  const { opcode, fin = true, rsv = 0, mask = sender === "client" && MASKING_KEY } = frame;
  const payload = bytesOf(frame.payload ?? "");
  const length = frame.length ?? BigInt(payload.length);
  const lengthBits = frame.lengthBits ?? (length < 126n ? 7 : length < 65_536n ? 16 : 64);
  const lengthBytes = lengthBits === 7 ? 0 : lengthBits / 8;
  const start = 2 + lengthBytes + (mask === false ? 0 : 4);
  const bytes = new Uint8Array(start + payload.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = (fin ? 0x80 : 0) | rsv << 4 | opcode;
  bytes[1] = (mask === false ? 0 : 0x80) |
    (lengthBits === 7 ? Number(length) : lengthBits === 16 ? 126 : 127);
  if (lengthBits === 16) view.setUint16(2, Number(length));
  if (lengthBits === 64) view.setBigUint64(2, length);
  bytes.set(payload, start);
  if (mask !== false) {
    view.setUint32(start - 4, mask);
    applyMask(bytes, start, bytes.length, mask);
  }
  return bytes;
}
