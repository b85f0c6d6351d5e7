/**
 * RFC 6455 §5 once more, as simple as possible: slow, in one piece, with bigint lengths and the platform's check of
 * UTF-8. The fuzzer compares the decoder with it, so that a rule that the decoder forgets shows, too.
 */

import { digest } from "./frame_stream.ts";
import { concat } from "./target.ts";
import type { ProtocolErrorKind } from "../../clients/wire/frame/protocol.ts";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of bytes, or `undefined` if they are not UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether bytes are the beginning of a text, which may end amid a character. */
function beginsText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function firstByteError(first: number, inMessage: boolean): ProtocolErrorKind | undefined {
  const opcode = first % 16;
  const isLast = first >= 128;
  if (first % 128 >= 16) return "reserved bits";
  if (![0, 1, 2, 8, 9, 10].includes(opcode)) return "reserved opcode";
  if (opcode >= 8) return isLast ? undefined : "fragmented control frame";
  if (opcode === 0) return inMessage ? undefined : "continuation without start";
  return inMessage ? "new message inside a fragmented one" : undefined;
}

function closeError(payload: Uint8Array): ProtocolErrorKind | undefined {
  if (payload.length === 0) return undefined;
  if (payload.length === 1) return "close frame of one byte";
  const code = payload[0]! * 256 + payload[1]!;
  const isReserved = [1004, 1005, 1006].includes(code);
  if (code < 1000 || isReserved || (code > 1014 && code < 3000) || code > 4999) {
    return "invalid close code";
  }
  return textOf(payload.subarray(2)) === undefined ? "invalid UTF-8" : undefined;
}

/**
 * Decodes a stream.
 *
 * @param most the longest message in bytes
 * @returns the log of what it holds, with the kind of the error that ends it, if there is one
 */
export function referenceLog(bytes: Uint8Array, fromClient: boolean, most: number): string[] {
  const log: string[] = [];
  let fragments: Uint8Array[] | undefined;
  let isText = false;
  for (let rest = bytes; rest.length > 0;) {
    const first = rest[0]!;
    const second = rest[1];
    const wrong = firstByteError(first, fragments !== undefined);
    if (wrong) return [...log, wrong];
    if (second === undefined) return log;
    const isMasked = second >= 128;
    if (isMasked && !fromClient) return [...log, "masked frame from server"];
    if (!isMasked && fromClient) return [...log, "unmasked frame from client"];
    const field = second % 128;
    const opcode = first % 16;
    if (opcode >= 8 && field > 125) return [...log, "control frame too long"];

    const lengthBytes = field < 126 ? 0 : field === 126 ? 2 : 8;
    const digits = rest.subarray(2, 2 + lengthBytes);
    if (lengthBytes === 8 && digits[0]! >= 128) return [...log, "length above 2^63"];
    if (digits.length < lengthBytes) return log;
    const length = digits.reduce((sum, digit) => sum * 256n + BigInt(digit), 0n) ||
      (lengthBytes === 0 ? BigInt(field) : 0n);
    const least = lengthBytes === 0 ? 0n : lengthBytes === 2 ? 126n : 65536n;
    if (length < least) {
      return [...log, "non-minimal length"];
    }

    const body = 2 + lengthBytes + (isMasked ? 4 : 0);
    if (rest.length < body) return log;
    const before = BigInt(fragments?.reduce((sum, { length }) => sum + length, 0) ?? 0);
    if (opcode < 8 && before + length > BigInt(most)) return [...log, "message too big"];
    const isWhole = BigInt(rest.length - body) >= length;
    const key = rest.subarray(body - 4, body);
    const payload = rest.slice(body, isWhole ? body + Number(length) : undefined)
      .map((byte, at) => isMasked ? byte ^ key[at % 4]! : byte);
    const mayBeText = opcode === 1 || (opcode === 0 && isText);
    if (mayBeText && !beginsText(concat([...fragments ?? [], payload]))) {
      return [...log, "invalid UTF-8"];
    }
    if (!isWhole) return log;
    rest = rest.subarray(body + payload.length);

    if (opcode === 8) {
      const wrongClose = closeError(payload);
      if (wrongClose) return [...log, wrongClose];
      const code = payload.length === 0 ? 1005 : payload[0]! * 256 + payload[1]!;
      return [...log, `close ${code} ${textOf(payload.subarray(2))}`];
    }
    if (opcode > 8) {
      log.push(digest(opcode === 9 ? "ping" : "pong", payload, 0, payload.length));
      continue;
    }
    if (opcode > 0) isText = opcode === 1;
    fragments = [...fragments ?? [], payload];
    if (first < 128) continue;
    const message = concat(fragments);
    if (isText && textOf(message) === undefined) return [...log, "invalid UTF-8"];
    log.push(digest(isText ? "text" : "binary", message, 0, message.length));
    fragments = undefined;
  }
  return log;
}
