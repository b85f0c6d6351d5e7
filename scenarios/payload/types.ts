/** What a payload is: makes messages, and finds out which of them a reply answers. */

import type { WriteMessage } from "../../protocols/parts/composer.ts";
import type { Message } from "../../protocols/types.ts";

/** Makes messages and checks their replies; a reply of the other type than the messages is wrong. */
export interface Payload extends Message {
  /** Writes a message. */
  readonly write: WriteMessage;
  /** The right reply to each message, of the same connection and number; absent if several replies are right. */
  readonly reply?: Message;
  /**
   * Finds out which message a reply answers.
   *
   * @param source has the reply from `start` to before `end`
   * @param connection the one that received it
   * @param expected number of the message whose reply is due
   * @returns the number of the message that is answered; {@linkcode altered} of that number if the reply names it
   * but is not what it should be; {@linkcode UNREADABLE} if it names none
   */
  check(
    source: Uint8Array,
    start: number,
    end: number,
    connection: number,
    expected: number,
  ): number;
}

/** Result of {@linkcode Payload.check} for a reply that names no message. */
export const UNREADABLE = -1;

/** Marks a number as that of a message with a wrong reply; applied twice it gives the number again. */
export function altered(sequence: number): number {
  return -2 - sequence;
}
