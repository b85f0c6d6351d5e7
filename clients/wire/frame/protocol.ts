/** The rules of both directions of a WebSocket connection: opcodes, close codes, and how a peer can break them. */

/** The opcodes of RFC 6455 §5.2; all others are reserved. */
export const OPCODE = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;

/** The longest payload of a control frame in bytes (RFC 6455 §5.5). */
export const MAX_CONTROL_BYTES = 125;

/** How a peer broke RFC 6455 §5, §7 or §8, RFC 7692, or the receiver's limit. */
export type ProtocolErrorKind =
  | "reserved bits"
  | "reserved opcode"
  | "fragmented control frame"
  | "control frame too long"
  | "masked frame from server"
  | "unmasked frame from client"
  | "continuation without start"
  | "new message inside a fragmented one"
  | "non-minimal length"
  | "length above 2^63"
  | "message too big"
  | "invalid UTF-8"
  | "invalid compressed data"
  | "close frame of one byte"
  | "invalid close code";

/** What a peer sent that RFC 6455 or the receiver's limit forbids. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";

  /** @param kind which rule was broken */
  constructor(readonly kind: ProtocolErrorKind, message: string) {
    super(message);
  }

  /** What the close frame says that fails the connection (RFC 6455 §7.1.7, §7.4.1). */
  get closeCode(): number {
    return CLOSE_CODES[this.kind] ?? PROTOCOL_ERROR;
  }
}

const PROTOCOL_ERROR = 1002;
/** The code for data that is not what it should be, and for too much of it; for all else it is 1002. */
const CLOSE_CODES: { readonly [kind in ProtocolErrorKind]?: number } = {
  "invalid UTF-8": 1007,
  "invalid compressed data": 1007,
  "message too big": 1009,
};

/** The code of the close frame that fails a connection because of an error, whoever found it. */
export function closeCodeOf(error: unknown): number {
  return error instanceof ProtocolError ? error.closeCode : PROTOCOL_ERROR;
}

/**
 * Whether a close frame may carry a code: 1000–1014 without 1004–1006, which are reserved or only for use
 * inside a program, and 3000–4999 (RFC 6455 §7.4; 1012–1014 are in IANA's registry).
 */
export function isCloseCode(code: number): boolean {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
    (code >= 3000 && code <= 4999);
}
