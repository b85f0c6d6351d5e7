/** What is wrong with messages of Socket.IO, in words. */

/** Characters of a message that an error shows. */
const SHOWN = 60;

const lenientUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * What is wrong with a message from a server.
 *
 * - `malformed`: not a packet, or without the JSON that its type has
 * - `unexpected`: a packet that cannot come now, or at all from a server that was not asked for it
 * - `version`: of Socket.IO 2 or before
 * - `refused`: the server refuses the namespace
 */
export type SocketIoErrorKind =
  | "malformed"
  | "unexpected"
  | "version"
  | "refused";

/** A message after which the connection is of no use. */
export class SocketIoError extends Error {
  override readonly name = "SocketIoError";

  /** @param message one line with the beginning of what was received */
  constructor(readonly kind: SocketIoErrorKind, message: string) {
    super(message);
  }
}

/** What is wrong, before it is known what was received. */
export interface Fault {
  readonly kind: SocketIoErrorKind;
  readonly why: string;
}

export const SOCKET_IO_2 =
  "The server speaks Socket.IO 2 or before, and wsmark speaks the protocol of Socket.IO 3 and later: update the server";

export const UNEXPECTED: Fault = {
  kind: "unexpected",
  why: "a packet of its type cannot come now",
};

export function malformed(why: string): Fault {
  return { kind: "malformed", why };
}

/** The beginning of a message, as an error shows it. */
export function excerpt(isText: boolean, buffer: Uint8Array, start: number, end: number): string {
  if (!isText) return `${end - start} bytes`;
  // 240 bytes hold at least 60 characters, however the cut falls.
  const bytes = buffer.subarray(start, Math.min(end, start + 4 * SHOWN));
  return beginning(lenientUtf8.decode(bytes), "'");
}

/** The beginning of a text, in one line. */
export function beginning(text: string, quote = ""): string {
  const characters = [...text];
  const shown = characters.slice(0, SHOWN).join("").replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${quote}${shown}${quote}${characters.length > SHOWN ? "…" : ""}`;
}
