/** What protocols say of messages from servers that do not fit, and of refusals. */

import { shown } from "../../measure/text/shown.ts";

/**
 * What is wrong with a message from a server.
 *
 * - `malformed`: it is not written as the protocol says, or is too long
 * - `unexpected`: it cannot come now, or at all from a server that was not asked for it
 * - `refused`: the server refuses, and may have said why
 */
export type ProtocolErrorKind = "malformed" | "unexpected" | "refused";

/** A message after which the connection is of no use. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";

  /** @param message one line */
  constructor(readonly kind: ProtocolErrorKind, message: string) {
    super(message);
  }
}

const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
const MOST_SHOWN = 200;

/** Text that a server sent, as an error shows it: cut, in one line. */
export function excerptOf(buffer: Uint8Array, start: number, end: number): string {
  return shown(
    lenient.decode(buffer.subarray(start, Math.min(end, start + 4 * MOST_SHOWN))),
    MOST_SHOWN,
  );
}

/** The error for a server that refuses something: `The server refused the subscription: no such topic`. */
export function refusal(what: string, reason: string): ProtocolError {
  const said = shown(reason, MOST_SHOWN).trim();
  return new ProtocolError("refused", `The server refused ${what}${said && `: ${said}`}`);
}
