/**
 * What a payload is, and the two parts of its messages: a head that makes each of them unique, and a rest that others
 * have, too, which can be prepared before the traffic begins.
 *
 * @module
 */

/** Makes messages and checks their replies. */
export interface Payload {
  /** Whether a message is text; a reply of the other type is wrong. */
  readonly isText: boolean;
  /** The most bytes that a message takes. */
  readonly size: number;
  /** How its messages are put together, for who prepares what can be prepared. */
  readonly parts: Parts;
  /**
   * Writes the message with a number on a connection.
   *
   * @param target where to write; it has room for {@linkcode Payload.size} bytes from `at` on
   * @returns the place after the last byte
   */
  write(target: Uint8Array, at: number, connection: number, sequence: number): number;
  /**
   * Finds out which message a reply answers.
   *
   * @param source holds the reply from `start` to before `end`
   * @param connection where it was received
   * @param expected number of the message whose reply is due
   * @returns the number of the message that is answered; {@linkcode altered} of that number where the reply names it
   * but is not what it should be; {@linkcode UNREADABLE} where it names none
   */
  check(
    source: Uint8Array,
    start: number,
    end: number,
    connection: number,
    expected: number,
  ): number;
}

/** How the messages of a payload are put together: each is a head and one of a few rests. */
export interface Parts {
  /** The most bytes that a head takes; the heads of a payload with longer rests are all as long. */
  readonly headSize: number;
  /**
   * Writes the head of a message.
   *
   * @param target where to write; it has room for {@linkcode Parts.headSize} bytes from `at` on
   * @returns the place after it
   */
  writeHead(target: Uint8Array, at: number, connection: number, sequence: number): number;
  /** How many rests there are. */
  readonly count: number;
  /** The bytes of a rest, which may be none; `index` is below {@linkcode Parts.count}. */
  rest(index: number): Uint8Array;
  /** Which of the rests follows the head of a message. */
  restOf(connection: number, sequence: number): number;
}

/** Result of {@linkcode Payload.check} for a reply that names no message. */
export const UNREADABLE = -1;

/** Marks a number as that of a message with a wrong reply; applied twice it gives the number again. */
export function altered(sequence: number): number {
  return -2 - sequence;
}

const NOTHING = new Uint8Array();

/** The parts of messages of which nothing can be prepared: all is head. */
export function headOnly(headSize: number, writeHead: Parts["writeHead"]): Parts {
  return { headSize, writeHead, count: 1, rest: () => NOTHING, restOf: () => 0 };
}
